"""What is kept for all requests of one service, as a route asks for it."""

from typing import Annotated

from fastapi import Depends, Request

from audit.kept import Kept
from audit.kept_unmapped import KeptUnmapped


async def kept_of(request: Request) -> Kept:
    """Give what the requests of a service share."""
    kept: Kept = request.app.state.kept
    return kept


async def unmapped_of(request: Request) -> KeptUnmapped:
    """Give what lists the names in logs that map to nothing, for all requests of a service."""
    unmapped: KeptUnmapped = request.app.state.unmapped
    return unmapped


KeptDep = Annotated[Kept, Depends(kept_of)]
KeptUnmappedDep = Annotated[KeptUnmapped, Depends(unmapped_of)]
