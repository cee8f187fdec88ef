"""Whether the service lives and is ready, for whoever watches over it; no sign-in, no data."""

from fastapi import APIRouter

from config.web.signed_in import InstallationDep

router = APIRouter(tags=["health"])


@router.get("/health/live")
def live() -> dict[str, str]:
    """Say that the service answers."""
    return {"status": "live"}


@router.get("/health/ready")
def ready(installation: InstallationDep) -> dict[str, str]:
    """Say that the record can be read."""
    with installation.read():
        return {"status": "ready"}
