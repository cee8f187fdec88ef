"""Each setting: its meaning, unit and default. Nothing else reads the environment."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum, auto
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from sqlalchemy import URL

from config.mail_settings import MailSettings

_PREFIX = "thirteen_"
_MOST_GRACE_DAYS = 3_650
_DAY_OF_SECONDS = 86_400
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class LogLevel(StrEnum):
    """From where on something is logged."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class DecidingEngine(StrEnum):
    """What decides all accesses: DuckDB within this program, or Apache Spark."""

    DUCKDB = auto()
    SPARK = auto()


@dataclass(frozen=True)
class Graces:
    """How long after an access a grant may be recorded and still count as timely, for each kind of grant."""

    position: timedelta
    work_access: timedelta
    temporary_duty: timedelta
    officer_duty: timedelta


def spill_folder(data_dir: Path) -> Path:
    """Give the folder for what does not fit in memory; it holds nothing that lasts."""
    return data_dir / "spill"


class Settings(MailSettings):
    """What an installation may set, by an environment variable `THIRTEEN_` + the name in capitals.

    A variable of that prefix that is no setting is refused: a misspelt grace or database would else do nothing, and
    nobody would know that the audit went by another.
    """

    model_config = ConfigDict(extra="forbid")

    data_dir: Path = Field(default=Path("thirteen-data"), description="Folder of the database and the event store.")
    database_url: str | None = Field(
        default=None, description="PostgreSQL as system of record, as postgresql://user@host/name; SQLite when unset."
    )
    grace_days_positions: int = Field(
        default=14,
        ge=0,
        le=_MOST_GRACE_DAYS,
        description="Days after an access within which an assignment to a position is still timely.",
    )
    grace_days_work_access: int = Field(default=14, ge=0, le=_MOST_GRACE_DAYS, description="The same for work access.")
    grace_days_temporary_duties: int = Field(
        default=0, ge=0, le=_MOST_GRACE_DAYS, description="The same for temporary duties."
    )
    grace_days_officer_duties: int = Field(
        default=0, ge=0, le=_MOST_GRACE_DAYS, description="The same for officers' specified duties."
    )
    longest_duty_days: int = Field(
        default=90, ge=1, le=_MOST_GRACE_DAYS, description="Days from the first to the last day of a temporary duty."
    )
    cross_examined: int = Field(
        default=200,
        ge=1,
        le=100_000,
        description="Decisions of each audit put to Casbin at random; as many nearest to an edge.",
    )
    memory_limit_mb: int = Field(
        default=1200, ge=256, le=16_777_216, description="Mebibytes that bulk work may hold in memory."
    )
    upload_limit_mb: int = Field(
        default=4096, ge=1, le=16_777_216, description="Mebibytes that may be sent to the service at once."
    )
    replaced_files_days: int = Field(
        default=7,
        ge=0,
        le=_MOST_GRACE_DAYS,
        description="Days for which files of logs stay that were put together, for work under way and older backups.",
    )
    watched_dir: Path | None = Field(
        default=None, description="Folder with a folder for each source, by its name; the files there are imported."
    )
    log_level: LogLevel = Field(
        default=LogLevel.WARNING,
        description="From which level on serve and work write JSON lines to standard error; info has each request.",
    )
    backup_dir: Path | None = Field(
        default=None, description="Folder into which the schedule writes backups, best on another disk."
    )
    backups_kept: int = Field(
        default=14, ge=1, le=10_000, description="How many backups stay in that folder; older ones are removed."
    )
    deciding_engine: DecidingEngine = Field(
        default=DecidingEngine.DUCKDB, description="What decides all accesses: duckdb, within this program, or spark."
    )
    spark_master: str = Field(default="local[*]", description="Where Apache Spark runs, as it names a cluster itself.")
    spark_config: Path | None = Field(
        default=None, description="File of Spark's own settings, as its spark-defaults.conf has them."
    )
    proxies: frozenset[str] = Field(
        default=frozenset({"127.0.0.1"}),
        description="Addresses or networks, joined by ;, of the proxies that are believed from where somebody asks.",
    )
    second_factor_roles: frozenset[str] = Field(
        default=frozenset(), description="Roles, joined by ;, that need a second factor beside a password; or all."
    )
    oidc_issuer: str | None = Field(
        default=None, description="Address of the identity provider through which officials sign in, as it says itself."
    )
    oidc_client_id: str = Field(default="", description="What the identity provider calls this service.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="What this service shows it; or:")
    oidc_client_secret_file: Path | None = Field(default=None, description="File that holds nothing but that secret.")
    oidc_mapping: Path | None = Field(default=None, description="TOML file that says who gets in so, and as what.")
    oidc_scopes: str = Field(default="openid profile email", description="What is asked for of the identity provider.")
    oidc_name: str = Field(default="the city's account", description="What the sign-in page calls that way in.")
    spark_events: str = Field(
        default="", description="Folder or address where Spark finds the event files, if not in the data folder."
    )
    lock_wait_seconds: float = Field(
        default=60,
        ge=0,
        le=_DAY_OF_SECONDS,
        allow_inf_nan=False,
        description="Seconds to wait for another process that writes before giving up.",
    )

    @field_validator("proxies", mode="before")
    @classmethod
    def _read_proxies(cls, given: object) -> object:
        """Read addresses as the environment names them."""
        if not isinstance(given, str):
            return given
        named = frozenset(filter(None, (address.strip() for address in given.split(";"))))
        for address in sorted(named):
            try:
                ip_network(address)
            except ValueError as error:
                said = {"address": address}
                raise PydanticCustomError("no_network", "{address} is no IP address or network", said) from error
        return named

    @field_validator("second_factor_roles", mode="before")
    @classmethod
    def _read_roles(cls, given: object) -> object:
        """Read roles as the environment names them."""
        if not isinstance(given, str):
            return given
        from config.officials.permissions import Role  # noqa: PLC0415 - needed where there are any, which is seldom

        named = frozenset(filter(None, (role.strip().casefold() for role in given.split(";"))))
        known = {"all", *Role}
        if unknown := sorted(named - known):
            said = {"unknown": unknown[0], "known": ", ".join(["all", *Role])}
            raise PydanticCustomError("no_role", "{unknown} is no role; name some of: {known}", said)
        return named

    @field_validator("oidc_issuer")
    @classmethod
    def _refuse_plain_issuer(cls, given: str | None) -> str | None:
        """Refuse a provider that others could stand in for."""
        parts = urlsplit(given or "https://none")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
            raise PydanticCustomError("plain_issuer", "an identity provider's address begins with https://")
        return given

    @model_validator(mode="before")
    @classmethod
    def _read_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Add to what is given what the environment says."""
        variables = {name: variable for variable in sorted(os.environ) if (name := _name_in(variable))}
        unknown = [name for name in variables if name not in cls.model_fields]
        if unknown:
            faults = [_no_setting(name, variables[name], cls.model_fields) for name in unknown]
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return {name: os.environ[variable] for name, variable in variables.items()} | given

    def graces(self) -> Graces:
        """Give the grace of each kind of grant (DOMAIN's "timely")."""
        return Graces(
            position=timedelta(days=self.grace_days_positions),
            work_access=timedelta(days=self.grace_days_work_access),
            temporary_duty=timedelta(days=self.grace_days_temporary_duties),
            officer_duty=timedelta(days=self.grace_days_officer_duties),
        )

    def resolved_database_url(self) -> str:
        """Give the URL of the system of record as SQLAlchemy wants it."""
        if self.database_url is None:
            path = (self.data_dir / "thirteen.sqlite").absolute()
            return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)
        scheme, _, rest = self.database_url.partition("://")
        return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else self.database_url


def _name_in(variable: str) -> str:
    """Give the name of the setting that a variable of the environment looks like; empty where it looks like none."""
    name = variable.lower()
    return name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else ""


def _no_setting(name: str, variable: str, settings: Iterable[str]) -> InitErrorDetails:
    near = get_close_matches(name, settings, n=1)
    meant = f"; perhaps {_PREFIX.upper()}{near[0].upper()} is meant" if near else ""
    fault = PydanticCustomError("no_setting", "there is no such setting{meant}", {"meant": meant})
    return InitErrorDetails(type=fault, loc=(name,), input=os.environ[variable])
