"""A refusal becomes an answer: problem details (RFC 9457) for programs, a page for people, a way to the sign-in."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kept_form_pages import send_to_sign_in
from config.errors import Conflict, Invalid, InvalidFields, NotFound, NotPermitted, Refusal
from config.remedies import Remedy
from config.web.receive_upload import TooLarge
from config.web.rendering import render
from config.web.signed_in import NotSignedIn, SecondFactorMissing, find_signed_in
from config.web.versions import VersionMissing, VersionStale

_STATUS = {
    VersionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    VersionStale: HTTPStatus.PRECONDITION_FAILED,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotPermitted: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}
_HTTP_DETAILS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.BAD_REQUEST: "The body of the request cannot be read; send JSON in UTF-8.",
}
_AUTHZEN = "/access/v1/"
_FOR_PROGRAMS = ("/api/", _AUTHZEN, "/health/", "/.well-known/")


def answer_refusals(app: FastAPI) -> None:
    """Let an application answer refusals, unknown paths and requests that are not well formed."""
    app.add_exception_handler(Refusal, _answer_refusal)
    app.add_exception_handler(NotSignedIn, _answer_signed_out)
    app.add_exception_handler(SecondFactorMissing, _answer_without_factor)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_malformed)


class FaultsAnswered:
    """Answers a fault of the program with a sentence; the fault goes on its way, to be logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, also where the program has a fault."""
        has_begun = False

        async def send_noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except Exception:
            if scope["type"] == "http" and not has_begun:
                request = Request(scope)
                answer = await run_in_threadpool(_answer_fault, request)
                await answer(scope, receive, send)
            raise


def _answer_fault(request: Request) -> Response:
    number = request.scope.get("state", {}).get("request_id", "")
    detail = (
        "This is a fault of the program; nothing of what you sent was half-applied. It is noted in the service's log "
        f"under {number}: tell whoever runs it this number."
    )
    return _problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail, [])


def _answer_refusal(request: Request, refusal: Exception) -> Response:
    status = next(status for kind, status in _STATUS.items() if isinstance(refusal, kind))
    if status is HTTPStatus.UNPROCESSABLE_ENTITY:
        status = _unusable(request)
    return _problem(request, status, str(refusal), _errors(refusal), getattr(refusal, "remedy", None))


async def _answer_signed_out(request: Request, refusal: Exception) -> Response:
    if _is_for_programs(request):
        return await run_in_threadpool(_answer_refusal, request, refusal)
    return await send_to_sign_in(request)


def _answer_without_factor(request: Request, refusal: Exception) -> Response:
    if _is_for_programs(request):
        return _answer_refusal(request, refusal)
    return RedirectResponse("/me/second-factor", HTTPStatus.SEE_OTHER)


def _errors(refusal: Exception) -> list[dict[str, str]]:
    if isinstance(refusal, InvalidFields):
        return [{"pointer": f"/{field}", "detail": detail} for field, detail in refusal.faults.items()]
    return [{"pointer": "", "detail": detail} for detail in getattr(refusal, "details", ())]


def _answer_http(request: Request, error: Exception) -> Response:
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    detail = _HTTP_DETAILS.get(status) or _said_of(error) or status.description
    return _problem(request, status, detail or status.phrase, [])


def _said_of(error: Exception) -> str:
    """Give what one of our own routes says; what the framework says is only a status in other words."""
    said = str(getattr(error, "detail", ""))
    return said if said not in {status.phrase for status in HTTPStatus} else ""


def _answer_malformed(request: Request, error: Exception) -> Response:
    # what was sent is left out: it may hold what is nobody else's business
    found = error.errors() if isinstance(error, RequestValidationError) else []
    errors = [{"pointer": "/" + "/".join(map(str, one["loc"][1:])), "detail": str(one["msg"])} for one in found]
    return _problem(request, _unusable(request), "The request is not well formed.", errors)


def _unusable(request: Request) -> HTTPStatus:
    """Say by which status a request is refused that cannot be used: AuthZEN has one of its own for that."""
    is_authzen = request.url.path.startswith(_AUTHZEN)
    return HTTPStatus.BAD_REQUEST if is_authzen else HTTPStatus.UNPROCESSABLE_ENTITY


def _problem(
    request: Request,
    status: HTTPStatus,
    detail: str,
    errors: list[dict[str, str]],
    remedy: Remedy | None = None,
) -> Response:
    if _is_for_programs(request):
        body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
        return JSONResponse(
            {**body, "errors": errors} if errors else body, status, media_type="application/problem+json"
        )
    page = {"status": status, "detail": detail, "errors": errors, "remedy": remedy}
    return render(
        request, "app/problem.html", page, title=status.phrase, official=find_signed_in(request), status=status
    )


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith(_FOR_PROGRAMS)
