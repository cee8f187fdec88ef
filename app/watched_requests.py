"""Logs and counts each request by its route; never by its address, as that names persons and findings."""

import logging
import time
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.service_log import log_event

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class RequestFigures:
    """How many requests there were of each route and how long they took, since the process began."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count = Counter(
            "thirteen_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "thirteen_request_seconds", "Seconds until an answer.", registry=self.registry, buckets=_SECONDS
        )

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._count.labels(method, route, str(status)).inc()
        self._seconds.observe(seconds)


class WatchedRequests:
    """Notes each request when it has been answered."""

    def __init__(self, app: ASGIApp, figures: RequestFigures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["figures"] = self._figures
        status, started = HTTPStatus.INTERNAL_SERVER_ERROR.value, time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], _route_of(scope)
        self._figures.note(method, route, status, seconds)
        log_event(
            "request",
            level=logging.ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO,
            request_id=scope.get("state", {}).get("request_id", ""),
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1_000, 1),
        )


def _route_of(scope: Scope) -> str:
    """Give the route as the program has it, with names in place of what is asked for; what is none has one name."""
    route = scope.get("route")
    path = getattr(route, "path", None)
    return str(path) if path else "none"
