"""The cookies by which a browser shows its session, and who let it in."""

from fastapi import Request
from fastapi.responses import Response

from config.officials.sessions import LONGEST
from config.web.signed_in import SESSION_COOKIE

_LET_IN = "__Secure-let-in"
_LONGEST_SIGNED = 3_500  # characters, as browsers keep no longer cookie
_NOT_KEPT = "not-kept"


def keep_signed_in(answer: Response, token: str) -> Response:
    """Let a browser keep the token of its session."""
    seconds = int(LONGEST.total_seconds())
    answer.set_cookie(SESSION_COOKIE, token, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
    return answer


def keep_let_in(answer: Response, signed: str) -> Response:
    """Let a browser keep, for its sign-out alone, that the identity provider let it in, and what that signed."""
    kept = signed if len(signed) <= _LONGEST_SIGNED else _NOT_KEPT
    seconds = int(LONGEST.total_seconds())
    answer.set_cookie(_LET_IN, kept, seconds, path="/sign-out", secure=True, httponly=True, samesite="lax")
    return answer


def who_was_let_in(request: Request) -> str | None:
    """Give what the identity provider signed of whom it let in, empty where it was not kept; None where it did not."""
    kept = request.cookies.get(_LET_IN)
    return "" if kept == _NOT_KEPT else kept


def forget_let_in(answer: Response) -> Response:
    """Let a browser forget that the identity provider let it in."""
    answer.delete_cookie(_LET_IN, path="/sign-out", secure=True, httponly=True, samesite="lax")
    return answer
