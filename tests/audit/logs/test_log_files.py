"""Files that are no logs, and the encodings, line ends and packings of those that are."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.logs.formats.log_file import LogFile
from config.errors import Conflict, Invalid
from tests.audit.logs.format_logs import GOOD, accounts, refusal
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, Reject, counts

# --- Files that are no logs ---


def test_an_empty_file_is_refused(logs: Logs) -> None:
    for content in ("", "\n\r\n \n", "\ufeff", b"\xff\xfe", bytes(99), gzip.compress(b"")):
        assert refusal(logs, content) == "log.csv is empty; there is nothing to import. Check the export."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 sheets", "is a damaged or cut-off ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Office file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"ElfFile\x00\x00", "is a Windows event log (EVTX)"),
        (b"\xfd7zXZ\x00", "is packed with xz"),
        (HEADER.encode("utf-32"), "is UTF-32; save it as UTF-8"),
        (gzip.compress(b"PK\x03\x04 sheets", mtime=0), "is an Excel workbook or an archive"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_it_is(logs: Logs, content: bytes, said: str) -> None:
    assert refusal(logs, content).startswith(f"log.csv {said}")


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-20], lambda b: b[:200] + b"\xff" * 9 + b[209:], lambda b: b + b"junk"]
)
def test_a_damaged_gzip_is_refused(logs: Logs, damage: Callable[[bytes], bytes]) -> None:
    packed = gzip.compress((HEADER + "".join(LINE.replace("9", str(n)) for n in range(5000))).encode())

    said = refusal(logs, damage(packed))

    assert said.startswith("log.csv is damaged or cut off (")
    assert said.endswith("Nothing was imported; fetch it again.")


def test_a_gzip_of_several_parts_is_read_whole(logs: Logs) -> None:
    content = gzip.compress(HEADER.encode()) + gzip.compress(LINE.encode()) + gzip.compress(GOOD[1].encode()) + bytes(8)

    assert counts(logs.add(content)) == (2, 2, 0, 0, 0)


def test_what_is_no_ordinary_file_is_refused(logs: Logs) -> None:
    os.mkfifo(logs.folder / "pipe")

    for path, said in (
        (logs.folder / "data" / "no", "cannot be opened: No such file or directory"),
        (logs.folder / "no.csv", "cannot be opened: No such file or directory"),
        (logs.folder / "pipe", "is no ordinary file"),
        (Path(os.fsdecode(b"log\xff.csv")), "is no UTF-8 text; rename the file"),
    ):
        with pytest.raises(Invalid, match=said):
            logs.add_file(path)


def test_a_file_that_changed_while_it_was_read_is_refused(logs: Logs) -> None:
    path = logs.folder / "log.csv"
    path.write_text(HEADER + LINE)
    log = LogFile(path)
    log.check_unchanged()
    with path.open("a") as file:
        file.write(LINE)

    with pytest.raises(Conflict, match="changed while it was read"):
        log.check_unchanged()


# --- Encodings and line ends ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_letters_come_out_right_in_every_usual_encoding(logs: Logs, encoding: str) -> None:
    receipt = logs.add((HEADER + LINE.replace("aolson", "müller") * 40).encode(encoding))

    assert counts(receipt) == (40, 40, 0, 0, 0)
    assert set(accounts(logs)) == {"müller"}
    assert len(receipt.notices) == ("utf-8" not in encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_record(logs: Logs, end: str) -> None:
    logs.add((HEADER + "".join(GOOD)).replace("\n", end).encode())

    assert accounts(logs) == ["aolson", "blarson", "cdale"]
    assert {event.workstation for event in logs.events()} == {"ws-1"}


def test_mixed_line_ends_are_read(logs: Logs) -> None:
    logs.add((HEADER + GOOD[0].replace("\n", "\r\n") + GOOD[1].replace("\n", "\r") + GOOD[2]).encode())

    assert accounts(logs) == ["aolson", "blarson", "cdale"]


def test_a_record_with_bytes_of_another_encoding_than_the_others_is_kept_as_unreadable(logs: Logs) -> None:
    receipt = logs.add(HEADER.encode() + GOOD[0].replace("Ann", "Zoë").encode() + b"2025,\xe9tienne,r,view,,,\n")

    assert counts(receipt) == (2, 1, 0, 1, 0)
    assert logs.rejects() == [Reject(2, "2025,étienne,r,view,,,", "holds bytes that are not UTF-8")]
    assert "Some bytes are not UTF-8, though others are" in receipt.notices[0]


def test_a_record_with_a_nul_byte_is_kept_as_unreadable(logs: Logs) -> None:
    logs.add((HEADER + GOOD[0] + GOOD[1].replace("blarson", "m\0roe") + GOOD[2]).encode())

    assert accounts(logs) == ["aolson", "cdale"]
    assert logs.rejects()[0].fault == "holds a NUL byte, which no text has"
    assert "m\0roe" in logs.rejects()[0].raw
