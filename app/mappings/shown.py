"""What the page of a source's unmapped names shows, kind by kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from access.models import Employee
from access.rules import ACTIONS
from audit.list_unmapped import Unmapped, UnmappedName
from audit.logs.list_sources import ListedSource
from audit.propose_pattern import Proposals
from audit.suggest_purposes import Suggestion, suggest_purposes, the_nearest
from audit.try_pattern import Matched
from config.recorded import current
from config.texts import compare_form
from config.work import Work
from inventory.queries import all_series

KINDS = ("accounts", "resources", "actions", "purposes")
AT_ONCE = 25


@dataclass(frozen=True)
class Asked:
    """A name that waits for an answer.

    Args:
        place: Tells its form from the others of the page.
        proposal: What is offered as the answer; empty where nothing is.
        because: Why.
        nearest: Of purposes, the one that may be meant, where none else is as near.
    """

    place: int
    name: UnmappedName
    proposal: str = ""
    because: str = ""
    nearest: Suggestion | None = None


@dataclass(frozen=True)
class Tried:
    """An answer that was sent and is not recorded: refused, or only looked at.

    Args:
        name: For which name.
        filled: What was typed, by field.
        faults: What is wrong with it, by field.
        matched: What a pattern would match; None where nobody wants to know.
    """

    name: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    matched: Sequence[Matched] | None = None


@dataclass(frozen=True)
class MappingPage:
    """Everything mapping.html shows.

    Args:
        kind: Which of `KINDS` is shown.
        counts: How many names of each kind map to nothing.
        asked: Those of the page.
        total: How many there are in all of this kind; `accesses` likewise.
        machines: How many of them by their form are a machine's or the system's account.
        said: What came of the answer before.
        choices: What can be chosen as an answer: series, actions or purposes; each with its name.
        version: Of the source, by whose profile words mean what they mean.
        key: Tells one form from another one, so that what is sent twice is done once.
        purpose: What typed texts are looked at for; empty = what in them may tell of a person is masked.
    """

    listed: ListedSource
    kind: str
    counts: Mapping[str, int]
    asked: Sequence[Asked]
    total: int
    accesses: int
    machines: int
    offset: int
    zone: ZoneInfo
    may_change: bool
    tried: Tried
    said: str
    choices: Sequence[tuple[str, str]]
    version: str
    key: str
    purpose: str = ""
    at_once: int = AT_ONCE
    kinds: Sequence[str] = KINDS

    @property
    def suggested(self) -> Sequence[Asked]:
        """The names for which a purpose is suggested, to be accepted several at once."""
        return [one for one in self.asked if one.nearest and not one.name.is_masked]

    @property
    def has_masked(self) -> bool:
        """Whether a name of the page is masked."""
        return any(one.name.is_masked for one in self.asked)

    @property
    def last(self) -> int:
        """The place of the last name shown."""
        return self.offset + len(self.asked)


def asked_of(work: Work, kind: str, unmapped: Unmapped, offset: int, tried: str) -> list[Asked]:
    """Give the names of a page with what is proposed for each; one that was tried comes first, on whatever page."""
    names: Sequence[UnmappedName] = getattr(unmapped, kind)
    shown = list(names[offset : offset + AT_ONCE])
    if tried:
        shown = [one for one in names if one.name == tried] + [one for one in shown if one.name != tried]
    if kind == "accounts":
        return list(_with_people(work, shown))
    if kind == "resources":
        return list(_with_patterns(shown, Proposals(names)))
    if kind == "purposes":
        return list(_with_suggestions(shown, unmapped.described))
    return [Asked(place, one) for place, one in enumerate(shown, 1)]


def _with_people(work: Work, names: Sequence[UnmappedName]) -> Iterator[Asked]:
    """Propose for an account the one employee whose id or e-mail address it is."""
    columns = select(col(Employee.employee_id), col(Employee.name), col(Employee.email)).where(current(Employee))
    owners = dict[str, set[tuple[str, str]]]()
    for employee_id, person, email in work.session.execute(columns) if names else ():
        for text in {employee_id, email, email.partition("@")[0]} - {""}:
            owners.setdefault(compare_form(text), set()).add((employee_id, person))
    for place, name in enumerate(names, 1):
        form = compare_form(name.name)
        found = next(
            (owners[text] for text in (form, form.rpartition("\\")[2].partition("@")[0]) if text in owners), set()
        )
        if len(found) == 1:
            ((employee_id, person),) = found
            yield Asked(
                place, name, employee_id, f"It reads like the id or e-mail address of {person} ({employee_id})."
            )
        else:
            yield Asked(place, name)


def _with_patterns(names: Sequence[UnmappedName], proposals: Proposals) -> Iterator[Asked]:
    for place, name in enumerate(names, 1):
        proposal = proposals.of(name)
        resources = "1 resource" if proposal.resources == 1 else f"{proposal.resources:,} resources"
        because = f"Of what maps to nothing, it matches {resources} with {_accesses(proposal.accesses)}."
        yield Asked(place, name, proposal.pattern, because)


def _with_suggestions(names: Sequence[UnmappedName], described: frozenset[str]) -> Iterator[Asked]:
    for place, name in enumerate(names, 1):
        found = suggest_purposes(name.name, described)
        near = ", ".join(f"{one.purpose} ({one.score} of 100)" for one in found)
        because = f"Nearest among those that work access lists: {near}." if near else ""
        yield Asked(place, name, because=because, nearest=the_nearest(found))


def _accesses(count: int) -> str:
    return "1 access" if count == 1 else f"{count:,} accesses"


def choices_of(work: Work, kind: str, purposes: Sequence[str]) -> list[tuple[str, str]]:
    """Give what can be chosen as an answer to a kind.

    Args:
        purposes: Those that some work access lists.
    """
    if kind == "resources":
        series = [(one.code, one.name) for one in all_series(work.session, work.now)]
        return [("public", "public: anybody may see it"), ("ignore", "ignore: no access to data"), *series]
    if kind == "actions":
        return [(action, action) for action in ACTIONS]
    return [(purpose, purpose) for purpose in purposes] if kind == "purposes" else []
