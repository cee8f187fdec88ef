"""What an import did, or would do."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.tables.compare import Outcome
from config.tables.kind import Importer
from config.tables.list_changes import all_changes, surprises
from config.tables.listings import Listing, Stop
from config.tables.options import ImportOptions
from config.tables.plan import ImportPlan
from config.tables.refused_rows import RefusedRow
from config.texts import counted


@dataclass(frozen=True)
class Receipt:
    """What an import did, or would do: read = added + changed + unchanged + refused.

    Args:
        counts: How many rows of the file came to each outcome, every outcome listed.
        closed: How many earlier versions of rows were superseded.
        withdrawn: How many rows were superseded as never having been so.
        columns: Our column -> the heading that served it.
        summary: What the counts do not tell, in a sentence.
        stops: At what a careful clerk would stop.
        listings: What nobody may overlook, in lists.
        changes: All else that changes, in lists; of a dry run only.
        number: That of the import, once it is applied.
    """

    file: str
    counts: Mapping[Outcome, int]
    closed: int
    withdrawn: int
    refused: tuple[RefusedRow, ...]
    notices: tuple[str, ...]
    columns: Mapping[str, str]
    summary: str = ""
    stops: tuple[Stop, ...] = ()
    listings: tuple[Listing, ...] = ()
    changes: tuple[Listing, ...] = ()
    number: int | None = None

    @property
    def read(self) -> int:
        """Count the rows of the file."""
        return sum(self.counts.values())

    def listed(self, name: str) -> int:
        """Count the entries of a list that every receipt names."""
        return sum(len(listing.entries) for listing in self.listings if listing.name == name)

    def __str__(self) -> str:
        """Say the receipt in one line."""
        outcomes = ", ".join(f"{self.counts[outcome]:,} {outcome}" for outcome in Outcome)
        more = ", ".join(f"{count:,} {name}" for name, count in self._more().items() if count)
        number = "" if self.number is None else f" Import {self.number}."
        summary = f" {self.summary}" if self.summary else ""
        return (
            f"{self.file}: {counted(self.read, 'row')} read: {outcomes}.{f' {more}.' if more else ''}{summary}{number}"
        )

    def _more(self) -> Mapping[str, int]:
        versions = "version" if self.closed == 1 else "versions"
        seconds = self.listed("second facts")
        facts = "fact" if seconds == 1 else "facts"
        return {
            f"earlier {versions} closed": self.closed,
            "reopened": self.listed("reopened"),
            "withdrawn": self.withdrawn,
            f"second {facts} beside what stands": seconds,
        }


def make_receipt(plan: ImportPlan, importer: Importer, options: ImportOptions, *, dry_run: bool) -> Receipt:
    """Make the receipt of what an import would do.

    Args:
        options: Those of the import.
        dry_run: All changes are listed.
    """
    counts = Counter(plan.outcomes.values())
    counts[Outcome.UNCHANGED] = len(plan.read.taken) - len(plan.outcomes)
    counts[Outcome.REFUSED] = len(plan.read.refused)
    withdrawn = sum(len(changes.withdrawn) for _, changes in plan.plans.each())
    return Receipt(
        file=plan.read.table.name,
        counts={outcome: counts[outcome] for outcome in Outcome},
        closed=sum(len(changes.closed) for _, changes in plan.plans.each()) - withdrawn,
        withdrawn=withdrawn,
        refused=tuple(refused for _, refused in sorted(plan.read.refused.items())),
        notices=plan.read.notices,
        columns=plan.read.columns.heading_of,
        summary=importer.summary(plan.plans),
        stops=tuple(importer.stops(plan.plans)),
        listings=(
            *surprises(plan.plans, importer.zone, options, importer.takes),
            *importer.listings(plan.plans),
        ),
        changes=all_changes(plan.plans, importer.zone) if dry_run else (),
    )


def receipt_in_lines(receipt: Receipt) -> Iterator[str]:
    """Say a receipt in sentences, what nobody may overlook first and the counts last."""
    yield from (stop.sentence for stop in receipt.stops)
    yield from receipt.notices
    for listing in receipt.listings:
        if listing.entries:
            yield f"{listing.name.capitalize()}: {len(listing.entries):,}. {listing.advice}".rstrip()
    yield str(receipt)
