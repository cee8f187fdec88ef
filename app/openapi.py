"""What the service says of its API: the operations with their examples, and the problems that each answers."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_PROGRAMS = ("/api/v1/", "/access/v1/", "/.well-known/", "/health/")
_OPEN = ("/.well-known/", "/health/")
_AUTHZEN = "/access/v1/"
_PROBLEM = "application/problem+json"
_DESCRIPTION = (
    "Did this person have a work assignment for this data, then, and why? Everything that the command line does, over "
    "JSON. Times are ISO 8601 in UTC; where a day is taken, it is one of the entity's time zone. A change names the "
    "version it is made of (`ETag`, `If-Match`); what is sent twice with one `Idempotency-Key` is done once; long work "
    "is a job."
)
_SCHEMAS: Mapping[str, Any] = {
    "Problem": {
        "title": "Problem",
        "description": "Why something was not done (RFC 9457).",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        },
    },
    "Fault": {
        "title": "Fault",
        "description": "What is wrong in one place; `pointer` names the field, and is empty where none is at fault.",
        "type": "object",
        "required": ["pointer", "detail"],
        "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
    },
}
_SECURITY: Mapping[str, Any] = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token of an official's."},
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-session", "description": "That of a sign-in."},
}


def describe_api(app: FastAPI) -> None:
    """Let an application describe its API, without its pages."""

    @cache
    def described() -> dict[str, Any]:
        return _described(app)

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI has it extended


def examples() -> list[dict[str, Any]]:
    """Give an example of each operation, in an order in which they can be executed one after the other."""
    told: list[dict[str, Any]] = json.loads(files("app").joinpath("openapi_examples.json").read_text("utf-8"))
    return told


def _described(app: FastAPI) -> dict[str, Any]:
    whole = get_openapi(title="Thirteen", version="1", description=_DESCRIPTION, routes=app.routes)
    whole["paths"] = {path: told for path, told in whole["paths"].items() if path.startswith(_PROGRAMS)}
    schemas = whole.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(_SCHEMAS)
    whole["components"]["securitySchemes"] = dict(_SECURITY)
    by_operation = {one["operation"]: one for one in examples()}
    for method, path, operation in _operations(whole):
        operation["summary"] = operation["description"].partition("\n")[0].rstrip(".")
        if not path.startswith(_OPEN):
            operation["security"] = [{name: []} for name in _SECURITY]
        operation["responses"] |= {str(status.value): _problem(status) for status in _problems(path, operation)}
        if path.startswith(_AUTHZEN):
            operation["responses"].pop("422", None)
        if example := by_operation.get(f"{method} {path}"):
            _exemplify(operation, example)
    return whole


def _operations(whole: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, told in whole["paths"].items():
        for method, operation in told.items():
            yield method.upper(), path, operation


def _problem(status: HTTPStatus) -> dict[str, Any]:
    return {
        "description": status.phrase,
        "content": {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _problems(path: str, operation: dict[str, Any]) -> Iterator[HTTPStatus]:
    """Give the statuses of the problems that an operation answers."""
    if path.startswith(_OPEN):
        if path.endswith("/ready"):
            yield HTTPStatus.CONFLICT
        return
    yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
    if not path.startswith(_AUTHZEN):
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if "requestBody" in operation:
        yield HTTPStatus.BAD_REQUEST
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "If-Match":
            parameter["required"] = True
            yield from (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
    if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
        yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if "406" in operation["responses"]:
        yield HTTPStatus.NOT_ACCEPTABLE


def _exemplify(operation: dict[str, Any], example: Mapping[str, Any]) -> None:
    """Put the parts of an example where the description of an operation has them."""
    given = {**example.get("path", {}), **example.get("query", {})}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    content = operation.get("requestBody", {}).get("content", {})
    if "body" in example:
        content["application/json"]["example"] = example["body"]
    if "answer" in example:
        answered = operation["responses"][str(example["status"])].setdefault("content", {})
        answered.setdefault("application/json", {})["example"] = example["answer"]
