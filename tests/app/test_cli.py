"""The command line as a user has it: answers on standard output, refusals on standard error, exit status 0, 1 or 2."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from app.cli import main
from config.clock import utc_text
from config.settings import Settings

EXPORTS: dict[str, str] = {
    "inventory": "name,classification,code\nCase files,private,S1\nPermits,public,S2\n",
    "positions": "position_code,title,department\nP1,Investigator,Police\n",
    "employees": "employee_id,name,manager_id,hire_date\nE1,Ann Olson,E2,2020-01-01\nE2,Bo Larson,,2020-01-01\n",
    "assignments": "employee_id,position_code,start_date\nE2,P1,2020-01-01\n",
    "accounts": "system,login,employee_id\ncad,aolson,E1\ncad,blarson,E2\n",
    "work-access": "series,holder_type,holder,actions,authority\nS1,position,P1,*,job description\n",
    "temporary-duties": (
        "employee_id,series,actions,purposes,start,end,granted_by,reason\n"
        "E1,S1,view,,2025-03-01,2025-03-03T17:00:00-06:00,Bo Larson,covers for a colleague\n"
    ),
    "resources": "system,pattern,series\ncad,case/*,S1\ncad,permit/*,S2\n",
}
LOG = (
    "time,account,resource,action,subject\n"
    "2025-03-03 16:59,CITY\\aolson,case/17,view,C-1\n"
    "2025-03-03 17:41,CITY\\aolson,case/17,view,C-1\n"
    "2025-03-04 09:00,blarson,case/17,view,C-1\n"
    "2025-03-04 09:05,ghost,permit/1,view,\n"
)
FINDING_KEYS = ["key", "who", "what", "reason", "verdict", "month", "events", "first", "last", "subjects", "status"]
DECISION_COLUMNS = [
    *("event_id", "source", "file", "record", "time", "account", "employee_id", "resource", "series", "action"),
    *("subject", "purpose", "verdict", "reason", "grant"),
]


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    status: int
    out: str
    err: str


Thirteen = Callable[..., Ran]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def thirteen(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Thirteen:
    """Give the command line on a fresh data folder, as the environment names it."""
    _point_at(monkeypatch, settings)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Ran:
        capsys.readouterr()
        status = _run(monkeypatch, *words)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def city(thirteen: Thirteen, city_folder: Path, settings: Settings, tmp_path: Path) -> Thirteen:
    """Give the command line on a data folder with a city and its log."""
    shutil.copytree(city_folder / "data", settings.data_dir, dirs_exist_ok=True)
    _write_exports(tmp_path)
    return thirteen


@pytest.fixture(scope="module")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder whose data folder has a city and its log, imported by the command line."""
    folder = tmp_path_factory.mktemp("city")
    _write_exports(folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        _point_at(monkeypatch, Settings(data_dir=folder / "data", database_url=None))
        for words in _entering(folder):
            assert _run(monkeypatch, *words) == 0
    return folder


def _write_exports(folder: Path) -> None:
    for name, text in {**EXPORTS, "cad": LOG}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def _entering(folder: Path) -> list[tuple[str, ...]]:
    return [
        ("init", "--entity", "City of Springfield"),
        *(("import", kind, str(folder / f"{kind}.csv")) for kind in EXPORTS),
        ("source", "add", "cad", "--format", "csv"),
        ("import", "log", str(folder / "cad.csv"), "--source", "cad"),
    ]


def _point_at(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("THIRTEEN_DATA_DIR", str(settings.data_dir))
    if settings.database_url is None:
        monkeypatch.delenv("THIRTEEN_DATABASE_URL", raising=False)
    else:
        monkeypatch.setenv("THIRTEEN_DATABASE_URL", settings.database_url)


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run a command in this process, as the shell would; anything but an exit is a fault of the program."""
    monkeypatch.setattr("sys.argv", ["thirteen", *words])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_init_sets_the_entity_up_once(thirteen: Thirteen) -> None:
    first = thirteen("init", "--entity", "City of Springfield")
    again = thirteen("init", "--entity", "Other")

    assert (first.status, first.err) == (0, "")
    assert "City of Springfield is set up" in first.out
    assert (again.status, again.out) == (1, "")
    assert "belongs to City of Springfield already" in again.err


@pytest.mark.parametrize(
    "words",
    [
        *(
            ("audit",),
            ("findings",),
            ("go-live",),
            ("decisions", "--out", "d.csv"),
            ("source", "add", "x", "--format", "csv"),
        ),
        ("explain", "--employee", "E1", "--series", "S1", "--at", "2025-03-03"),
        ("report", "findings", "--out", "f.xlsx"),
        ("import", "positions", "missing.csv"),
        ("import", "log", "missing.csv", "--source", "cad"),
    ],
)
def test_before_init_a_command_says_what_to_do(thirteen: Thirteen, words: tuple[str, ...]) -> None:
    ran = thirteen(*words)

    assert (ran.status, ran.out) == (1, "")
    assert "thirteen init" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        *((), ("no-such-command",), ("import", "no-such-kind", "f.csv"), ("explain", "--employee", "E1"), ("init",)),
        ("findings", "--no-such-option"),
    ],
)
def test_wrong_usage_exits_2(thirteen: Thirteen, words: tuple[str, ...]) -> None:
    assert thirteen(*words).status == 2


def test_help_exits_0(thirteen: Thirteen) -> None:
    assert thirteen("--help").status == 0
    assert thirteen("import", "inventory", "--help").status == 0


def test_the_data_folder_is_named_before_or_after_the_command(thirteen: Thirteen, tmp_path: Path) -> None:
    other = str(tmp_path / "other")

    assert thirteen("--data-dir", other, "init", "--entity", "Village").status == 0
    assert "Village" in thirteen("entity", "--data-dir", other).out


# --- Importing ---

BAD = "position_code,title,department\nP8,Clerk,Police\n,Nobody,Police\n"


def test_a_file_with_a_bad_row_is_refused_whole(city: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    ran = city("import", "positions", str(tmp_path / "bad.csv"))
    dry = city("import", "positions", "--dry-run", str(tmp_path / "positions.csv"))

    assert (ran.status, ran.out) == (1, "")
    assert "1 of 2 rows cannot be taken; nothing was imported" in ran.err
    assert "bad.csv" in ran.err
    assert "1 unchanged" in dry.out
    assert not list(tmp_path.glob("*rejects*"))


def test_bad_rows_are_skipped_when_asked_and_written_to_a_rejects_file(city: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    ran = city("import", "positions", "--skip-bad-rows", str(tmp_path / "bad.csv"))

    assert ran.status == 0
    assert "1 added, 0 changed, 0 unchanged, 1 refused" in ran.out
    assert "Nobody" in (tmp_path / "bad.rejects.csv").read_text(encoding="utf-8-sig")


def test_a_dry_run_records_nothing(city: Thirteen, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("position_code,title,department\nP8,Clerk,Police\n", encoding="utf-8")
    said = [city("import", "positions", "--dry-run", str(more)).out for _ in range(2)]

    assert "1 added" in said[0]
    assert "nothing was recorded" in said[0]
    assert said[0] == said[1]


def test_a_file_that_is_not_there_is_refused(city: Thirteen) -> None:
    for words in (("positions", "none.csv"), ("log", "none.csv", "--source", "cad")):
        ran = city("import", *words)

        assert (ran.status, ran.out) == (1, "")
        assert "none.csv" in ran.err


def test_importing_a_file_again_adds_nothing(city: Thirteen, tmp_path: Path) -> None:
    for kind in EXPORTS:
        assert "0 added, 0 changed" in city("import", kind, str(tmp_path / f"{kind}.csv")).out
    log = city("import", "log", str(tmp_path / "cad.csv"), "--source", "cad")

    assert "4 records read: 0 added, 4 already known, 0 unreadable" in log.out


def test_a_log_of_an_unknown_source_is_refused(city: Thirteen, tmp_path: Path) -> None:
    ran = city("import", "log", str(tmp_path / "cad.csv"), "--source", "ghost")

    assert ran.status == 1
    assert 'no source "ghost"; the sources are cad' in ran.err


# --- The main job ---


def test_an_audit_decides_and_says_how_it_was_cross_examined(city: Thirteen) -> None:
    ran = city("audit", "--from", "2025-03-01", "--to", "2025-03-31")

    assert (ran.status, ran.err) == (0, "")
    assert "4 accesses decided: 3 authorized, 1 possibly unauthorized, 0 unresolved, 0 out of scope." in ran.out
    assert "4 decisions put to Casbin and the decision table: 4 agreed." in ran.out
    assert "(1 new, 0 changed, 0 no longer found)" in ran.out
    assert "(0 new, 0 changed, 0 no longer found)" in city("audit").out


def test_findings_are_objects_with_the_promised_keys(city: Thirteen) -> None:
    city("audit")
    ran = city("findings", "--format", "json")
    (finding,) = json.loads(ran.out)

    assert (ran.status, ran.err) == (0, "")
    assert sorted(finding) == sorted([*FINDING_KEYS, "explanation"])
    assert finding | {"key": ""} == {
        "key": "",
        "who": "E1",
        "what": "S1",
        "reason": "assignment_ended",
        "verdict": "unauthorized",
        "month": "2025-03",
        "events": 1,
        "first": "2025-03-03T23:41:00Z",
        "last": "2025-03-03T23:41:00Z",
        "subjects": 1,
        "status": "open",
        "explanation": (
            "A temporary duty of Ann Olson covered Case files until 3 March 2025, 17:00; the access was 41 minutes "
            "later. Bo Larson, the supervisor, could have extended it."
        ),
    }


def test_findings_say_the_same_as_csv_and_as_a_table(city: Thirteen) -> None:
    city("audit")
    listed = json.loads(city("findings", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(city("findings", "--format", "csv").out)))
    table = city("findings").out

    assert rows == [{name: str(value) for name, value in finding.items()} for finding in listed]
    assert "E1" in table
    assert "possible unauthorized access" in table


def test_names_from_a_log_cannot_steer_the_terminal(city: Thirteen, tmp_path: Path) -> None:
    log = "time,account,resource,action\n2025-03-05 10:00,a\x1b]0;x[bold]\x07,case/9,view\n"
    (tmp_path / "hostile.csv").write_text(log, encoding="utf-8")
    city("import", "log", str(tmp_path / "hostile.csv"), "--source", "cad")
    city("audit")

    assert r"a\x1b]0;x[bold]\x07" in city("findings").out


def test_of_several_logs_one_that_is_not_there_keeps_the_others_out(city: Thirteen, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("time,account,resource,action\n2025-03-05 10:00,a,permit/9,view\n")

    refused = city("import", "log", str(tmp_path / "new.csv"), "none.csv", "--source", "cad")

    assert (refused.status, refused.out) == (1, "")
    assert "1 added" in city("import", "log", str(tmp_path / "new.csv"), "--source", "cad").out


def test_a_duty_that_nobody_known_granted_is_taken_with_a_notice(city: Thirteen, tmp_path: Path) -> None:
    duties = (
        "employee_id,series,actions,start,end,granted_by,reason\n"
        "E1,S1,view,2025-07-01,2025-07-02,E1,own idea\nE1,S1,view,2025-08-01,2025-08-02,Bo,as told\n"
    )
    (tmp_path / "more.csv").write_text(duties, encoding="utf-8")

    said = city("import", "temporary-duties", str(tmp_path / "more.csv")).err

    assert "Row 2: the employee granted the duty to themselves; check who assigned the work." in said
    assert "Row 3: granted_by is no employee_id, so nobody can look up who assigned the work." in said


def test_a_source_whose_profile_names_a_zone_has_that_zone(city: Thirteen) -> None:
    plain = city("source", "add", "permits", "--format", "csv", "--time-zone", "UTC").out
    ran = city("source", "add", "mail", "--format", "csv", "--profile", "m365-unified-audit-csv").out

    assert plain == "Source permits: csv logs of permits, times without an offset in UTC.\n"
    assert ran == "Source mail: csv logs of mail, times without an offset in UTC, as the profile says.\n"


def test_without_findings_the_list_is_empty(city: Thirteen) -> None:
    assert json.loads(city("findings", "--format", "json").out) == []


def test_what_was_learnt_about_a_finding_is_noted(city: Thirteen) -> None:
    city("audit")
    (finding,) = json.loads(city("findings", "--format", "json").out)

    assert city("note", finding["key"], "--status", "under review", "--note", "asked").status == 0
    assert json.loads(city("findings", "--format", "json").out)[0]["status"] == "under review"
    assert city("note", "0000", "--status", "closed").status == 1


def test_explain_says_verdict_reason_sentence_and_grant(city: Thirteen) -> None:
    ended = city("explain", "--employee", "E1", "--series", "S1", "--at", "2025-03-03T17:41:00-06:00")
    held = city("explain", "--employee", "E2", "--series", "Case files", "--at", "2025-03-03")

    assert ended.out.splitlines()[0] == "unauthorized: assignment_ended"
    assert "the access was 41 minutes later" in ended.out
    assert held.out.splitlines()[0] == "authorized: assigned"
    assert "Grant work-access:" in held.out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--employee", "E9", 'no employee with the id "E9"'),
        ("--series", "S9", 'no data series with the code or name "S9"'),
        ("--at", "soon", '--at "soon" cannot be read; expected a date'),
        ("--at", "2025-13-01", '--at "2025-13-01" cannot be read; expected a date'),
        ("--action", "look", '"look" is no action'),
    ],
)
def test_explain_says_what_it_cannot_find_or_read(city: Thirteen, option: str, value: str, said: str) -> None:
    words = {"--employee": "E1", "--series": "S1", "--at": "2025-03-03"} | {option: value}
    ran = city("explain", *(word for pair in words.items() for word in pair))

    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err


def test_decisions_have_the_promised_columns_in_csv_and_parquet(city: Thirteen, tmp_path: Path) -> None:
    for name in ("d.csv", "d.parquet"):
        assert city("decisions", "--out", str(tmp_path / name)).status == 0
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["record"]))
    with duckdb.connect() as connection:
        columns = [name for name, *_ in connection.execute(f"DESCRIBE FROM '{tmp_path / 'd.parquet'}'").fetchall()]
        (counted,) = connection.execute(f"SELECT count(*) FROM '{tmp_path / 'd.parquet'}'").fetchall()[0]  # noqa: S608

    assert list(rows[0]) == columns == DECISION_COLUMNS
    assert len(rows) == counted == 4
    assert {row["time"][-1] for row in rows} == {"Z"}
    assert [(utc_text(datetime.fromisoformat(row["time"])), row["verdict"], row["reason"]) for row in rows] == [
        ("2025-03-03T22:59:00Z", "authorized", "assigned"),
        ("2025-03-03T23:41:00Z", "unauthorized", "assignment_ended"),
        ("2025-03-04T15:00:00Z", "authorized", "assigned"),
        ("2025-03-04T15:05:00Z", "authorized", "public_data"),
    ]
    assert [row["grant"].partition(":")[0] for row in rows] == ["temporary-duty", "", "work-access", ""]


@pytest.mark.parametrize(
    "name", ["inventory", "access-matrix", "findings", "temporary-duties", "unused-access", "decisions"]
)
def test_every_report_is_written(city: Thirteen, tmp_path: Path, name: str) -> None:
    city("audit")
    ran = city("report", name, "--out", str(tmp_path / f"{name}.xlsx"))

    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / f"{name}.xlsx").read_bytes()[:2] == b"PK"


def test_after_going_live_a_duty_entered_late_is_backdated(city: Thirteen, tmp_path: Path) -> None:
    assert city("go-live").status == 0
    assert city("go-live").status == 1
    path = tmp_path / "late.csv"
    late = "E1,S1,view,,2025-03-03T17:00:00-06:00,2025-03-31,Bo Larson,covers on\n"
    path.write_text(EXPORTS["temporary-duties"].splitlines()[0] + "\n" + late, encoding="utf-8")
    city("import", "temporary-duties", str(path))

    ran = city("explain", "--employee", "E1", "--series", "S1", "--at", "2025-03-03T17:41:00-06:00")
    assert ran.out.startswith("unresolved: backdated")


# --- The answer ---


@pytest.fixture
def program(city: Thirteen, settings: Settings) -> Program:
    """Give the command line as a user has it: in a process of its own, on a data folder with a city."""
    city("audit")

    def run(*words: str, out: int = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from app.start import main; main()", *words]
        environment = {**os.environ, "THIRTEEN_DATA_DIR": str(settings.data_dir), **environment}
        return subprocess.run(  # noqa: S603 - our own
            command, env=environment, stdout=out, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )

    return run


def test_a_program_of_its_own_keeps_its_record_where_the_environment_says(city: Thirteen, program: Program) -> None:
    ran = program("findings", "--format", "json")

    assert ran.stdout == city("findings", "--format", "json").out
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_change_whose_answer_cannot_be_printed_is_said_to_be_recorded(
    city: Thirteen, program: Program, buffered: str
) -> None:
    with Path("/dev/full").open("w") as full:
        changed = program("entity", "--name", "Town of Springfield", out=full.fileno(), PYTHONUNBUFFERED=buffered)
        asked = program("entity", out=full.fileno(), PYTHONUNBUFFERED=buffered)

    assert changed.returncode == 0
    assert changed.stderr == (
        "The answer cannot be printed (No space left on device); what the command had to record is recorded.\n"
    )
    assert (asked.returncode, asked.stderr) == (1, "The answer cannot be printed (No space left on device).\n")
    assert "Town of Springfield" in city("entity").out


def test_a_reader_who_had_enough_gets_no_complaint(program: Program) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    listed = program("findings", out=writing)
    changed = program("entity", "--name", "Town of Springfield", out=writing)
    os.close(writing)

    assert (listed.returncode, listed.stderr) == (1, "")
    assert (changed.returncode, changed.stderr) == (
        0,
        "The answer cannot be printed (Broken pipe); what the command had to record is recorded.\n",
    )


def test_a_terminal_of_few_letters_shows_the_others_as_escapes_and_programs_get_them_whole(
    city: Thirteen, program: Program
) -> None:
    employees = EXPORTS["employees"].replace("Ann Olson", "Ann Ølson")
    Path("renamed.csv").write_text(employees, encoding="utf-8")
    city("import", "employees", "renamed.csv")
    city("audit")
    city("entity", "--name", "Øster Springfield")

    assert program("entity", PYTHONIOENCODING="ascii").stdout.startswith(r"\xd8ster Springfield (time zone")
    assert "Ann Ølson" in program("findings", "--format", "csv", PYTHONIOENCODING="ascii").stdout


def test_bytes_that_are_no_letters_are_refused(thirteen: Thirteen) -> None:
    ran = thirteen("init", "--entity", "Caf\udce9")

    assert (ran.status, ran.out) == (1, "")
    assert "holds bytes that are no letters in UTF-8" in ran.err
