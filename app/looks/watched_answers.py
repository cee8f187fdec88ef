"""Has each look at what people did, or may do, written down before its answer goes out."""

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.looks.read_look import read_looks
from audit.looks.look_journal import LookJournal
from config.looks import looking

_REFUSED = 400
_PAGE = b"text/html"
# A page that refuses a form shows again what it is about.
_SHOWN_STILL = {409, 412, 422}


class WatchedAnswers:
    """Writes looks down; where that cannot be done, nothing is shown."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_refused = False
        with looking() as look:

            async def send_noted(message: Message) -> None:
                nonlocal is_refused
                if message["type"] == "http.response.start" and _shows(message):
                    state = scope["app"].state
                    journal: LookJournal = state.looks
                    try:
                        now: datetime = state.installation.clock()
                        # a line to the system's own memory: it takes no longer than it would to ask a thread for it
                        if noted := read_looks(look, scope["method"], scope["path"], _client(scope)):
                            journal.write([{**one, "time": _written(now)} for one in noted])
                    except OSError as error:
                        is_refused = True
                        await _refuse(error)(scope, receive, send)
                if not is_refused:
                    await send(message)

            await self._app(scope, receive, send_noted)


def _shows(message: Message) -> bool:
    status: int = message["status"]
    if status < _REFUSED:
        return True
    headers: Mapping[bytes, bytes] = dict(message.get("headers", ()))
    return status in _SHOWN_STILL and headers.get(b"content-type", b"").startswith(_PAGE)


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _written(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse(error: OSError) -> PlainTextResponse:
    said = (
        f"Who looks at what is written down here, and that cannot be done now ({error.strerror}); so nothing is shown. "
        "Whoever runs this service has to see to its data folder."
    )
    return PlainTextResponse(said, 503)
