"""The pages of the documents that an attorney edits: each to be read here, and to be downloaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse

from app.given_files import GivenFile, give_once
from app.publishing.api import Reader
from config.web.rendering import render
from config.web.signed_in import InstallationDep
from config.work import Installation
from reports.documents.document import Block, Document, Heading, Listing, Piece, Rule, pieces_of
from reports.documents.make_document import DOCUMENTS, make_document
from reports.documents.write_docx import write_docx

router = APIRouter()
_HERE = "/documents"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NamedDocument(NamedTuple):
    """A document that can be drafted."""

    name: str
    title: str


@dataclass(frozen=True)
class DocumentsPage:
    """Everything documents.html shows."""

    documents: Sequence[NamedDocument]


@dataclass(frozen=True)
class DocumentPage:
    """Everything document.html shows."""

    name: str
    document: Document

    @staticmethod
    def kind(block: Block) -> str:
        """Say what a block is."""
        match block:
            case Heading():
                return "heading"
            case Rule():
                return "rule"
            case Listing():
                return "listing"
            case _:
                return "table"

    @staticmethod
    def pieces(text: str) -> list[Piece]:
        """Take a text apart into what is open in it and what is not."""
        return pieces_of(text)


@router.get(_HERE, response_class=HTMLResponse)
def show_documents(request: Request, official: Reader) -> HTMLResponse:
    """List the documents."""
    page = DocumentsPage([NamedDocument(name, title) for name, (title, _) in DOCUMENTS.items()])
    return render(request, "app/documents.html", page, title="Documents", official=official, here="/inventory")


@router.get(f"{_HERE}/{{name}}", response_class=HTMLResponse)
def show_document(request: Request, installation: InstallationDep, official: Reader, name: str) -> HTMLResponse:
    """Show a document as it is drafted from what is on record now."""
    with installation.read() as work:
        page = DocumentPage(name, make_document(work, name))
    title = page.document.title
    return render(request, "app/document.html", page, title=title, official=official, here="/inventory")


@router.get(f"{_HERE}/{{name}}/file")
def give_document(installation: InstallationDep, official: Reader, name: str) -> FileResponse:  # noqa: ARG001 - who may
    """Give the same to be edited."""
    return give_docx(installation, name)


def give_docx(installation: Installation, name: str) -> FileResponse:
    """Give a document to be edited, as it is drafted now.

    Raises:
        NotFound: There is none of that name.
    """
    with installation.read() as work:
        document, now = make_document(work, name), work.clock

    def make(folder: Path) -> GivenFile:
        return GivenFile(write_docx(folder / "document.docx", document, produced_at=now), f"{name}.docx", DOCX)

    return give_once(installation.settings.data_dir, make)
