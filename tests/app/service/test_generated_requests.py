"""Requests that a machine makes up from the description of the API: none fails, and each answer is as described.

The same ones at every run, of each operation some that are as described and some that are not. As making them up takes
longest, each is put to the service on SQLite and on PostgreSQL, with a token that may everything, and without one.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlmodel import col, select

from config.database import connect
from config.jobs.cancel import cancel_job
from config.jobs.models import Job, JobState
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from tests.app.service.programs import Programs
from tests.app.service.serving import Service, serve
from tests.databases import KINDS
from tests.town_stages import NewFolder, Stage, TownStages

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_HOST = "https://localhost"
_EACH = 2


class _Asked(NamedTuple):
    """A service that is asked, and with which token."""

    service: Service
    headers: Mapping[str, str]


@pytest.fixture
def asked(town_stages: TownStages, new_folder: NewFolder, tmp_path: Path) -> Iterator[list[_Asked]]:
    """Give the service of the audited town on each kind of database, with a token; and on one without."""
    with ExitStack() as stack:
        found = []
        for kind in KINDS:
            settings = stack.enter_context(new_folder(kind, tmp_path / kind))
            town_stages.put(Stage.AUDITED, settings)
            engine = connect(settings.resolved_database_url(), wait_seconds=5)
            stack.callback(engine.dispose)
            service = serve(engine, settings)
            found.append(_Asked(service, Programs(service).headers(_all_roles(service))))
        yield [*found, _Asked(found[0].service, {})]


def _operations(service: Service) -> Iterator[APIOperation]:  # type: ignore[type-arg]  # of whatever parameters
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", service.app, headers={"Host": "localhost"})
    for found in described.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def _all_roles(service: Service) -> str:
    """Add an official who is everything at once."""
    with service.installation.change() as work:
        request = OfficialRequest("everything", "Pat Everything", list(Role))
        return add_official(work.session, request, now=work.now, by=work.by).login


def _cancel_jobs(service: Service) -> None:
    """Cancel what was asked for: nobody does it here, and who follows a job would wait for it."""
    with service.installation.aside() as work:
        waiting = select(Job.number).where(col(Job.state) == JobState.QUEUED)
        for number in work.session.exec(waiting).all():
            cancel_job(work.session, number, now=work.clock, by="test")


def _faults(
    asked: Sequence[_Asked],
    operation: APIOperation,  # type: ignore[type-arg]  # of whatever parameters
    mode: GenerationMode,
) -> Iterator[str]:
    @settings(
        max_examples=_EACH,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:  # type: ignore[type-arg]  # of whatever parameters
        for service, headers in asked:
            answer = case.call(base_url=_HOST, headers=dict(headers), app=service.app)
            if headers and case.method != "GET":
                _cancel_jobs(service)
            case.validate_response(answer, checks=_CHECKS)

    try:
        ask()
    except Unsatisfiable:
        return  # of an operation that takes nothing, nothing can be wrong
    except (Exception, FailureGroup) as fault:  # noqa: BLE001 - all of them are listed together
        yield f"{operation.label} ({mode.value}): {fault}"


def test_made_up_requests_are_answered_as_described(asked: Sequence[_Asked]) -> None:
    faults = [
        fault
        for operation in _operations(asked[0].service)
        for mode in GenerationMode
        for fault in _faults(asked, operation, mode)
    ]

    assert not faults, "\n\n".join(faults)
