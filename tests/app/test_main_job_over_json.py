"""The whole main job through the JSON API alone: its decisions are those of the command line on the same files."""

import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.jobs.work import do_next
from app.main import create_app
from app.newest_time import newest_time
from config.database import connect
from config.settings import Settings
from config.work import Installation
from inventory.entity_time import entity_zone
from tests.app.commands import Thirteen
from tests.main_job_over_json import AUTHORITY, LATE_DUTY, LOG_ZONE, REPORTS, MainJob, Program, do_main_job
from tests.town import FILES, GIVEN, PEOPLE, REASONS

_PASSWORD = "violet mailbox juggling thirty otters"  # noqa: S105 - of an invented official


def _by_commands(thirteen: Thirteen, folder: Path) -> bytes:
    """Do the same with the command line."""

    def run(*words: str) -> str:
        ran = thirteen("--data-dir", str(folder / "by-commands"), *words)
        assert ran.status == 0, ran.err
        return ran.out

    late = folder / "temporary-duties.csv"
    late.write_text(LATE_DUTY, encoding="utf-8")
    run("init", "--entity", "Town of Elm")
    run("entity", "--responsible-authority", AUTHORITY["responsible_authority"])
    for kind in (*PEOPLE, *GIVEN):
        run("import", kind, str(FILES / f"{kind}.csv"))
    run("resolve-access", "--series", "S2", "--part", "certain employees as needed", "--to", "P2")
    run("go-live")
    run("import", "temporary-duties", str(late))
    run("withdraw", "work-access:2", "--reason", "no such order was given")
    run("source", "add", "cad", "--format", "csv", "--time-zone", LOG_ZONE, "--system", "cad")
    run("import", "log", str(FILES / "cad.csv"), "--source", "cad")
    run("audit")
    run("decisions", "--out", str(folder / "decisions.csv"))
    return (folder / "decisions.csv").read_bytes()


def _over_json(settings: Settings, token: str) -> MainJob:
    engine = connect(settings.resolved_database_url())
    installation = Installation(settings, engine, "test", entity_zone, newest_time)

    def work_off() -> None:
        while do_next(installation, "test"):
            pass

    with TestClient(create_app(installation), base_url="https://localhost") as client:
        job = do_main_job(Program(client, token, work_off), FILES)
    engine.dispose()
    return job


@pytest.fixture
def first_token(thirteen: Thirteen, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set up the city and its first official by the command line, and give their token."""
    assert thirteen("init", "--entity", "Town of Elm").status == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{_PASSWORD}\n"))
    assert thirteen("official", "add", "pat", "--role", "compliance_official").status == 0
    return thirteen("official", "token", "pat", "--expires", "2099-12-31").out.strip()


def test_the_main_job_over_json_decides_as_the_command_line_does(
    thirteen: Thirteen, first_token: str, new_settings: Settings, tmp_path: Path
) -> None:
    job = _over_json(new_settings, first_token)

    assert job.decisions == _by_commands(thirteen, tmp_path)
    assert len(job.decisions.splitlines()) == len(REASONS) + 1
    assert job.explained["reason"] == "assignment_ended"
    assert {one["status"] for one in job.findings} == {"open"}
    assert job.workbooks == [b"PK"] * len(REPORTS)
