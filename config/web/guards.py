"""What guards every answer: headers that forbid a browser the rest, and no change asked for from another site."""

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.request_at_hand import answering

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_GUARDING = tuple((name.lower().encode(), text.encode()) for name, text in _HEADERS.items())
_CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS"}
_LASTING, _REFUSED = "/static/", 400
_REQUEST_ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)


class GuardedAnswers:
    """Puts the guarding headers and the request's id on every answer; what is no static file is not to be stored."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = request_id = _request_id(scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                guarding = [*_GUARDING, (b"x-request-id", request_id.encode())]
                # the page that says that a file is not there names who asks, as every page does
                if message["status"] >= _REFUSED or not scope["path"].startswith(_LASTING):
                    guarding.append((b"cache-control", b"no-store"))
                names = {name for name, _ in guarding}
                given = [one for one in message.get("headers", ()) if one[0] not in names]
                message["headers"] = [*given, *guarding]
            await send(message)

        with answering(request_id):
            await self._app(scope, receive, send_guarded)


def _request_id(scope: Scope) -> str:
    """Give the id by which a program told its request apart (AuthZEN sends it back), or a new one."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


class NothingFromOtherSites:
    """Refuses a change that a page of another site makes the browser ask for.

    Browsers say where a request comes from (`Sec-Fetch-Site`); those that do not, or leave it out on a plain
    connection, name the `Origin`, which must be this host. A program that sends neither brings a token of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "http" and scope["method"] not in _CHANGES_NOTHING and _is_from_elsewhere(scope):
            answer = PlainTextResponse("This was asked from another site; open the page here and try again.", 403)
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_from_elsewhere(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
