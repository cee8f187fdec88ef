"""Why aims are missed, and what was tried, by the aim's name: said in the results where one is missed."""

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.results.aim import Aim
from benchmarks.results.list_aims import INCREMENTAL, OF_HOSPITAL, TABLES
from benchmarks.results.of_formats import SPEED
from benchmarks.results.of_running import BACKUP, BACKUP_BESIDE_CP, LARGE, PREVIEW_BY_COMMAND
from benchmarks.results.of_service import BESIDE_BARE, CLOSED, SAVING, SLOWEST, STEADY

_NOT_KNOWN = "Not looked into yet."
_EACH_RECORD = (
    "An import alone takes nearly as long as the bare copy. It digests the log, makes out each record's time by the "
    "source's profile, numbers the names that logs repeat, makes sure that no record is taken twice, and digests what "
    "it writes; no step stands out: of what grows with the log, pyarrow's CSV reader takes a quarter, looking names "
    "up, reading with digesting, and writing Parquet an eighth each, digits behind names and times a twentieth each. "
    "What was tried and kept: names as numbers, so that the store is a tenth of the log; keys of records only where "
    "another import reaches into the log's time; and pyarrow without pandas, which it loads by itself. An audit does "
    "more than decide: loading what is known takes a fifth, starting a seventh, and asking Casbin, mapping accounts, "
    "resolving the grants and their spans about a tenth each, however many events there are. What a grant says in a "
    "span as one number made the spans three times as quick."
)
_NOT_EVENTS = (
    "Of what an audit that goes on takes, hardly any goes to events: starting takes a fifth, loading what is known "
    "a fifth, the sample put to Casbin and to the decision table an eighth, fingerprints of what is known a twelfth, "
    "and finding the accesses of changed names a twentieth for each ten million. All but the last is the same however "
    "many events there are. What was tried and kept: only employees that are asked about have their grants resolved, "
    "only names that are asked about are mapped, and only findings that can have moved are read. Loading only what "
    "changed of what is known was left alone: an audit's digest is of all of it."
)
_EACH_EVENT = (
    "Ours gives one of 16 reasons where the others answer yes or no; it also counts by reason, draws the sample, and "
    "fetches what was flagged with its texts. Part of it is working out the spans of the grants, which the others are "
    "not asked for, and the binary search of events in spans. Joins in DuckDB were tried first, and took nearly twice "
    "as long. Wall time suffers, besides, when anything else runs on the two cores."
)
_QUOTES = (
    "Before pyarrow's reader gets a piece with quotation marks, it is seen whether what stands beside each lets it "
    "only open a cell, or only close one: what the two readers of ours could take differently goes to the careful "
    "one. That look comes on top, a sixth of the whole, and the text is longer."
)
_LOADING = (
    "Two thirds of it is loading libraries, SQLAlchemy, DuckDB and pydantic before all, though each command loads "
    "only what it needs, and no plug-ins of pydantic are looked for, which took a sixteenth."
)
_COMPARING = (
    "Every row is read, compared with the record and found unchanged; starting is a third to a half of what is "
    "counted. A later roster is read twice, as who is missing tells how its rows are to be taken. A file that states "
    "nothing new skips the checks across rows. A short cut by the file's digest was not built: what the file means "
    "depends on the record and on the mapping of its headings."
)
_PAGES = (
    "Over 100 ms is what a duty would mean alone, for which an aim of its own allows 2 s. "
    "A finding's accesses, and those that a new duty would have covered, are decided anew from the stored logs: to find"
    " the events of their accounts in a month is a third of a finding's page, mapping names another fifth, and most of "
    "the rest is some thirty small statements of DuckDB, a millisecond each. The duties of a list are read and sorted "
    "by the record itself, and narrowed by whom a manager may know of. Kept, as long as they stand, are who is signed "
    "in, the resolved policy and one of the past, whom texts can name, people and accounts in the order of their "
    "lists, the findings counted by kind, and the names of the logs with what lies where in their files. A page of "
    "findings is read in the order of an index; sorted by status or by last access, all are read for it."
)
_ONE_PROCESS = (
    "Fifty callers who never pause wait for each other: with one web process, which answers one at a time, the 99th "
    "percentile is at least fifty times what one answer takes, so that 10 ms would need answers of 0.2 ms, HTTP "
    "included. The bare route, which decides nothing, misses it too, on two cores that it shares with the load tool. "
    "What was tried and kept: nothing is read from the database and no thread is waited for while nothing is committed."
)
_STEADY = (
    "Two hundred questions a second keep one web process busy for a tenth of the time. What is left of the 99th "
    "percentile is the load tool, which shares the two cores, and its callers' first questions, each of which connects."
)
_BESIDE_AUDIT = (
    "The audit holds nothing that saving waits for, but it keeps both cores busy, and the load tool and the service "
    "share them with it."
)
_BACKING_UP = (
    "A backup digests the record and every file, holds the digests to the receipts, and starts Python; copying does "
    "nothing of that. By processor time digesting takes nearly twice what copying does, though the processor has "
    "instructions for it, and starting two thirds of it. What was tried and kept: the record and the files go in "
    "beside each other, each block digested as it is written, so that both cores are used; and where SQLite's log is "
    "empty the record goes in as the file that it is, since SQLite's own copy, page by page, took a quarter of the "
    "processor's time. The largest file cannot be digested by two cores at once, as its receipt holds the SHA-256 of "
    "the whole. The disk is told every 32 MiB to begin writing, which took a fifth off the wait for it at the end; a "
    "mere copy is not waited for."
)
_FROM_THE_START = (
    "A command begins with nothing at hand: starting takes a fifth, and loading what is known of 10,000 people and "
    "resolving it more than half. The service, which keeps that as long as it stands, answers in an eighth of the time."
)
_PARSING = (
    "The peer only takes a file apart; ours makes out the fields that the source's profile names, the instant of each "
    "record in UTC, what its action means, and a digest of it, and keeps the text of what cannot be read. Of JSON "
    "lines and of PostgreSQL's text most goes to the statement of these fields in DuckDB, of W3C logs to splitting "
    "and trimming, of JSON documents to loops in Python. What was tried and kept: syslog is not searched for a "
    "missing year where its times have one, and fixed columns are cut one by one, which made both twice as quick; "
    "JSON lines that are plainly objects are read all at once, and a text is looked at before it is trimmed. "
    "What EVTX, auditd, CEF and XML spend was not looked into."
)
_WHY: Mapping[str, str] = {
    "import and audit, against DuckDB's bare copy of the log": _EACH_RECORD,
    "import and audit, against DuckDB's bare scan of the log": _EACH_RECORD,
    "import of the same log quoted and with CRLF, against the plain one": _QUOTES,
    **dict.fromkeys((*INCREMENTAL.values(), *OF_HOSPITAL.values()), _NOT_EVENTS),
    "`thirteen explain`": _LOADING,
    SLOWEST: _PAGES,
    BESIDE_BARE: _PAGES,
    STEADY: _STEADY,
    CLOSED: _ONE_PROCESS,
    SAVING: _BESIDE_AUDIT,
    **dict.fromkeys((BACKUP, BACKUP_BESIDE_CP), _BACKING_UP),
    PREVIEW_BY_COMMAND: _FROM_THE_START,
    **{f"table {name}, unchanged import": _COMPARING for name in TABLES.values()},
    "deciding, against pycasbin, event by event, by processor time": _EACH_EVENT,
    "deciding, against pandas, by wall time": _EACH_EVENT,
    "deciding, against PostgreSQL, by wall time": _EACH_EVENT,
}


def reasons_of(aims: Iterable[Aim]) -> Iterator[str]:
    """Give a line for each reason why some of the aims are missed."""
    named: dict[str, list[str]] = {}
    for aim in aims:
        if aim.missed_by > 1:
            why = _PARSING if SPEED in aim.name else _WHY.get(aim.name.removesuffix(LARGE), _NOT_KNOWN)
            named.setdefault(why, []).append(aim.name)
    for reason, names in named.items():
        yield f"* **{'; '.join(names)}.** {reason}"
