"""No body of a request is longer than the service takes, whoever sends it; what receives files counts for itself."""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 16 << 20
_COUNTS_ITSELF = "counts_itself"
_TOO_LARGE = 413


class BoundedBodies:
    """Refuses a body that is too long before it is held in memory or on disk: also of who is not signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        declared, received = _declared(scope), 0

        async def receive_some() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if max(declared, received) > MOST and not state.get(_COUNTS_ITSELF):
                raise HTTPException(_TOO_LARGE, f"At most {MOST >> 20} MiB are taken here at once; send less.")
            return message

        await self._app(scope, receive_some, send)


def count_itself(request: Request) -> None:
    """Let what reads the body of a request hold it to a limit of its own."""
    setattr(request.state, _COUNTS_ITSELF, True)


def _declared(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdecimal() else 0
