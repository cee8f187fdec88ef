"""The documents that an attorney edits over JSON: listed, read block by block, downloaded."""

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from app.publishing.api import Reader
from app.publishing.document_pages import give_docx
from config.web.paging import Listed
from config.web.signed_in import InstallationDep
from reports.documents.document import Block, Heading, Listing, Rule
from reports.documents.make_document import DOCUMENTS, make_document

router = APIRouter(prefix="/api/v1/documents", tags=["inventory"])


class NamedDocumentView(BaseModel):
    """A document that can be drafted from what is on record."""

    name: str
    title: str


class BlockView(BaseModel):
    """A part of a document; in its texts, what is to be entered or checked stands between ⟦ and ⟧."""

    kind: Literal["heading", "rule", "listing", "table"]
    texts: list[str] = Field(default=[], description="Of a heading or rule one, of a listing one an item.")
    rows: list[list[str]] = Field(default=[], description="Of a table, its headings first.")


class DocumentView(BaseModel):
    """A document as it is drafted now; `open_points` counts what is to be entered or checked before it is adopted."""

    name: str
    title: str
    entity: str
    open_points: int
    blocks: list[BlockView]


@router.get("")
def list_documents(official: Reader) -> Listed[NamedDocumentView]:  # noqa: ARG001 - who may
    """List the documents that can be drafted."""
    items = [NamedDocumentView(name=name, title=title) for name, (title, _) in DOCUMENTS.items()]
    return Listed(items=items, next=None)


@router.get("/{name}")
def show_document(installation: InstallationDep, official: Reader, name: str) -> DocumentView:  # noqa: ARG001 - who may
    """Show a document as it is drafted from what is on record now."""
    with installation.read() as work:
        document = make_document(work, name)
    return DocumentView(
        name=name,
        title=document.title,
        entity=document.entity,
        open_points=document.open_points,
        blocks=[_view(block) for block in (*document.about, *document.blocks)],
    )


@router.get("/{name}/file", response_class=FileResponse)
def give_document(installation: InstallationDep, official: Reader, name: str) -> FileResponse:  # noqa: ARG001 - who may
    """Give a document to be edited, as .docx."""
    return give_docx(installation, name)


def _view(block: Block) -> BlockView:
    match block:
        case Heading():
            return BlockView(kind="heading", texts=[block.text])
        case Rule():
            return BlockView(kind="rule", texts=[block.whole])
        case Listing():
            return BlockView(kind="listing", texts=[item.whole for item in block.items])
        case _:
            rows: Sequence[Sequence[str]] = [block.headings, *block.rows]
            return BlockView(kind="table", rows=[list(row) for row in rows])
