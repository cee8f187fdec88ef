"""The description of the API: every operation is told with an example, and each example does what it says."""

from collections.abc import Iterator
from typing import Any

from access.models import Training
from app.openapi import examples
from tests.app.service.programs import Programs
from tests.app.service.serving import Service
from tests.builders import LONG_AGO, a_row


def _described(service: Service) -> dict[str, dict[str, Any]]:
    paths = service.app.openapi()["paths"]
    return {f"{method.upper()} {path}": told for path, methods in paths.items() for method, told in methods.items()}


def _names_version(told: dict[str, Any]) -> bool:
    return any(parameter["name"] == "If-Match" for parameter in told.get("parameters", ()))


def _keys(told: object, at: str = "") -> Iterator[str]:
    """Give every key of an answer with where it stands; of a list, those of its first thing."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield f"{at}/{key}"
            yield from _keys(value, f"{at}/{key}")
    elif isinstance(told, list) and told:
        yield from _keys(told[0], f"{at}/*")


def test_every_operation_has_one_example(service: Service) -> None:
    told = _described(service)

    assert sorted(one["operation"] for one in examples()) == sorted(told)
    for operation, described in told.items():
        assert described["summary"], operation
        assert described["description"], operation


def test_every_example_does_what_it_says(town_service: Service) -> None:
    with town_service.installation.change() as work:
        work.session.add(a_row(Training, end=LONG_AGO))
    told, programs = _described(town_service), Programs(town_service)
    for example in examples():
        operation = example["operation"]
        answer = programs.execute(example, names_version=_names_version(told[operation]))
        assert answer.status_code == example["status"], f"{operation}: {answer.text}"
        assert str(answer.status_code) in told[operation]["responses"], operation
        if "answer" in example:
            assert set(_keys(answer.json())) == set(_keys(example["answer"])), operation
