"""Trainings: imported with their expiry, and told to who grants access."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_trainings import TrainingImporter
from access.models import Employee, Training
from access.trainings import training_sentences
from access.trainings_of_people import trainings_of_people
from config.errors import Invalid
from tests.builders import a_row
from tests.importing import CHICAGO, current_rows, import_text

_MAY_15 = datetime.fromisoformat("2026-05-15T15:00Z")
_FILE = """Employee_ID,Course,Completion Date,Expiration Date
E1,CJIS,2022-05-01,2024-05-01
e1,cjis,2024-04-20,2026-05-03
E1,Data practices,2025-01-10,
"""


@pytest.fixture
def people(session: Session) -> Session:
    """Ann and Bo work here."""
    session.add_all([a_row(Employee, manager_id=""), a_row(Employee, employee_id="E2", name="Bo", manager_id="")])
    session.flush()
    return session


def test_the_last_completion_of_a_training_tells_whether_it_counts_and_what_expired_comes_first(
    people: Session, tmp_path: Path
) -> None:
    assert training_sentences(people, "E1", _MAY_15, CHICAGO) == []
    import_text(people, TrainingImporter, tmp_path, _FILE)

    assert training_sentences(people, "E1", _MAY_15, CHICAGO) == [
        "Training cjis expired: it counted through 3 May 2026.",
        "Training Data practices was completed on 10 January 2025; it does not expire.",
    ]
    assert training_sentences(people, "E2", _MAY_15, CHICAGO) == ["No training of theirs is on the record."]


def test_a_training_that_is_stated_again_changes_nothing_and_a_later_expiry_takes_its_place(
    people: Session, tmp_path: Path
) -> None:
    for text in (_FILE, _FILE, "employee_id,training,completed,expires\nE1,CJIS,2024-04-20,2026-06-30\n"):
        import_text(people, TrainingImporter, tmp_path, text)

    assert len(current_rows(people, Training)) == 3
    assert training_sentences(people, "E1", _MAY_15, CHICAGO)[0] == "Training CJIS counts through 30 June 2026."


@pytest.mark.parametrize(
    "row", ["E9,CJIS,2024-04-20,", "E1,CJIS,,", "E1,CJIS,2024-04-20,2024-04-01", "E1,,2024-04-20,"]
)
def test_a_row_without_a_person_a_name_or_a_sound_period_is_refused(people: Session, tmp_path: Path, row: str) -> None:
    with pytest.raises(Invalid):
        import_text(people, TrainingImporter, tmp_path, f"employee_id,training,completed,expires\n{row}\n")


def test_of_several_people_it_is_said_whose_trainings_expired_and_who_has_none(people: Session, tmp_path: Path) -> None:
    people.add(a_row(Employee, employee_id="E3", name="Cy", manager_id=""))
    import_text(people, TrainingImporter, tmp_path, _FILE)
    import_text(people, TrainingImporter, tmp_path, "employee_id,training,completed\nE3,CJIS,2026-01-01\n")

    assert trainings_of_people(people, ["E3", "E1", "E2"], _MAY_15, CHICAGO) == [
        "Of the 3 people whom it reaches, trainings of 1 have expired: Ann Olson (cjis).",
        "Of the 3 people whom it reaches, 1 have no training on the record: Bo.",
    ]
    assert trainings_of_people(people, ["E3"], _MAY_15, CHICAGO) == [
        "Training CJIS was completed on 1 January 2026; it does not expire."
    ]
    assert trainings_of_people(people, [], _MAY_15, CHICAGO) == []
