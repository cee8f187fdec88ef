"""Whether the service lives and is ready, for whoever watches over it; no sign-in, no data."""

import logging

from fastapi import APIRouter, Response
from sqlalchemy.exc import DatabaseError

from config.errors import Conflict
from config.service_log import log_event
from config.web.signed_in import InstallationDep

router = APIRouter(tags=["health"])
_UNAVAILABLE = 503


@router.get("/health/live")
def live() -> dict[str, str]:
    """Say that the service answers."""
    return {"status": "live"}


@router.get("/health/ready", responses={_UNAVAILABLE: {"description": "The record cannot be read."}})
def ready(installation: InstallationDep, response: Response) -> dict[str, str]:
    """Say whether the record can be read; why it cannot is in the log of the service, and for nobody else."""
    try:
        with installation.read():
            return {"status": "ready"}
    except (Conflict, DatabaseError) as fault:
        log_event("the record cannot be read", level=logging.WARNING, fault=fault)
        response.status_code = _UNAVAILABLE
        return {"status": "not ready"}
