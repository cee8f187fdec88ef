"""Of an audit trail, columns are handed out as decided, each with its law; what is not decided is withheld."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from audit.logs.release_models import Release, TrailExport
from audit.logs.releasing.export_trail import TrailRequest, WrittenTrail, export_trail
from audit.logs.releasing.say_trail import say_trail
from audit.logs.releasing.state_release import Decision, release_of_columns, state_release, strictest
from audit.logs.sources import SourceChange, set_source
from config.errors import Conflict, Invalid
from config.output_file import sha256_of
from tests.installing import LATER, installed
from tests.town import Town

PROFILE = """
format: csv
columns: [Officer, When, Plate, Reason, Case, Filters]
fields:
  time: When
  account: Officer
  resource: {text: search}
  action: {text: search}
  subject: Plate
  purpose: [{join: [Reason, Case], by: ", case "}, Reason]
"""
LOG = "aolson,2025-03-10 12:00,=1+1,theft,9,red\nbo,2025-03-11 12:00,ABC123,fire,8,blue"


@pytest.fixture
def plates(town: Town) -> Town:
    """Give the town with a source whose searches name plates."""
    town.log(LOG, source="plates", profile=PROFILE, name="plates.csv")
    return town


def decide(town: Town, **columns: Release) -> None:
    """Decide columns of the source."""
    for column, release in columns.items():
        with installed(town.session, town.settings).change() as work:
            state_release(work, "plates", column, Decision(release, "Minn. Stat. 13.824"))
    town.session.expire_all()


def export(town: Town) -> WrittenTrail:
    """Write the trail."""
    request = TrailRequest("plates", town.folder / "trail.csv")
    return export_trail(installed(town.session, town.settings), request, by="clerk")


def lines(town: Town) -> list[str]:
    """Give the lines of the file."""
    return Path(town.folder / "trail.csv").read_text(encoding="utf-8").splitlines()


def test_columns_are_written_as_decided_in_the_logs_order_and_no_cell_calculates(plates: Town) -> None:
    decide(plates, when=Release.RELEASE, Plate=Release.RELEASE, Officer=Release.MASK, Reason=Release.RELEASE)

    written = export(plates)

    assert lines(plates) == [
        "Officer,When,Plate",
        "masked,2025-03-10T12:00:00-05:00,'=1+1",
        "masked,2025-03-11T12:00:00-05:00,ABC123",
    ]
    said = " ".join(say_trail(written))
    assert "Withheld, as nothing is decided of them: Case, Filters." in said
    assert "Kept in one: Reason / Case." in said
    assert "Not in the file, as a column that it is kept with is withheld: Reason / Case." in said
    assert "does not keep them: Filters." in said
    row = plates.session.exec(select(TrailExport)).one()
    assert (row.accesses, row.exported_by, row.sha256) == (2, "clerk", sha256_of(plates.folder / "trail.csv"))
    assert '"Officer": ["mask", "Minn. Stat. 13.824; decided by test on 31 December 2025"]' in row.decisions


def test_what_comes_from_several_columns_is_released_only_where_all_of_them_are(plates: Town) -> None:
    decide(plates, Reason=Release.RELEASE, Case=Release.MASK)
    decided = release_of_columns(plates.session, "plates")
    assert strictest(["Reason", "Case"], decided) is Release.MASK
    assert strictest(["Reason", "Filters"], decided) is Release.WITHHOLD

    decide(plates, Case=Release.RELEASE)
    export(plates)

    assert lines(plates) == ["Reason / Case", '"theft, case 9"', '"fire, case 8"']


def test_nothing_is_written_before_a_column_is_released_with_its_law(plates: Town) -> None:
    decide(plates, Officer=Release.MASK)
    with pytest.raises(Invalid, match="No column of plates is released"):
        export(plates)
    for column, law, said in ("Officer", " ", "Name the law"), ("Verdict", "13.82", "no column"):
        with installed(plates.session, plates.settings).change() as work, pytest.raises(Invalid, match=said):
            state_release(work, "plates", column, Decision(Release.RELEASE, law))
    assert not (plates.folder / "trail.csv").exists()


def test_logs_that_were_read_by_another_profile_are_not_handed_out(plates: Town) -> None:
    decide(plates, Officer=Release.RELEASE)
    means = f"{PROFILE}actions: {{search: [search]}}\n"
    set_source(plates.session, "plates", SourceChange(profile=means), now=LATER, by="clerk")
    assert export(plates).accesses == 2
    changed = PROFILE.replace("account: Officer", "account: Plate").replace("subject: Plate", "subject: Officer")
    set_source(plates.session, "plates", SourceChange(profile=changed), now=LATER + timedelta(days=1), by="clerk")

    with pytest.raises(Conflict, match="another profile"):
        export(plates)
