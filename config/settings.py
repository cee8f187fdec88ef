"""Each setting: its meaning, unit and default. Nothing else reads the environment."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL


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


class Settings(BaseSettings):
    """What an installation may set, by an environment variable `THIRTEEN_` + the name in capitals."""

    model_config = SettingsConfigDict(env_prefix="THIRTEEN_")

    data_dir: Path = Field(default=Path("thirteen-data"), description="Folder of the database and the event store.")
    database_url: str | None = Field(
        default=None, description="PostgreSQL as system of record, as postgresql://user@host/name; SQLite when unset."
    )
    grace_days_positions: int = Field(
        default=14, ge=0, description="Days after an access within which an assignment to a position is still timely."
    )
    grace_days_work_access: int = Field(default=14, ge=0, description="The same for work access.")
    grace_days_temporary_duties: int = Field(default=0, ge=0, description="The same for temporary duties.")
    grace_days_officer_duties: int = Field(default=0, ge=0, description="The same for officers' specified duties.")
    cross_examined: int = Field(
        default=200, ge=1, description="Decisions of each audit put to Casbin at random; as many nearest to an edge."
    )
    memory_limit_mb: int = Field(default=1200, ge=256, description="Mebibytes that bulk work may hold in memory.")
    lock_wait_seconds: float = Field(
        default=60, ge=0, description="Seconds to wait for another process that writes before giving up."
    )

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
