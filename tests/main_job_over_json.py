"""The whole main job through the JSON API alone, on a city that has an entity and one official with a token.

`python -m tests.main_job_over_json http://127.0.0.1:8013 TOKEN` does it on a running service, with the files of the
tests' town; the suite does it in one process, and holds the decisions to those of the command line.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from httpx2 import Client, Response

from tests.town import FILES, GIVEN, PEOPLE

API = "/api/v1"
AUTHORITY = {"responsible_authority": "Bo Larson", "responsible_authority_title": "Town Clerk"}
LATE_DUTY = "employee_id,series,actions,start,end,granted_by,reason\nE1,S2,view,2025-04-01,2025-04-30,E2,Late\n"
LOG_ZONE = "America/Chicago"
REPORTS = (
    *("inventory", "access-matrix", "findings", "temporary-duties", "unused-access"),
    *("reason-quality", "decisions"),
)


@dataclass(frozen=True)
class MainJob:
    """What the job came to.

    Args:
        decisions: As CSV.
        findings: All of them.
        explained: Why an access was possibly unauthorized.
        workbooks: The first bytes of each report.
    """

    decisions: bytes
    findings: Sequence[Mapping[str, Any]]
    explained: Mapping[str, Any]
    workbooks: Sequence[bytes]


@dataclass
class Program:
    """A program that asks the service, and refuses to go on where it does not get what it asked for.

    Args:
        wait: Lets the jobs that were asked for be done, where no worker does them.
    """

    client: Client
    token: str
    wait: Callable[[], None] = lambda: None
    _keys: int = field(default=0, init=False)

    def ask(self, method: str, path: str, *, version: str = "", accept: str = "*/*", **sent: Any) -> Response:  # noqa: ANN401 - what the client sends
        """Ask, in a way that can be repeated."""
        self._keys += 1
        headers = {"Authorization": f"Bearer {self.token}", "Accept": accept, "Idempotency-Key": f"job {self._keys}"}
        if version:
            headers["If-Match"] = version
        answer = self.client.request(method, f"{API}{path}", headers=headers, **sent)
        if answer.is_error:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer

    def done(self, accepted: Response) -> dict[str, Any]:
        """Follow the job of an answer to its end, and give what it came to."""
        self.wait()
        events = self.ask("GET", f"{accepted.headers['location'].removeprefix(API)}/events").text
        job = json.loads(events.strip().rpartition("data: ")[2])
        if job["state"] != "done":
            raise AssertionError(f"{job['kind']}: {job['outcome']}")
        outcome: dict[str, Any] = job["outcome"]
        return outcome | {"number": job["number"]}

    def change(self, path: str, body: Mapping[str, Any]) -> Response:
        """Change a thing from the version that stands."""
        return self.ask("PUT", path, version=self.ask("GET", path).headers["etag"], json=body)


def do_main_job(program: Program, files: Path) -> MainJob:
    """Enter the city, import its log, audit, look, move, explain, report, and give the decisions."""
    program.change("/entity", AUTHORITY)
    for kind in (*PEOPLE, *GIVEN):
        _import(program, kind, (files / f"{kind}.csv").read_bytes())
    part = program.ask("GET", "/work-access-texts/unread").json()["items"][-1]
    resolution = {"part": part["part"], "holders": ["P2"]}
    program.ask("POST", f"/series/{part['series']}/work-access-texts", json=resolution)
    program.ask("POST", "/entity/go-live")
    _import(program, "temporary-duties", LATE_DUTY.encode())
    wrong = program.ask("GET", "/work-access?series=S1").json()["items"][0]["grant"]
    program.ask("POST", f"/grants/{wrong}/withdraw", json={"reason": "no such order was given"})
    _import_log(program, files / "cad.csv")
    program.done(program.ask("POST", "/audits", json={}))
    findings = program.ask("GET", "/findings?sort=key").json()["items"]
    _look_at(program, findings[0]["key"])
    return MainJob(
        program.ask("GET", "/decisions?look_purpose=audit", accept="text/csv").content,
        findings,
        program.ask("POST", "/decisions/explain", json=QUESTION).json(),
        [_report(program, name)[:2] for name in REPORTS],
    )


QUESTION = {"employee_id": "E1", "series": "S4", "at": "2025-04-02T15:00:00Z"}


def _import(program: Program, kind: str, table: bytes) -> None:
    sent = {"file": (f"{kind}.csv", table)}
    preview = program.done(program.ask("POST", f"/imports/{kind}?dry_run=true", files=sent))
    if preview["details"]:
        raise AssertionError(f"{kind}: {preview['details']}")
    program.done(program.ask("POST", f"/imports/{kind}", files=sent))


def _import_log(program: Program, log: Path) -> None:
    program.ask("POST", "/sources", json={"name": "cad", "format": "csv", "time_zone": LOG_ZONE, "system": "cad"})
    sent = {"file": (log.name, log.read_bytes())}
    program.done(program.ask("POST", "/sources/cad/logs?dry_run=true", files=sent))
    program.done(program.ask("POST", "/sources/cad/logs", files=sent))


def _look_at(program: Program, key: str) -> None:
    """Look at a finding, and take it up."""
    seen = program.ask("GET", f"/findings/{key}")
    move = {"status": "under_review", "note": "Asked her supervisor"}
    program.ask("POST", f"/findings/{key}/moves", version=seen.headers["etag"], json=move)


def _report(program: Program, name: str) -> bytes:
    made = program.done(program.ask("POST", f"/reports/{name}", json={"options": {}}))
    return program.ask("GET", f"/reports/files/{made['number']}").content


if __name__ == "__main__":
    _, address, token = sys.argv
    with Client(base_url=address, timeout=None) as client:
        job = do_main_job(Program(client, token), FILES)
    sys.stdout.buffer.write(job.decisions)
    sys.stderr.write(f"{len(job.findings)} findings; {len(job.workbooks)} workbooks.\n")
