"""Sources: set up, changed without forgetting what they were, and found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from sqlmodel import Session, col, select

from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.logs.find_source import find_source
from audit.logs.models import Source
from audit.logs.profiles.language import Format
from audit.logs.sources import SourceChange, SourceRequest, add_source, set_source
from config.errors import Conflict, Invalid, NotFound
from config.remedies import Advice, Remedy
from tests.audit.logs.importing_logs import HEADER, LINE, Logs
from tests.databases import on_both

NOW = datetime(2025, 6, 1, tzinfo=UTC)
PERMITS = SourceRequest("permits", "csv", "", "America/Chicago", "permit system")
FIELDS = "fields: {time: time, account: account, resource: resource, action: action}\n"


def _add(session: Session, request: SourceRequest = PERMITS, minutes: int = 0) -> Source:
    return add_source(session, request, now=NOW + timedelta(minutes=minutes), by="clerk")


def test_a_source_is_found_as_it_was_set_up(session: Session) -> None:
    _add(session)

    found = find_source(session, "permits")

    assert (found.system, found.format, found.time_zone, found.profile) == (
        "permit system",
        "csv",
        "America/Chicago",
        "",
    )
    assert (found.recorded_at, found.recorded_by) == (NOW, "clerk")


def test_setting_up_the_same_source_again_changes_nothing(session: Session) -> None:
    assert _add(session).id == _add(session, minutes=5).id
    assert len(session.exec(select(Source)).all()) == 1


@on_both
def test_a_changed_source_closes_one_row_and_opens_another(session: Session) -> None:
    _add(session)
    set_source(session, "permits", SourceChange(time_zone="UTC"), now=NOW + timedelta(minutes=5), by="clerk")

    rows = session.exec(select(Source).order_by(col(Source.id))).all()

    assert [(row.time_zone, row.superseded_at) for row in rows] == [
        ("America/Chicago", NOW + timedelta(minutes=5)),
        ("UTC", None),
    ]
    assert find_source(session, "permits").time_zone == "UTC"


def test_setting_up_another_source_of_a_name_that_there_is_is_refused(session: Session) -> None:
    _add(session)

    with pytest.raises(Conflict, match="There is a source permits already, and it is another one") as refused:
        _add(session, replace(PERMITS, time_zone="UTC"))

    assert refused.value.remedy == Remedy(Advice.SET_SOURCE, "permits")


def test_a_source_is_corrected_only_in_what_is_given(session: Session) -> None:
    _add(session)

    changed = set_source(session, "permits", SourceChange(profile=FIELDS), now=NOW, by="clerk")

    assert (changed.system, changed.time_zone, changed.profile) == ("permit system", "America/Chicago", FIELDS)


def test_a_source_without_a_system_is_its_own(session: Session) -> None:
    assert _add(session, replace(PERMITS, name=" permits ", system=" ")).system == "permits"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (replace(PERMITS, log_format="odt"), f'"odt" is no format; the formats are {", ".join(get_args(Format))}.'),
        (
            replace(PERMITS, log_format="syslog"),
            (
                "A log of the format syslog does not name what stands where; its source needs a profile, such as one "
                "of those that ship."
            ),
        ),
        (replace(PERMITS, name=" "), "A source needs a name of letters that can be printed."),
        (replace(PERMITS, name="a\x1fb"), "A source needs a name of letters that can be printed."),
        (
            replace(PERMITS, time_zone="Moorhead"),
            '"Moorhead" is no time zone; write one such as America/Chicago or UTC.',
        ),
        (
            replace(PERMITS, profile=FIELDS + "format: jsonl"),
            "The profile is for jsonl logs, but the source is to be csv.",
        ),
        (
            replace(PERMITS, profile="fields: {time: t}"),
            (
                "The profile cannot be used as a profile: it does not say where account, resource, action come from; "
                "add them under fields."
            ),
        ),
    ],
)
def test_a_source_that_cannot_be_is_refused(session: Session, request_: SourceRequest, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        _add(session, request_)

    assert str(refused.value) == said
    assert session.exec(select(Source)).all() == []


def test_a_source_that_is_not_there_is_said_with_those_that_are(session: Session) -> None:
    with pytest.raises(NotFound, match="there is none yet"):
        find_source(session, "permits")

    _add(session)
    _add(session, replace(PERMITS, name="payroll"))

    with pytest.raises(NotFound, match="the sources are payroll, permits"):
        find_source(session, "Permits")


def test_what_of_accounts_does_not_count_is_what_the_profile_says_now(logs: Logs) -> None:
    logs.change_source(FIELDS + "accounts: {strip_domain_suffix: false}\n")
    logs.add(HEADER + LINE)
    logs.change_source(name="plain")
    logs.add(HEADER + LINE)

    stored = stored_logs(logs.session, logs.settings.data_dir)
    normalising = normalising_of(logs.session, stored)

    keys = {source: key for key, source in stored.sources.items()}
    compared = {source: normalising[key].key("CITY\\J.Doe@city.gov") for source, key in keys.items()}
    assert compared == {"permits": "j.doe@city.gov", "plain": "j.doe"}
