"""What is kept for all requests of one service, as a route asks for it."""

from typing import Annotated

from fastapi import Depends, Request

from audit.kept import Kept


async def kept_of(request: Request) -> Kept:
    """Give what the requests of a service share."""
    kept: Kept = request.app.state.kept
    return kept


KeptDep = Annotated[Kept, Depends(kept_of)]
