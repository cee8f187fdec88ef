"""Answers of the identity provider's that were used: each serves once, whatever the provider lets pass."""

import hashlib
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete

from config.officials.models import TakenAnswer
from config.officials.oidc.faults import Fault, RefusedAnswer
from config.work import Installation

_KEPT = timedelta(days=1)  # longer than a sign-in may take that an answer belongs to


def take_answer(installation: Installation, nonce: str) -> None:
    """Let the answer to a sign-in serve this once.

    Raises:
        RefusedAnswer: It was used already.
    """
    digest = hashlib.sha256(nonce.encode()).hexdigest()
    try:
        with installation.aside() as work:
            work.session.execute(delete(TakenAnswer).where(col(TakenAnswer.taken_at) < work.clock - _KEPT))
            work.session.add(TakenAnswer(nonce_sha256=digest, taken_at=work.clock))
            work.session.flush()
    except IntegrityError as error:
        raise RefusedAnswer(Fault.REPLAYED) from error
