"""Notices, what each official wants told how, and the outbox of mails."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class Choice(StrEnum):
    """How an official wants to be told of a kind of thing; in the service too where it is told by e-mail."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    SERVICE = "service"
    NONE = "none"


MAILED = frozenset({Choice.AT_ONCE, Choice.DIGEST})


class MailState(StrEnum):
    """How a mail stands; of all but the first it is not tried any more."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"


class Notice(SQLModel, table=True):
    """Something that one official is told of; gathered again it is the same row, by its four names.

    `mail` says with which mails it is to go, empty = with none. What lasts (`Kind.lasts`) is over once it is no longer
    so: nobody is then told of it who was not told before.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("kind", "thing", "recipient", "occasion"),)

    id: int = Field(default=None, primary_key=True)
    kind: str
    thing: str = Field(description="what it is about, of its kind")
    recipient: str = Field(index=True, description="an official's login")
    occasion: str = Field(description="tells it from another one about the same thing")
    text: str = Field(sa_type=Text)
    path: str = Field(description="where it is dealt with")
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mail: str = Field(default="", description="at_once, digest or nothing")
    mail_id: int | None = Field(default=None, foreign_key="mails.id", index=True, description="with which it went")


class Mail(SQLModel, table=True):
    """A mail of the outbox: what is in it is fixed when it is put there, whose address it goes to when it is sent.

    It names nobody and nothing: kinds of notices in words, how many, and one link. `message_id` is the same however
    often it is sent, so that a mail server or a reader recognises a repeat.
    """

    __tablename__ = "mails"

    id: int = Field(default=None, primary_key=True)
    recipient: str = Field(index=True, description="an official's login")
    subject: str
    body: str = Field(sa_type=Text)
    message_id: str
    state: str = Field(index=True)
    tries: int = 0
    address: str = Field(default="", description="to which it was tried last")
    last_error: str = Field(default="", sa_type=Text)
    made_at: datetime = Field(sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_try_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeChoice(SQLModel, table=True):
    """How an official wants to be told of a kind, where that is not the usual way."""

    __tablename__ = "notice_choices"

    login: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    choice: str
