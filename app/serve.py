"""The command that runs the service."""

from typing import Annotated

import typer
import uvicorn

from app.main import create_app
from config.terminal import say
from config.work import Installation


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="The address at which it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="The port at which it listens.")] = 8013,
) -> None:
    """Run the service: pages for officials, until Ctrl-C."""
    installation: Installation = context.obj()
    app = create_app(installation, hosts=("127.0.0.1", "localhost", host))
    say(f"Thirteen listens at http://localhost:{port} (Ctrl-C ends it).")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
