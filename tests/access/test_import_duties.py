"""Importing temporary duties, officers and their specified duties."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from access.import_officer_duties import OfficerDutyImporter
from access.import_officers import OfficerImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.models import (
    Officer,
    OfficerDuty,
    TemporaryDuty,
)
from tests.builders import APRIL_1, MARCH_1
from tests.importing import counts, current_rows, import_text, refusals

# --- Temporary duties ---

DUTIES = "employee_id,series,actions,start,end,granted_by,reason,revoked_at\n"


def test_a_date_of_revocation_means_its_first_moment(people: Session, tmp_path: Path) -> None:
    text = DUTIES + "E1,S2,view,2025-03-01,2025-03-31,Bo Larson,leave,2025-03-10\n"

    import_text(people, TemporaryDutyImporter, tmp_path, text)

    [duty] = current_rows(people, TemporaryDuty)
    assert (duty.start, duty.end) == (MARCH_1, APRIL_1)
    assert duty.revoked_at == datetime(2025, 3, 10, 5, tzinfo=UTC)


def test_a_duty_needs_an_end_a_grantor_and_a_reason(people: Session, tmp_path: Path) -> None:
    text = (
        DUTIES
        + "E1,S2,view,2025-03-01,,Bo,leave,\nE1,S2,view,2025-03-01,2025-03-31,,leave,\n"
        + "E1,S2,view,2025-03-01,2025-03-31,Bo,,\n"
    )

    sentences = refusals(people, TemporaryDutyImporter, tmp_path, text)

    assert [sentence.split(":")[0].rpartition(" ")[2] for sentence in sentences] == ["end", "granted_by", "reason"]


def test_a_duty_that_ends_as_it_begins_is_taken_with_a_notice(people: Session, tmp_path: Path) -> None:
    instant = "2025-03-01T12:00:00Z"
    text = DUTIES + f"E1,S2,view,{instant},{instant},E2,leave,\n"

    receipt = import_text(people, TemporaryDutyImporter, tmp_path, text)

    assert counts(receipt) == (1, 0, 0, 0)
    assert receipt.notices == ("Row 2: the period ends at the instant at which it begins, so it never holds.",)


def test_a_revocation_entered_later_changes_the_duty(people: Session, tmp_path: Path) -> None:
    duty = "E1,S2,view,2025-03-01,2025-03-31,Bo Larson,leave,"
    import_text(people, TemporaryDutyImporter, tmp_path, DUTIES + duty + "\n")

    receipt = import_text(people, TemporaryDutyImporter, tmp_path, DUTIES + duty + "2025-03-10\n")

    assert counts(receipt) == (0, 1, 0, 0)


# --- Officers and their specified duties ---


def test_offices_are_known_in_their_usual_spellings(people: Session, tmp_path: Path) -> None:
    text = (
        "office,employee_id,start\nResponsible Authority,E1,2020-01-01\nhr-manager,E1,2020-01-01\n"
        "Information Systems Manager,E2,2020-01-01\n"
    )

    import_text(people, OfficerImporter, tmp_path, text)

    offices = [row.office for row in current_rows(people, Officer)]
    assert offices == ["responsible_authority", "hr_manager", "is_manager"]


def test_an_office_that_is_not_designated_is_refused(people: Session, tmp_path: Path) -> None:
    [sentence] = refusals(people, OfficerImporter, tmp_path, "office,employee_id,start\nmayor,E1,2020-01-01\n")

    assert '"mayor" is no designated office; expected one of responsible_authority, compliance_official' in sentence


def test_a_specified_duty_covers_one_series_or_all(people: Session, tmp_path: Path) -> None:
    import_text(people, OfficerImporter, tmp_path, "office,employee_id,start\nadministrator,E1,2020-01-01\n")
    headings = "employee_id,series,duty,start,end\n"
    period = "2025-01-01,2025-12-31\n"

    receipt = import_text(
        people,
        OfficerDutyImporter,
        tmp_path,
        f"{headings}E1,*,answer requests,{period}E1,Payroll,audit,{period}",
    )

    assert receipt.notices == ()
    assert [row.series for row in current_rows(people, OfficerDuty)] == ["*", "S2"]


def test_a_duty_of_somebody_without_an_office_is_pointed_out(people: Session, tmp_path: Path) -> None:
    text = "employee_id,series,duty,start,end\nE2,*,answer requests,2025-01-01,2025-12-31\n"

    receipt = import_text(people, OfficerDutyImporter, tmp_path, text)

    assert receipt.notices[0].startswith("Row 2: the employee holds no designated office here")
