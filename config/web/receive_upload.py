"""Receives a form with files: they stream to disk within a limit, and nobody looks into them here."""

import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, BinaryIO

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from config.errors import Conflict, Invalid, Refusal
from config.uploads.places import make_private, remove_files, upload_folder
from config.web.bounded_bodies import count_itself
from config.web.signed_in import installation_of

_MIB = 1 << 20
_AT_ONCE = _MIB
_MOST_TEXT = 200_000
_MOST_PARTS = 200
_LONGEST_HEADER = 64_000
_LONGEST_NAME = 180  # bytes; disks take 255, and our own endings come behind it
_LONGEST_ENDING = 10


class TooLarge(Refusal):
    """More was sent than the setting takes; the API answers 413."""


@dataclass(frozen=True)
class ReceivedFile:
    """A file that was sent, as it lies in the upload's folder."""

    path: Path
    size: int

    @property
    def name(self) -> str:
        """Its name, as far as a disk takes it."""
        return self.path.name


@dataclass
class ReceivedForm:
    """A form as it was sent.

    Args:
        id: Of the upload; its folder is removed in the end unless it is kept.
        texts: What was typed, by the fields' names; of a name that comes several times the last.
        chosen: The fields of its files with the names of these, whether or not they were kept.
        fault: Why its files were not taken; None where they were.
        sha256: Of all its files.
    """

    id: str
    texts: dict[str, str] = field(default_factory=dict)
    chosen: list[tuple[str, str]] = field(default_factory=list)
    files: list[ReceivedFile] = field(default_factory=list)
    fault: Refusal | None = None
    sha256: str = ""
    is_kept: bool = False

    def text(self, name: str) -> str:
        """Give what was typed into a field, without blanks around it."""
        return self.texts.get(name, "").strip()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(file.name for file in self.files)


async def read_without_files(request: Request) -> ReceivedForm:
    """Read a form whose files are not wanted: what was typed, and which files were chosen.

    Raises:
        Invalid: It is no form, or too long.
        TooLarge: More was sent than is read over.
    """
    form = ReceivedForm("")
    await _read(request, form, None)
    return form


async def _receive(request: Request) -> AsyncIterator[ReceivedForm]:
    settings = installation_of(request).settings
    form = ReceivedForm(secrets.token_urlsafe(16))
    try:
        await _read(request, form, upload_folder(settings.data_dir, form.id))
        yield form
    finally:
        if not form.is_kept:
            await run_in_threadpool(remove_files, settings.data_dir, form.id)


# what a route takes that receives files; named after the official, who must be let in first
ReceivedFormDep = Annotated[ReceivedForm, Depends(_receive)]


async def _read(request: Request, form: ReceivedForm, folder: Path | None) -> None:
    count_itself(request)
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data" and b"boundary" in options:
        limit = installation_of(request).settings.upload_limit_mb * _MIB
        await _read_parts(request, _Parts(form, folder, options[b"boundary"], limit))


async def _read_parts(request: Request, parts: "_Parts") -> None:
    """Read the whole form, also what is too much of it: a browser shows an answer only when it has sent all."""
    try:
        held = bytearray()
        async for chunk in request.stream():
            held += chunk
            if len(held) >= _AT_ONCE:
                await run_in_threadpool(parts.write, bytes(held))
                held.clear()
        await run_in_threadpool(parts.write, bytes(held))
    except FormParserError as error:
        raise Invalid("The form that was sent is not well formed; send it again.") from error
    finally:
        parts.close()


class _Parts:
    """The parts of a form, in the order in which they come.

    Args:
        folder: In which its files are kept; None = they are not.
    """

    def __init__(self, form: ReceivedForm, folder: Path | None, boundary: bytes, limit: int) -> None:
        self._form, self._folder, self._limit = form, folder, limit
        self._digest = hashlib.sha256()
        self._received = self._text_bytes = self._parts = 0
        self._header, self._value = bytearray(), bytearray()
        self._disposition = b""
        self._name, self._text = "", bytearray()
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self._size = 0
        self._is_file = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._open,
                "on_part_data": self._take,
                "on_part_end": self._end,
            },
            max_header_size=_LONGEST_HEADER,
        )

    def write(self, data: bytes) -> None:
        """Take more of the form.

        Raises:
            FormParserError: It is none.
        """
        self._received += len(data)
        if self._received > self._limit and self._form.fault is None:
            self._form.fault = TooLarge(
                f"What was sent is larger than {self._limit // _MIB:,} MiB, the most that this service takes; "
                "send less at once, or ask whoever runs the service to allow more."
            )
        if self._received > 2 * self._limit + _AT_ONCE:
            raise self._form.fault or TooLarge("Too much was sent.")
        if data:
            self._parser.write(data)

    def close(self) -> None:
        """Close what is still open."""
        if self._file is not None:
            self._file.close()
        self._form.sha256 = self._digest.hexdigest()

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise Invalid(f"At most {_MOST_PARTS} fields and files are taken at once.")
        self._disposition = b""
        self._name, self._text, self._path, self._size = "", bytearray(), None, 0

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header, self._value = bytearray(), bytearray()

    def _open(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = b"filename" in options
        given = options.get(b"filename", b"").decode("utf-8", "replace")
        if not given:
            return
        name = plain_name(given)
        self._form.chosen.append((self._name, name))
        if self._folder is None or self._form.fault is not None:
            return
        try:
            make_private(self._folder)
            self._path = _free(self._folder, name)
            handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            self._file = os.fdopen(handle, "wb")
        except OSError as error:
            self._refuse(error)

    def _take(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._text_bytes += end - start
            if self._text_bytes > _MOST_TEXT:
                raise Invalid("What was typed is longer than this form takes.")
            self._text += data[start:end]
        elif self._file is not None and self._form.fault is None:
            self._size += end - start
            self._digest.update(data[start:end])
            try:
                self._file.write(data[start:end])
            except OSError as error:
                self._refuse(error)

    def _end(self) -> None:
        if not self._is_file:
            self._form.texts[self._name] = self._text.decode("utf-8", "replace").replace("\x00", "")
            return
        if self._file is not None:
            try:
                self._file.close()
            except OSError as error:
                self._refuse(error)
            self._file = None
        if self._path is not None:
            self._digest.update(f"\n{self._path.name} {self._size}\n".encode())
            self._form.files.append(ReceivedFile(self._path, self._size))

    def _refuse(self, error: OSError) -> None:
        self._form.fault = Conflict(
            f"The file could not be kept ({error.strerror}). Make room on the service's disk, and send it again."
        )


def _free(folder: Path, name: str) -> Path:
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{number}-{name}"
    return path


def plain_name(given: str) -> str:
    """Give the name under which a sent file is kept: without folders and signs that nobody sees, and not too long."""
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".")
    stem, dot, ending = seen.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = seen, "", ""
    room = _LONGEST_NAME - len(f"{dot}{ending}".encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").strip()
    return f"{stem or 'file'}{dot}{ending}"
