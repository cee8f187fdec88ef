"""Officials, and what proves that a request comes from one of them: sessions, tokens, attempts to sign in."""

from datetime import datetime

from sqlalchemy import false, text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded

_EMPTY = {"server_default": text("''")}


class Official(Recorded, table=True):
    """A person who uses this service; every change of roles, password or state is a row of its own.

    An official may be an employee too, and then decides nothing about themselves. `roles` are words of the policy
    file, joined with `;`. `password` is the hash by which a password is recognised; empty where there is none.
    `subject` is who they are to the city's identity provider, with its address; empty where they do not come from it.
    """

    __tablename__ = "officials"

    id: int = Field(default=None, primary_key=True)
    login: str = Field(index=True, description="in compare form, as it is typed in every case")
    name: str
    roles: str
    employee_id: str = ""
    password: str = ""
    disabled: bool = False
    months: str = Field(default="", sa_column_kwargs=_EMPTY)
    sources: str = Field(default="", sa_column_kwargs=_EMPTY)
    email: str = Field(default="", sa_column_kwargs=_EMPTY, description="where notices are sent; empty = nowhere")
    subject: str = Field(default="", sa_column_kwargs=_EMPTY)


class OfficialSession(SQLModel, table=True):
    """One sign-in, until it ends; of the token that the browser keeps only the SHA-256 is known here.

    `address` is where it was begun from; None of one that was begun before that was kept. While `needs_factor`, it
    serves to set up a second factor and for nothing else.
    """

    __tablename__ = "official_sessions"

    token_sha256: str = Field(primary_key=True)
    login: str = Field(index=True)
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    address: str | None = None
    needs_factor: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """What another system shows instead of signing in, shown once; `acts` are joined with `;`, `*` for all."""

    __tablename__ = "api_tokens"

    token_sha256: str = Field(primary_key=True)
    login: str = Field(index=True)
    acts: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class KeptToken(Recorded, table=True):
    """That a token serves: from when it was made until somebody ended it, for the list of changes."""

    __tablename__ = "kept_tokens"

    id: int = Field(default=None, primary_key=True)
    token_sha256: str = Field(index=True)
    login: str
    acts: str
    expires_at: datetime = Field(sa_type=UtcDateTime)


class SignInAttempt(SQLModel, table=True):
    """An attempt to sign in, by the login that was typed and the address it came from.

    `way` is `password` or `oidc`: an answer of the identity provider's names nobody before it is believed, so its
    login is empty. `fault` is a word for why an answer was refused.
    """

    __tablename__ = "sign_in_attempts"

    id: int = Field(default=None, primary_key=True)
    login: str = Field(index=True)
    address: str = Field(index=True)
    tried_at: datetime = Field(sa_type=UtcDateTime)
    succeeded: bool
    way: str = Field(default="password", sa_column_kwargs={"server_default": text("'password'")})
    fault: str = Field(default="", sa_column_kwargs=_EMPTY)


class TakenAnswer(SQLModel, table=True):
    """An answer of the identity provider's that signed somebody in, by its nonce's SHA-256; it serves this once."""

    __tablename__ = "taken_answers"

    nonce_sha256: str = Field(primary_key=True)
    taken_at: datetime = Field(sa_type=UtcDateTime, index=True)
