"""A source's profile: where each canonical field is in its records, and how actions, purposes, accounts and times read.

A profile is a small YAML file; `audit/logs/profiles/README.md` tells what it can say. Without one, a log whose fields
have the canonical names is read as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from access.accounts import AccountNormalising
from audit.logs.profiles.line_options import Lines
from audit.logs.profiles.parts import Part
from audit.logs.profiles.table_options import Table

_Tables = Literal["csv", "fixed", "xlsx"]
_Documents = Literal["jsonl", "json", "xml", "evtx"]
_Lines = Literal["lines", "syslog", "cef", "leef", "key-value", "auditd", "w3c"]
Format = Literal[_Tables, _Documents, _Lines]
RecordsWhat = Literal["", "views", "changes", "sign-ins"]
Action = Literal["view", "search", "create", "modify", "delete", "print", "export", "share", "other"]
Canonical = Literal["event_id", "time", "account", "resource", "action", "subject", "purpose", "workstation"]

CANONICAL: tuple[Canonical, ...] = ("time", "account", "resource", "action", "subject", "purpose", "workstation")
NEEDED = CANONICAL[:4]
EPOCHS = ("epoch", "epoch_seconds", "epoch_milliseconds")


def _as_texts(value: object) -> object:
    return [value] if isinstance(value, str) else value


class FieldAt(Part):
    """One place in a record.

    Args:
        field: A column of a CSV, a dotted path of a JSON record, or what a format of lines calls a part of its records.
        path: A JSON path (`$.Id`) within that cell, where the cell itself holds JSON.
        pattern: A regular expression; its first group, or the whole match, is the value.
        where: Of a list of JSON objects in that cell (or the one object there), the first is meant in which each of
            these dotted paths has one of some values, written as for conditions; `path` looks into it.
        text: The same text for every record, instead of a place.
        join: Several places, joined by `by`; empty where one of them is empty.
    """

    field: str = ""
    path: str = ""
    pattern: str = ""
    where: Mapping[str, Annotated[tuple[str, ...], BeforeValidator(_as_texts), Field(min_length=1)]] | None = None
    text: str = ""
    join: Annotated[tuple["FieldSpec", ...], Field(max_length=50)] = ()  # each takes part in the query several times
    by: str = " "

    def places(self) -> Iterator[str]:
        """Give the columns or paths that it names."""
        if self.field:
            yield self.field
        for spec in self.join:
            yield from places(spec)

    def with_path(self) -> Iterator["FieldAt"]:
        """Give the places that look into a cell which holds JSON."""
        if self.path or self.where is not None:
            yield self
        for spec in self.join:
            for at in spec:
                yield from at.with_path()

    def searched(self) -> Iterator[str]:
        """Give the columns or paths in all of whose text a value is looked for: by a pattern, or in one of a list."""
        if self.field and ((self.pattern and not self.path) or self.where is not None):
            yield self.field
        for spec in self.join:
            for at in spec:
                yield from at.searched()

    def is_there(self, has: Callable[[str], bool]) -> bool:
        """Say whether a log that has some columns can have a value here."""
        return bool(self.text) or (all(is_there(spec, has) for spec in self.join) if self.join else has(self.field))


def _as_places(value: object) -> object:
    """Read a bare name as a place, and one place as a list of one."""
    listed = value if isinstance(value, (list, tuple)) else [value]
    return [{"field": one} if isinstance(one, str) else one for one in listed]


# Several places: the first that is not empty serves.
FieldSpec = Annotated[
    tuple[FieldAt, ...],
    BeforeValidator(_as_places, json_schema_input_type=str | FieldAt | tuple[str | FieldAt, ...]),
    Field(min_length=1),
]


def places(spec: FieldSpec) -> Iterator[str]:
    """Give the columns or paths that a field's places name."""
    for at in spec:
        yield from at.places()


def is_there(spec: FieldSpec, has: Callable[[str], bool]) -> bool:
    """Say whether a log that has some columns can have a value for a field."""
    return any(at.is_there(has) for at in spec)


class Times(Part):
    """How times are written.

    Args:
        formats: `iso`, `epoch_seconds`, `epoch_milliseconds`, `epoch` (either, told by its size), or patterns such as
            `%m/%d/%Y %I:%M:%S %p`; the first that fits serves. Lines may have times without a year.
        zone: The zone of times without an offset, where it is not the source's own.
        abbreviations: What offset a zone's abbreviation behind a time stands for, such as EDT: "-04:00".
        words: What a text in a time stands for, such as "déc.": Dec.
        year: That of a log's first record, where its times have none and the name of its file does not say it.
    """

    formats: tuple[str, ...] = ("iso",)
    zone: str = ""
    abbreviations: Mapping[str, Annotated[str, Field(pattern=r"^[+-]\d\d:\d\d$")]] = Field(default_factory=dict)
    words: Mapping[str, str] = Field(default_factory=dict)
    year: Annotated[str, Field(pattern=r"^((19|20)\d\d)?$")] = ""


class Accounts(Part):
    """What of an account does not count when it is compared."""

    strip_domain_prefix: bool = True
    strip_domain_suffix: bool = True


class Condition(Part):
    """A field has one of some values; values compare without case, and may be shell-style patterns."""

    field: FieldSpec
    among: Annotated[tuple[str, ...], Field(min_length=1)]


class Join(Part):
    """Which records of a file tell of one use of something: those with equal keys between a beginning and an end.

    The records that begin and end it are no accesses. Of the accesses between them, those with the same action of ours,
    account and resource count once.

    Args:
        by: The places whose texts together are the key; a record that lacks one of them is joined with none.
        begins: What fits each of these conditions begins a use; `ends`, ends it.
    """

    by: Annotated[tuple[FieldSpec, ...], Field(min_length=1)]
    begins: Annotated[tuple[Condition, ...], Field(min_length=1)]
    ends: Annotated[tuple[Condition, ...], Field(min_length=1)]

    def conditions(self) -> tuple[Condition, ...]:
        """Give what decides which records begin and end a use."""
        return (*self.begins, *self.ends)


class Noticed(Part):
    """What a person should know of a log that has some records, such as that it was cleared.

    Args:
        when: What fits each of these conditions is such a record; it may be an access or not.
        say: The sentence, without its full stop.
    """

    when: Annotated[tuple[Condition, ...], Field(min_length=1)]
    say: Annotated[str, Field(min_length=1, max_length=200)]


class Records(Part):
    """Which records are accesses: those that fit every condition of `only` and none of `without`.

    Args:
        at: The list in a JSON document that holds the records, as dotted keys.
        each: A list in a JSON record, each of whose elements makes a record of its own.
        join: Which records tell of one use of something.
        notices: What a person should know of a log that has some records; of one record, the first that fits.
    """

    only: tuple[Condition, ...] = ()
    without: tuple[Condition, ...] = ()
    at: str = ""
    each: str = ""
    join: Join | None = None
    notices: Annotated[tuple[Noticed, ...], Field(max_length=20)] = ()


class XmlRecords(Part):
    """Which elements of an XML log are its records, and how those in them are called.

    Args:
        record: The name of the elements, without a prefix, or a path: names of elements within each other, parted by
            `/`. Without one, each element that stands in no other is a record.
        called_by: Name of elements in a record -> the attribute by whose value they are called instead.
    """

    record: str = ""
    called_by: Mapping[str, str] = Field(default_factory=dict)


def _as_they_are() -> Mapping[Action, tuple[str, ...]]:
    return {action: (action,) for action in get_args(Action)}


class Profile(Part):
    """How a source's records become access events.

    Args:
        about: What it reads, for people.
        records_what: The most that the source tells of its data: who views it, who changes it alone, or only who signs
            in; empty where that is not stated.
        encoding: That of the text, where it is not UTF-8, UTF-16 or Windows-1252, which are found by themselves.
        columns: The names of a table's columns, where no line of the log names them.
        table: How a table is written, where that is not found by itself.
        lines: How a log of lines is parted into records, and these into their parts.
        xml: Which elements of an XML log are its records.
        empty: Texts that stand for nothing, such as `-`.
        actions: Raw actions by what they mean; the first that fits serves, in the order they stand.
        purposes: Spellings by the purpose they mean.
        case_number: A regular expression that finds a case number in what people typed as purpose; its first group, or
            the whole match, is the number. It is looked for whenever an access is shown, and changes no event.
    """

    about: str = ""
    records_what: RecordsWhat = ""
    format: Format = "csv"
    encoding: str = ""
    columns: tuple[str, ...] = ()
    table: Table = Table()
    lines: Lines = Lines()
    xml: XmlRecords = XmlRecords()
    fields: Mapping[Canonical, FieldSpec]
    empty: tuple[str, ...] = ()
    times: Times = Times()
    accounts: Accounts = Accounts()
    actions: Mapping[Action, tuple[str, ...]] = Field(default_factory=_as_they_are)
    purposes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    case_number: Annotated[str, Field(max_length=500)] = ""
    records: Records = Records()

    def normalising(self) -> AccountNormalising:
        """Give what of accounts does not count."""
        return AccountNormalising(self.accounts.strip_domain_prefix, self.accounts.strip_domain_suffix)

    def conditions(self) -> tuple[Condition, ...]:
        """Give what decides which records are accesses."""
        return (*self.records.only, *self.records.without)

    def places(self) -> list[str]:
        """Give every column or path that the profile names, each once."""
        return list(dict.fromkeys(place for spec in self._specs() for place in places(spec)))

    def searched(self) -> list[str]:
        """Give every column or path in whose whole text a pattern looks for a value, each once."""
        return list(dict.fromkeys(place for spec in self._specs() for at in spec for place in at.searched()))

    def cells_with_json(self) -> Iterator[FieldAt]:
        """Give every place that looks into a cell which holds JSON."""
        return (found for spec in self._specs() for at in spec for found in at.with_path())

    def _specs(self) -> list[FieldSpec]:
        join = self.records.join
        of_join = (*join.by, *(condition.field for condition in join.conditions())) if join else ()
        of_notices = (condition.field for noticed in self.records.notices for condition in noticed.when)
        of_conditions = (condition.field for condition in self.conditions())
        return [*self.fields.values(), *of_conditions, *of_join, *of_notices]

    def is_plain(self) -> bool:
        """Say whether it only takes fields that have the canonical names."""
        return self.fields == plain_profile(self.format).fields


def plain_profile(log_format: str) -> Profile:
    """Give the profile of records whose fields have the canonical names."""
    return Profile.model_validate({"format": log_format, "fields": {name: name for name in CANONICAL}})
