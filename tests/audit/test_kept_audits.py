"""An audit goes on from the one before: its answers are those of an audit of everything, and in doubt it is one."""

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from access.models import WorkAccess
from audit.audit_receipt import AuditReceipt
from audit.kept_audits.kept_audit import folder_of
from audit.logs import names
from audit.models import AuditRun
from audit.queries import standing_findings
from audit.run_audit import AuditRequest
from tests.agree_on_changes import follow_changes
from tests.audit.auditing import found, log, moved, view_bids
from tests.audit.whole_audits import audit_as_whole
from tests.builders import JUNE_1, a_row
from tests.cities.dice import Dice
from tests.databases import on_both
from tests.installing import audit
from tests.town import ENTERED, NOW, Town

ANEW = "decided anew"
LINES = "\n".join(f"2025-03-0{day} 12:00,aolson,case/{day},view,C-1," for day in range(1, 9))


@pytest.fixture
def audited(town: Town) -> Town:
    """Give the audited town with some more accesses, so that one is few among them."""
    log(town, *LINES.splitlines(), *LINES.replace("case", "agenda").splitlines())
    town.audit()
    return town


def anew(receipt: AuditReceipt) -> list[str]:
    """Give what a receipt says of how much was decided anew; nothing where everything was."""
    return [notice for notice in receipt.notices if ANEW in notice]


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_an_audit_that_goes_on_is_one_of_everything(
    seed: int, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.kept_audits.touched._ONE_OF", 1)  # goes on however much is changed
    if seed == 0:
        monkeypatch.setattr(names, "_MOST_BYTES", 40)  # so that events keep names whole
    few = replace(town, settings=town.settings.model_copy(update={"cross_examined": 6}))
    few.audit()

    story = follow_changes(few, Dice(random.Random(seed).randint), 6)  # noqa: S311 - test cases, nothing secret

    assert any(ANEW in step for step in story), story


def test_the_receipt_says_how_many_were_decided_anew(audited: Town) -> None:
    view_bids(audited, "2025-03-04", "2025-03-09")

    assert anew(audit_as_whole(audited, NOW)) == [
        "2 of 33 accesses were decided anew; the others' answers cannot have changed since run 2."
    ]
    assert ("assignment_ended", "2025-03", 1) in found(audited)


def test_one_changed_grant_has_only_its_employee_s_accesses_decided_anew(audited: Town) -> None:
    audited.enter("temporary-duties", _DUTY, at=NOW)

    assert anew(audit_as_whole(audited, NOW)) == [
        "1 of 31 accesses was decided anew; the others' answers cannot have changed since run 2."
    ]


_DUTY = """employee_id,series,actions,purposes,start,end,granted_by,reason
E3,S1,view,,2025-04-01,2025-04-30,E2,Back for a month"""


def test_one_meaning_of_a_purpose_has_only_what_it_fits_decided_anew(audited: Town) -> None:
    log(audited, *(f"2025-04-0{day} 09:00,blarson,pay/1,view,E1,{text}" for day, text in ((1, "wages"), (2, "Wage x"))))
    audited.audit()
    anew_of = "of 33 accesses {} decided anew; the others' answers cannot have changed since run {}."

    audited.enter("purposes", _MEANS.format("text", "WAGES"), at=NOW)
    assert anew(audit_as_whole(audited, NOW)) == [f"1 {anew_of.format('was', 3)}"]

    audited.enter("purposes", _MEANS.format("pattern", "wage*"), at=NOW + timedelta(days=1))
    assert anew(audit_as_whole(audited, NOW + timedelta(days=2))) == [f"2 {anew_of.format('were', 4)}"]
    assert [one.finding.reason for one in standing_findings(audited.session)].count("purpose_not_described") == 1


_MEANS = "source,typed,match,purpose\ncad,{1},{0},Payroll"


def test_a_finding_is_explained_anew_where_others_may_reach_its_series_now(audited: Town) -> None:
    log(audited, "2025-02-09 12:00,cdale,bid/3,view,C-1,")
    audited.audit()
    access = a_row(WorkAccess, series="S4", holder_type="employee", holder="E2", recorded_at=NOW - timedelta(days=1))
    audited.record(access)

    receipt = audit_as_whole(audited, NOW)

    (explained,) = (one for one in standing_findings(audited.session) if one.finding.reason == "no_work_assignment")
    assert explained.figures.explanation.endswith("Those who have it: Bo Larson.")
    assert (len(anew(receipt)), receipt.moves.changed) == (1, 1)


def test_where_much_has_changed_everything_is_decided(audited: Town) -> None:
    audited.enter("employees", "employee_id,name,hire_date\nE1,Ann Berg,2020-01-01", at=NOW)

    receipt = audit_as_whole(audited, NOW)

    assert (receipt.is_new, anew(receipt)) == (True, [])


def test_whole_decides_everything_though_nothing_has_changed(audited: Town) -> None:
    before = audited.session.get_one(AuditRun, 2)

    receipt = audit(audited.session, audited.settings, AuditRequest(whole=True), NOW)

    assert (receipt.is_new, anew(receipt), receipt.run.digest) == (True, [], before.digest)


def _remove(file: Path) -> None:
    file.unlink()


def _shorten(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_what_is_not_as_it_was_kept_is_not_believed(audited: Town) -> None:
    names = (
        "files.json",
        "known.json",
        "listed.npz",
        "rules",
        "sampled.parquet",
        "flagged.parquet",
        "resources.parquet",
    )
    harms = [
        *((name, _change) for name in names),
        ("rules", _shorten),
        ("known.json", _remove),
        ("files.json", _remove),
    ]
    for day, (name, harm) in enumerate(harms, 10):
        harm(next(_kept(audited)) / name)
        view_bids(audited, f"2025-03-{day}")

        receipt = audited.audit()
        assert (receipt.is_new, anew(receipt)) == (True, []), name
    view_bids(audited, "2025-03-09")
    assert anew(audit_as_whole(audited, NOW))


def test_what_another_program_kept_is_not_believed(audited: Town) -> None:
    (folder,) = _kept(audited)
    about = json.loads((folder / "files.json").read_text("utf-8"))
    del about["rules"]
    about["frame"]["decided_by"] = "a later program"
    listed = json.dumps(about).encode()
    (folder / "files.json").write_bytes(listed)
    run = audited.session.get_one(AuditRun, 2)
    run.kept = hashlib.sha256(listed).hexdigest()
    folder.rename(folder_of(audited.settings.data_dir, run.kept))
    view_bids(audited, "2025-03-09")

    assert anew(audit_as_whole(audited, NOW)) == []


def test_what_was_kept_of_another_record_is_not_believed(audited: Town) -> None:
    """As where the database was brought back from a backup, and the folder was not."""
    audited.session.get_one(AuditRun, 2).kept = "0" * 64
    view_bids(audited, "2025-03-09")

    assert anew(audit_as_whole(audited, NOW)) == []


def test_other_settings_have_everything_decided(audited: Town) -> None:
    other = replace(audited, settings=audited.settings.model_copy(update={"cross_examined": 3}))
    view_bids(audited, "2025-03-09")

    assert anew(audit_as_whole(other, NOW)) == []


def test_another_range_has_everything_decided_and_is_gone_on_from(audited: Town) -> None:
    view_bids(audited, "2025-03-09")
    assert anew(audited.audit(JUNE_1)) == []

    view_bids(audited, "2025-06-09", at=NOW)

    assert anew(audited.audit(JUNE_1))


def test_a_question_leaves_what_is_kept_alone(audited: Town) -> None:
    kept = list(_kept(audited))
    assert audited.audit(known_at=ENTERED).run.is_question
    view_bids(audited, "2025-03-09")

    assert list(_kept(audited)) == kept
    assert anew(audit_as_whole(audited, NOW))


@on_both
def test_only_what_the_newest_audit_kept_stays(audited: Town) -> None:
    """Also of who was killed while writing it nothing stays."""
    (audited.settings.data_dir / "cache" / "decided-12ab.partial").mkdir()
    (audited.settings.data_dir / "cache" / "decided-12ab.partial" / "rules").write_bytes(b"\1")
    view_bids(audited, "2025-03-09", "2025-04-02")
    receipt = audited.audit()

    (folder,) = _kept(audited)
    assert receipt.run.kept.startswith(folder.name.removeprefix("decided-"))
    assert (len(anew(receipt)), moved(receipt)) == (1, (1, 1, 0))  # of March, and one more of April


def test_an_audit_whose_decisions_cannot_be_kept_is_an_audit(audited: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("audit.decide_range.write_kept", full)
    view_bids(audited, "2025-03-09")
    assert anew(audited.audit())

    view_bids(audited, "2025-03-10")
    assert anew(audited.audit()) == []


def _kept(town: Town) -> Iterator[Path]:
    return (town.settings.data_dir / "cache").glob("decided-*")
