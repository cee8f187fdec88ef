"""What the service is asked: every page and every list operation, live decisions, and temporary duties."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

# who asks -> the paths of pages and operations that only read, with `{thing}` for one of the things in the city
_READING: Mapping[str, Sequence[str]] = {
    "official": (
        *("/", "/search?q=smith", "/findings", "/findings?status=open&sort=who", "/findings?who={person}"),
        *("/findings?month={month}&reason=no_work_assignment", "/findings/{finding}", "/people", "/people?search=jen"),
        *("/people/{person}", "/positions", "/positions/{position}", "/accounts", "/inventory", "/inventory/unread"),
        *("/inventory/{series}", "/inventory/{series}/edit", "/audits", "/audits/1", "/logs", "/logs/{source}"),
        *("/logs/new", "/logs/upload", "/imports", "/imports/new", "/reports", "/duties", "/duties/new"),
        "/duties/{duty}",
    ),
    "manager": ("/", "/my-people", "/people", "/people/{below}", "/duties", "/duties/new"),
    "hr": ("/", "/people", "/positions"),
    "auditor": ("/", "/findings"),
    "administrator": ("/", "/admin/officials", "/admin/jobs", "/admin/schedule"),
}
_OPERATIONS = (
    *("findings", "findings/{finding}", "temporary-duties", "temporary-duties/{duty}", "employees"),
    *("employees/{person}", "employees/{person}/access", "positions", "accounts", "assignments", "work-access"),
    *("series", "series/{series}", "series/{series}/holders", "audits", "audits/1", "imports", "sources"),
    *("sources/{source}", "jobs", "reports/files"),
)
PREVIEW = "official: what a duty would mean"
Requests = list[dict[str, Any]]


def reading_requests(callers: Mapping[str, Any]) -> Requests:
    """Give a request for each page and each list operation."""
    things, tokens = callers["things"], callers["tokens"]
    pages = [
        _request(f"{who}: {path}", "GET", path.format(**things), tokens[who])
        for who, paths in _READING.items()
        for path in paths
    ]
    lists = [
        _request(f"GET /api/v1/{path}", "GET", f"/api/v1/{path.format(**things)}", tokens["official"])
        for path in _OPERATIONS
    ]
    asked = {"employee_id": things["person"], "series": things["series"], "end": "+3d", "reason": "cover"}
    preview = _request(PREVIEW, "POST", "/api/v1/temporary-duties/preview", tokens["official"], asked)
    return [*pages, *lists, preview]


def decision_requests(callers: Mapping[str, Any]) -> Requests:
    """Give the questions of a system that asks before it shows records, each about somebody else."""
    return [
        _request("decision", "POST", "/access/v1/evaluation", callers["tokens"]["official"], _evaluation(*pair))
        for pair in callers["questions"]
    ]


def duty_requests(callers: Mapping[str, Any], count: int, name: str) -> Requests:
    """Give requests that each save a temporary duty."""
    asked = [
        {"employee_id": employee, "series": series, "end": "+3d", "reason": f"cover {name} {number}"}
        for number, (employee, series) in enumerate(callers["questions"][:count])
    ]
    token = callers["tokens"]["official"]
    return [_request("duty", "POST", "/api/v1/temporary-duties", token, body) for body in asked]


def _evaluation(employee: str, series: str) -> dict[str, Any]:
    return {
        "subject": {"type": "employee", "id": employee},
        "action": {"name": "view"},
        "resource": {"type": "series", "id": series},
    }


def _request(name: str, method: str, path: str, token: str, body: object = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    return {"name": name, "method": method, "path": path, "headers": headers, "body": body and json.dumps(body)}
