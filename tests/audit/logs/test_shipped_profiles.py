"""The profiles that ship: real logs go through them with every record accounted for."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import Session

from audit.logs.profiles.reading import read_profile, shipped_profiles
from config.database import connect
from tests.audit.logs.importing_logs import Logs, counts
from tests.audit.logs.made_log import MadeLog
from tests.audit.logs.made_logs import MADE_LOGS
from tests.audit.logs.real_logs import Came, RealLog
from tests.audit.logs.write_formats_page import ALL_LOGS, PAGE, with_rows
from tests.town_stages import NewFolder

# Of these the tests write logs of their own, as there is no real one.
WITHOUT_REAL_LOG = {"aix-audit", "fhir-auditevent-json", "s3-access", "windows-security-xml"}

# Of each profile the smallest log with events: what was imported is known again in one as in another.
_READ_AGAIN = {
    one.profile: one for one in sorted(ALL_LOGS, key=lambda one: one.came.read, reverse=True) if one.came.added
}

Imported = Callable[[RealLog], tuple[Logs, Came]]


@pytest.fixture(scope="module")
def imported(shared_data: Path, new_folder: NewFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """Import a real log by a profile, once for all tests here; each log has a data folder of its own."""
    with ExitStack() as until_the_end:

        @cache
        def real(one: RealLog) -> tuple[Logs, Came]:
            folder = tmp_path_factory.mktemp("real")
            settings = until_the_end.enter_context(new_folder("sqlite", folder / "data"))
            engine = connect(settings.resolved_database_url())
            until_the_end.callback(engine.dispose)
            logs = Logs(until_the_end.enter_context(Session(engine)), engine, settings, folder)
            text = shipped_profiles()[one.profile]
            logs.change_source(text, zone="America/Chicago", log_format=read_profile(text, one.profile).format)
            return logs, _import(logs, one, shared_data)

        yield real


def _import(logs: Logs, one: RealLog, shared_data: Path, most: int | None = None) -> Came:
    """Import a real log, or the first ones of a pattern together, and give what became of all their records."""
    found = sorted((shared_data / "logs").glob(one.log))[:most]
    # a copy where it is imported by another name
    files = [Path(shutil.copy(path, logs.folder / one.named)) if one.named else path for path in found]
    return Came(*map(sum, zip(*map(counts, logs.add_files(files)), strict=True)))


def _first_log(imported: Imported, profile: str) -> Logs:
    """Give what became of the first log of a profile."""
    return imported(next(one for one in ALL_LOGS if one.profile == profile))[0]


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_profile_that_ships_can_be_read_says_what_it_is_and_is_tried_on_a_real_log(name: str) -> None:
    profile = read_profile(shipped_profiles()[name], name)

    assert len(profile.about) > 100
    assert name in WITHOUT_REAL_LOG | {one.profile for one in ALL_LOGS} | {one.profile for one in MADE_LOGS}


@pytest.mark.parametrize("real", ALL_LOGS, ids=lambda one: f"{one.profile}-{one.log}")
def test_every_record_of_a_real_log_is_accounted_for(imported: Imported, shared_data: Path, real: RealLog) -> None:
    logs, came = imported(real)

    events = logs.events()
    times = sorted(event.time[:19] for event in events) or [""]
    actors = {event.account.casefold() for event in events if event.account}

    assert came == real.came
    assert len(events) == came.added
    assert len(logs.rejects()) == came.unreadable
    assert (len(actors), times[0], times[-1]) == (real.actors, real.first, real.last)
    if real in _READ_AGAIN.values():
        again = _import(logs, real, shared_data, most=2)
        assert (again.added, again.known) == (0, again.read - again.unreadable - again.passed_over)
        assert again.known


@pytest.mark.parametrize("made", MADE_LOGS, ids=lambda one: one.profile)
def test_a_log_made_as_a_product_writes_it_is_read_as_it_should_be(logs: Logs, made: MadeLog) -> None:
    text = shipped_profiles()[made.profile]
    logs.change_source(text, zone="America/Chicago", log_format=read_profile(text, made.profile).format)

    receipt = logs.add(made.text)

    assert counts(receipt) == made.came
    assert [tuple(event)[1:] for event in logs.events()] == made.events


def test_the_page_of_formats_shows_what_comes_of_every_real_log() -> None:
    assert PAGE.read_text("utf-8") == with_rows(PAGE.read_text("utf-8"), ALL_LOGS)


def test_spellings_of_a_reason_to_search_are_gathered_where_they_are_evident(imported: Imported) -> None:
    logs = _first_log(imported, "licence-plate-searches")

    purposes = Counter(event.purpose for event in logs.events())

    assert purposes["investigation"] == 874
    assert purposes["property crime"] == 854
    assert purposes["person crime"] == 860
    assert purposes["unauthorized use of a vehicle"] == 790
    assert purposes["administrative test"] == 65
    # what is not evident, or holds a case number, stays as it was typed
    assert [purposes[one] for one in ("", "2508068", "Investigation, 2510494", "fu", "ST2", "FELONY PERSON")] == [
        *(5, 1, 1, 1, 23, 3)
    ]
    assert sum(purposes.values()) == 4276


def test_the_times_of_microsoft_365_are_utc_and_its_mailboxes_are_resources(imported: Imported) -> None:
    logs = _first_log(imported, "m365-unified-audit-csv")

    first, *_ = logs.events()
    read_mail = [event for event in logs.events() if event.raw_action == "MailItemsAccessed"]

    assert (first.time, first.raw_action, first.action) == ("2021-05-18 21:13:33", "Set-Mailbox", "modify")
    assert {(event.action, event.resource == f"mailbox/{event.subject}") for event in read_mail} == {("view", True)}
    assert min(len(event.resource) for event in logs.events()) > 0


def test_windows_events_are_counted_once_and_in_utc(imported: Imported) -> None:
    logs = _first_log(imported, "windows-security")

    first, *_ = logs.events()

    # its EventTime, 03:45:15, is the server's local time
    assert (first.record, first.time[:19], first.account) == (3, "2020-09-22 07:45:16", "THESHIRE\\MORDORDC$")
    assert {event.raw_action[:4] for event in logs.events()} == {"4663", "5145"}


def test_an_activity_of_google_workspace_is_as_many_accesses_as_it_holds_events(imported: Imported) -> None:
    logs = _first_log(imported, "google-workspace-activity")

    by_instant = Counter((event.time, event.account) for event in logs.events())
    looked_into = next(event for event in logs.events() if event.raw_action == "SECURITY_INVESTIGATION_CONTENT_ACCESS")

    assert max(by_instant.values()) == 7
    assert looked_into.purpose.startswith("https://test.atlassian.net/")
    assert len({event.resource for event in logs.events() if event.resource.startswith("drive/")}) == 5


def test_times_of_ocsf_in_seconds_are_told_from_milliseconds(imported: Imported) -> None:
    logs = _first_log(imported, "ocsf")

    assert {event.time[:4] for event in logs.events()} == {"2020", "2021", "2022", "2023", "2024"}
    assert [(reject.record, reject.fault[:20]) for reject in logs.rejects()] == [
        (24, 'has the time "0", wh'),
        (27, "has no time"),
    ]


def test_the_account_of_a_failed_login_to_nextcloud_stands_in_its_message(imported: Imported) -> None:
    logs = _first_log(imported, "nextcloud")

    assert [event.account for event in logs.events()] == ["foo", "", "", "foo@example.com", "foo@example.com"]


def test_who_searched_a_patients_documents_and_why_stands_in_an_audit_event_of_fhir(imported: Imported) -> None:
    logs, _ = imported(next(one for one in ALL_LOGS if one.log.endswith("atc-doc-search.xml")))

    (event,) = logs.events()

    assert event[1:4] == ("2022-10-10 18:49:00", "Dr. med. Sabine Musterfrau", "Document search")
    assert (event.action, event.subject, event.purpose) == ("search", "761337610469261945", "EMER")


R4 = """{"resourceType": "AuditEvent", "id": "1", "subtype": [{"code": "read"}], "action": "R",
 "recorded": "2025-03-01T11:00:00-06:00", "purposeOfEvent": [{"coding": [{"code": "TREAT"}]}],
 "agent": [{"requestor": false, "name": "ehr"},
           {"requestor": true, "who": {"reference": "Practitioner/7"}, "network": {"address": "10.0.0.7"}}],
 "entity": [{"what": {"reference": "Patient/9"}, "role": {"code": "1"}},
            {"what": {"reference": "Observation/3"}, "role": {"code": "4"}}]}"""
R5 = """{"resourceType": "AuditEvent", "id": "2", "code": {"coding": [{"code": "search"}]}, "action": "E",
 "recorded": "2025-03-01T17:01:00Z", "authorization": [{"coding": [{"code": "HOPERAT"}]}],
 "agent": [{"who": {"identifier": {"value": "aolson"}}, "networkString": "10.0.0.8"}],
 "patient": {"reference": "Patient/9"}, "entity": [{"role": {"coding": [{"code": "24"}]}}]}"""


def test_audit_events_of_fhir_in_json_are_read_in_both_versions(logs: Logs) -> None:
    logs.change_source(shipped_profiles()["fhir-auditevent-json"], log_format="json")
    patient = '{"resourceType": "Patient", "id": "9"}'
    entries = ", ".join(f'{{"fullUrl": "urn:1", "resource": {text}}}' for text in (R4, patient, R5))

    in_lines = logs.add("\n".join(text.replace("\n", "") for text in (R4, R5)))
    in_a_bundle = logs.add(f'{{"resourceType": "Bundle", "entry": [{entries}], "link": []}}', "bundle.json")

    assert [counts(in_lines), counts(in_a_bundle)] == [(2, 2, 0, 0, 0), (3, 0, 2, 0, 1)]
    assert not [notice for notice in (*in_lines.notices, *in_a_bundle.notices) if "read as" in notice]

    read, searched = logs.events()
    assert read[1:6] == ("2025-03-01 17:00:00", "Practitioner/7", "Observation/3", "view", "R read")
    assert read[6:] == ("Patient/9", "TREAT", "10.0.0.7")
    assert searched[1:6] == ("2025-03-01 17:01:00", "aolson", "search", "search", "E search")
    assert searched[6:] == ("Patient/9", "HOPERAT", "10.0.0.8")


def test_statements_of_a_postgresql_csvlog_are_accesses(logs: Logs) -> None:
    text = shipped_profiles()["postgresql-csvlog"]
    logs.change_source(text, zone="America/Chicago")
    line = (
        '2025-04-21 03:27:13.543 EDT,"ann","hr",40,"10.0.0.7:5432",6805f351.627c5,{n},"SELECT",2025-04-21 03:27:13 EDT,'
        '3/0,0,LOG,00000,"{message}",,,,,,,,,"psql","client backend",,0\n'
    )
    messages = (
        "duration: 0.2 ms  statement: select * from pay",
        "duration: 0.1 ms",
        "duration: 0.1 ms  parse x: select",
    )

    receipt = logs.add("".join(line.format(n=n, message=message) for n, message in enumerate(messages)))

    assert counts(receipt) == (3, 1, 0, 0, 2)
    (event,) = logs.events()
    assert event[1:6] == ("2025-04-21 07:27:13.543000", "ann", "hr", "view", "select")
