"""The cookie by which a browser shows its session."""

from fastapi.responses import Response

from config.officials.sessions import LONGEST
from config.web.signed_in import SESSION_COOKIE


def keep_signed_in(answer: Response, token: str) -> Response:
    """Let a browser keep the token of its session."""
    seconds = int(LONGEST.total_seconds())
    answer.set_cookie(SESSION_COOKIE, token, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
    return answer
