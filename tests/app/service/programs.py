"""How tests ask the service as programs do: with a token for each role, and by the examples of its description."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from config.officials.permissions import Role
from config.officials.tokens import make_token
from tests.app.service.serving import Service
from tests.app.service.working import work_off

_OFFICIAL = Role.COMPLIANCE_OFFICIAL.value


class Programs:
    """A program for each role, and one that shows no token."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._tokens = dict[str, str]()
        self._answered = dict[str, Any]()

    @cached_property
    def client(self) -> TestClient:
        """What all of them ask with."""
        return self._service.browser()

    def headers(self, login: str | None) -> dict[str, str]:
        """Give the headers of a program; None = it shows no token."""
        if login is None:
            return {}
        if login not in self._tokens:
            with self._service.installation.change() as work:
                until = work.now + timedelta(days=1_000)
                self._tokens[login] = make_token(
                    work.session, login, expires_at=until, acts=(), now=work.now, by=work.by
                )
        return {"Authorization": f"Bearer {self._tokens[login]}"}

    def execute(self, example: Mapping[str, Any], *, names_version: bool) -> Response:
        """Ask as an example says, and let the job be done that comes of it; what has to be there before is made first.

        Args:
            names_version: The operation takes the version of which it is made.
        """
        for before in example.get("before", ()):
            made = self.execute(before, names_version=False)
            assert made.is_success, made.text
        method, path = self._address(example)
        headers = self.headers(example.get("by", _OFFICIAL))
        if names_version:
            headers["If-Match"] = self._version(example.get("version_of") or _thing(method, path), headers)
        sent = {"json": example["body"]} if "body" in example else {}
        if "file" in example:
            sent = {"files": {"file": tuple(example["file"])}}
        answer = self.client.request(method, path, params=example.get("query", {}), headers=headers, **sent)
        if answer.status_code == 202 and not example.get("waits"):
            work_off(self._service)
        if "key" in example.get("answer", {}):
            self._answered = answer.json()
        return answer

    def _address(self, example: Mapping[str, Any]) -> tuple[str, str]:
        """Give the method and address; `*` in it is what an answer before said, as a key that nobody guesses."""
        method, _, path = example["operation"].partition(" ")
        said = example.get("path", {}).items()
        return method, path.format(**{name: self._answered[name] if told == "*" else told for name, told in said})

    def _version(self, path: str, headers: Mapping[str, str]) -> str:
        return str(self.client.get(path, headers=headers).headers["etag"])


def _thing(method: str, path: str) -> str:
    """Give the address of the thing that an operation changes: its own, or of what is done to a thing, the thing's."""
    return path if method == "PUT" else path.rpartition("/")[0]
