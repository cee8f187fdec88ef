"""What is sent twice is done once: a request that makes something bears a key, and its answer is kept under it."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel
from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel

from config.database import UtcDateTime
from config.errors import Conflict
from config.web.signed_in import SignedIn
from config.work import Installation, Work

IdempotencyKey = Annotated[
    str, Header(alias="Idempotency-Key", description="Made by the caller, new for each thing.", max_length=200)
]


class KeyUsed(Conflict):
    """A key was used for something else."""


class AnsweredRequest(SQLModel, table=True):
    """The answer to a request that made something; the same request gets it again."""

    __tablename__ = "answered_requests"

    login: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    asked_sha256: str
    answer: str = Field(sa_type=Text)
    answered_at: datetime = Field(sa_type=UtcDateTime)


def once(
    installation: Installation,
    official: SignedIn,
    key: str,
    asked: BaseModel,
    make: Callable[[Work], BaseModel],
) -> dict[str, object]:
    """Make something in one change, or give the answer of the time when it was made.

    Args:
        key: The request's; empty = it cannot be told from another one.
        asked: What is asked for: the same key with something else is refused.

    Raises:
        KeyUsed: The key was used for something else.
    """
    with installation.change() as work:
        digest = hashlib.sha256(asked.model_dump_json().encode()).hexdigest()
        known = work.session.get(AnsweredRequest, (official.login, key)) if key else None
        if known is not None:
            if known.asked_sha256 != digest:
                raise KeyUsed("This Idempotency-Key was used for something else; make a new one for each thing.")
            return dict(json.loads(known.answer))
        answer = make(work).model_dump_json()
        if key:
            work.session.add(
                AnsweredRequest(login=official.login, key=key, asked_sha256=digest, answer=answer, answered_at=work.now)
            )
        return dict(json.loads(answer))


def answer_of(session: Session, official: SignedIn, key: str) -> dict[str, object]:
    """Give what was answered to an official's request under a key; nothing where there was none."""
    known = session.get(AnsweredRequest, (official.login, key)) if key else None
    return dict(json.loads(known.answer)) if known else {}
