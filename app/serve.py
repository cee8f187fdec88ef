"""The command that runs the service: its pages and API, the workers that do its jobs, and its schedule."""

import signal
import sys
from contextlib import ExitStack, suppress
from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvicorn
from fastapi import FastAPI

from app.jobs.workers import workers
from app.looks.keep_taking import looks_taken
from app.main import create_app
from app.schedule.keep_schedule import schedule_kept
from app.warm import kept_warm
from config.locks import in_use
from config.officials.oidc.settings import oidc_of
from config.service_log import start_log
from config.settings import Settings
from config.terminal import say
from config.work import Installation

_MOST_WORKERS = 64
_SECONDS_TO_END = 5  # for what is being sent; a change of the record is ended first, however long that takes


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="The address at which it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="The port at which it listens.")] = 8013,
    count: Annotated[
        int, typer.Option("--workers", min=1, max=_MOST_WORKERS, help="Processes that do jobs beside it.")
    ] = 1,
    no_jobs: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--no-jobs", help="Do no jobs; they wait for thirteen work.")
    ] = False,
    no_schedule: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--no-schedule", help="Do nothing by itself, such as the nightly audit.")
    ] = False,
) -> None:
    """Run the service: pages for officials, jobs and schedule, until Ctrl-C."""
    installation: Installation = context.obj()
    oidc_of(installation.settings)  # refused now rather than when somebody wants to sign in
    start_log(installation.settings.log_level)
    app = create_app(installation, hosts=names_of(installation.settings, host))
    # uvicorn sends itself again the signal that ended it, and workers and schedule have to be ended then
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with ExitStack() as beside:
        beside.enter_context(in_use(installation.settings))
        if not no_jobs:
            beside.enter_context(workers(count, installation.settings.data_dir))
        if not no_schedule:
            beside.enter_context(schedule_kept(installation))
        beside.enter_context(kept_warm(app, installation))
        beside.enter_context(looks_taken(app, installation))
        say(f"Thirteen listens at http://localhost:{port} (Ctrl-C ends it).")
        _answer(app, host, port, installation.settings)


def _answer(app: FastAPI, host: str, port: int, settings: Settings) -> None:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=sorted(settings.proxies),
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    server = uvicorn.Server(config)
    app.state.is_ending = lambda: server.should_exit
    with suppress(KeyboardInterrupt):  # uvicorn sends itself again the signal that ended it
        server.run()


def names_of(settings: Settings, host: str) -> tuple[str, ...]:
    """Give the names under which the service may be asked: this machine's, and the one by which people reach it."""
    public = urlsplit(settings.base_url).hostname
    return ("127.0.0.1", "localhost", host, *([public] if public else ()))
