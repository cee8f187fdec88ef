"""A pinned version that an advisory names is told, and no other; the threat model names tests that there are."""

import re
import zipfile
from pathlib import Path

import pytest

from tests.vulnerabilities import main, named, read_pins

ROOT = Path(__file__).resolve().parents[1]
RANGE = [{"introduced": "1.0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"last_affected": "2.1"}]


def advisory(**more: object) -> dict[str, object]:
    package = {"ecosystem": "PyPI", "name": "Some.Package"}
    affected = {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": RANGE}], "versions": ["0.9"]}
    return {"id": "PYSEC-1", "summary": "it is bad", "affected": [affected], **more}


@pytest.mark.parametrize(
    ("version", "is_named"),
    [
        *(("0.8", False), ("0.9", True), ("1.0", True), ("1.4.9", True), ("1.5rc1", True), ("1.5", False)),
        *(("2.0", True), ("2.1", True), ("2.1.1", False), ("3", False)),
    ],
)
def test_a_version_within_a_range_or_named_itself_is_told(version: str, *, is_named: bool) -> None:
    told = list(named(advisory(), [("some-package", version)]))

    assert told == ([f"some-package {version}: PYSEC-1: it is bad"] if is_named else [])


def test_what_was_withdrawn_or_is_of_others_is_not_told() -> None:
    assert list(named(advisory(withdrawn="2026-01-01T00:00:00Z"), [("some-package", "1.0")])) == []
    assert list(named(advisory(), [("other", "1.0")])) == []


def test_a_list_that_names_nothing_at_all_is_no_clean_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "all.zip"
    zipfile.ZipFile(empty, "w").close()
    monkeypatch.setattr("sys.argv", ["vulnerabilities", str(empty)])

    assert main() == 2


def test_every_package_that_is_pinned_is_read() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    pins = list(read_pins(lock))

    assert len(pins) == lock.count("==") - len(re.findall(r";.*==", lock))
    assert "sqlalchemy" in {name for name, _ in pins}


def test_the_tests_that_the_threat_model_names_are_there() -> None:
    model = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
    shown = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", model)

    missing = [f"{file}::{name}" for file, name in shown if f"def {name}(" not in (ROOT / file).read_text("utf-8")]

    assert len(shown) > 30
    assert missing == []
