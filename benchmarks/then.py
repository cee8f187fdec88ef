"""The command line as of the turn of the year that the city's log is of: `python -m benchmarks.then ARGUMENTS`.

Some of what the service shows is about the last 90 days; so the clock stands just behind the last event when the run
begins (BENCHMARK_BEGAN, in seconds since 1970), and goes on from there as clocks do. With BENCHMARK_UNWATCHED nobody
writes down who looks at what: the peer of the service that does.
"""

import os
import time
from datetime import UTC, datetime, timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

import config.clock

_TURN = datetime(2026, 1, 1, 12, tzinfo=UTC)
_BEGAN = float(os.environ["BENCHMARK_BEGAN"])


def now_then() -> datetime:
    """Give the present instant by this clock, in UTC."""
    return _TURN + timedelta(seconds=time.time() - _BEGAN)


class _Unwatched:
    """Stands in the place of what writes looks down."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        await self._app(scope, receive, send)


def main() -> None:
    """Run the command line, from here on with this clock."""
    config.clock.now = now_then  # before anything else takes it from there
    if "BENCHMARK_UNWATCHED" in os.environ:
        import app.main  # noqa: PLC0415 - only now, as it takes the clock

        vars(app.main).update(WatchedAnswers=_Unwatched)
    from app.start import main as run  # noqa: PLC0415 - as above

    run()


if __name__ == "__main__":
    main()
