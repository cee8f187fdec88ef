"""Where logs come from, what was imported of them, and which files of the store hold it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class Source(Recorded, table=True):
    """A system whose logs are imported: its name, format, time zone and profile (YAML; empty = plain)."""

    __tablename__ = "sources"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    system: str
    format: str
    time_zone: str
    profile: str = Field(default="", sa_type=Text)


class LogImport(SQLModel, table=True):
    """The receipt of one imported log file.

    read = added + already_known + unreadable + passed_over. `key_fields` names the fields, joined with `;`, of which
    the key of an event is made when it is asked for; empty where the events bear their keys. `whole_names` counts the
    names that events keep whole, as the source has too many of their kind to number.
    """

    __tablename__ = "log_imports"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    source: str = Field(index=True)
    system: str
    file_name: str
    file_sha256: str
    read: int
    added: int
    already_known: int
    unreadable: int
    passed_over: int
    twice_local: int = Field(default=0, description="times that occur twice on the clock; the earlier was taken")
    missing_local: int = Field(default=0, description="times that the clock skips; moved forward by the gap")
    first_time: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_time: datetime | None = Field(default=None, sa_type=UtcDateTime)
    key_fields: str = ""
    whole_names: int = Field(
        default=0, description="names that events keep whole, as the source has too many of a kind"
    )
    rests_on: str | None = Field(
        default=None,
        sa_type=Text,
        description="digests of the files, joined with `;`, that brought what was already known of this one",
    )
    columns: str | None = Field(
        default=None, sa_type=Text, description="the columns, as a JSON list, whose cells tell its records apart"
    )
    number: int | None = Field(default=None, description="in the list of imports")
    imported_at: datetime = Field(sa_type=UtcDateTime)
    imported_by: str


class StandingLog(Recorded, table=True):
    """While this stands, an imported log counts: until it is taken back, or its file is read anew."""

    __tablename__ = "standing_logs"

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(sa_type=BigInteger, foreign_key="log_imports.id", index=True)


class LogDay(SQLModel, table=True):
    """How many of the accesses that an imported log added are of a day of the entity's zone."""

    __tablename__ = "log_days"

    import_id: int = Field(
        primary_key=True,
        sa_type=BigInteger,
        foreign_key="log_imports.id",
        sa_column_kwargs={"autoincrement": False},
    )
    day: date = Field(primary_key=True)
    events: int = Field(sa_type=BigInteger)


class LogNumbers(SQLModel, table=True):
    """Numbers of an imported log's own records that follow one another, where its ids are a rising number.

    `beginning` is what stands before the number in each id.
    """

    __tablename__ = "log_numbers"

    import_id: int = Field(
        primary_key=True,
        sa_type=BigInteger,
        foreign_key="log_imports.id",
        sa_column_kwargs={"autoincrement": False},
    )
    first: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    last: int = Field(sa_type=BigInteger)
    beginning: str
    first_time: datetime = Field(sa_type=UtcDateTime)
    last_time: datetime = Field(sa_type=UtcDateTime)


class ExpectedLogs(Recorded, table=True):
    """What a source's logs are expected to hold: on which days it has accesses, and how long it keeps them itself.

    It is told apart from the source, as a change of it leaves alone how the logs were read.
    """

    __tablename__ = "expected_logs"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    cadence: str = Field(default="", description="see judge_days.Cadence; empty = none stated")
    keeps_days: int | None = Field(default=None, description="for how many days the source keeps its own trail")


class RejectExport(SQLModel, table=True):
    """A file in which unreadable records of a source went out to be repaired: enough to list the same ones again.

    `header` is the line above them, `records` how many they were. `import_ids` names the imports, joined with `;`,
    whose rejects were listed then, `repaired_by` those whose repairs counted.
    """

    __tablename__ = "reject_exports"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    file_name: str
    header: str = Field(sa_type=Text)
    records: int
    import_ids: str = Field(sa_type=Text)
    repaired_by: str = Field(sa_type=Text)
    exported_at: datetime = Field(sa_type=UtcDateTime)
    exported_by: str


class RepairedReject(SQLModel, table=True):
    """A kept record that came in again, repaired: while the import that it came with counts, it is listed no more.

    `record` is its ordinal there. Where it `is_read`, that is all; else it is kept anew, as it cannot be read still.
    """

    __tablename__ = "repaired_rejects"

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(sa_type=BigInteger, foreign_key="log_imports.id", index=True)
    record: int = Field(sa_type=BigInteger)
    reject_key: str
    is_read: bool


class StoredFile(SQLModel, table=True):
    """A Parquet file of the store, as an import added it or as files were put together; one without a row is none.

    `rows` and `bytes` are counted, and `sha256` is of the whole file, as they were when it was written. Of files put
    together, `import_id` is the first import that has a `FilePart` in it.
    """

    __tablename__ = "stored_files"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(sa_type=BigInteger, foreign_key="log_imports.id", index=True)
    kind: str
    name: str
    month: str = Field(
        default="",
        sa_column_kwargs={"server_default": text("''")},
        description="of files put together: of which month (YYYY-MM, UTC) its events are; 'all' of names",
    )
    rows: int = Field(sa_type=BigInteger)
    bytes: int = Field(sa_type=BigInteger)
    sha256: str


class FilePart(SQLModel, table=True):
    """What a file that was put together holds of one import.

    `origin` is the name of the file in which these rows came first: as long as it stays, they are the same.
    """

    __tablename__ = "file_parts"

    file_id: int = Field(primary_key=True, foreign_key="stored_files.id", sa_column_kwargs={"autoincrement": False})
    import_id: int = Field(
        primary_key=True,
        sa_type=BigInteger,
        foreign_key="log_imports.id",
        index=True,
        sa_column_kwargs={"autoincrement": False},
    )
    rows: int = Field(sa_type=BigInteger)
    origin: str


class ReplacedFile(SQLModel, table=True):
    """A file whose rows lie in another one now; it stays for a while, for who began to read it, or an older backup."""

    __tablename__ = "replaced_files"

    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    replaced_at: datetime = Field(sa_type=UtcDateTime)
