"""What the policies are drafted from: the entity as it is described, its details, its offices and its inventory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from access.facts import Facts
from config.clock import day_text
from inventory.entity_details import DESIGNEES, DETAILS, read_designees
from inventory.models import DataSeries, Entity
from inventory.rules import Classification
from reports.documents.document import Block, Heading, Rule, Table, marked

_MOST_EXAMPLES = 5
AUGUST_1 = "by August 1 of each year"


@dataclass(frozen=True)
class PolicyFacts:
    """What the policies are drafted from.

    Args:
        details: What was entered besides the entity's description, by name.
        offices: By office in words, the titles of the positions of those who hold it.
        published: The newest published version of the inventory in words; empty where there is none.
        now: When it is drafted.
    """

    entity: Entity
    details: Mapping[str, str]
    series: Sequence[DataSeries]
    facts: Facts
    offices: Mapping[str, str]
    published: str
    now: datetime

    def said(self, name: str) -> str:
        """Give a detail, or a mark that it is to be entered."""
        return self.details.get(name) or marked(f"To be entered: {DETAILS[name].label}")

    @property
    def about(self) -> Sequence[Rule]:
        """What stands under a draft's title."""
        day = day_text(self.now.astimezone(ZoneInfo(self.entity.time_zone)).date())
        return (
            Rule(
                marked(
                    f"Draft of {day}, made from what is on record. It is no legal advice: an attorney completes and "
                    "checks the marked passages, compares each citation with the law in force, and takes this "
                    "paragraph out before the text is adopted."
                )
            ),
        )

    def examples(self, classification: Classification) -> str:
        """Name a few of the inventory's series that have a class, and no other."""
        names = [one.name for one in self.series if one.classes == classification and one.retired is None]
        return "; ".join(names[:_MOST_EXAMPLES]) or "none in the inventory by this class alone"


def contacts(facts: PolicyFacts) -> Iterator[Block]:
    """Say whom to ask: the responsible authority, the compliance official, and the designees."""
    entity = facts.entity
    yield Heading("Whom to ask")
    rows = [
        (
            "Responsible authority",
            _whole(
                (
                    entity.responsible_authority or marked("To be entered: name"),
                    entity.responsible_authority_title or marked("To be entered: title"),
                )
            ),
            _whole(
                (
                    entity.responsible_authority_address or marked("To be entered: address"),
                    facts.details.get("authority_phone", ""),
                    facts.details.get("authority_email", ""),
                )
            ),
        ),
        (
            "Compliance official (Minn. Stat. 13.05 subd. 13)",
            _whole(
                (
                    entity.compliance_official or marked("To be entered: name"),
                    facts.details.get("compliance_title", ""),
                )
            ),
            facts.said("compliance_contact"),
        ),
    ]
    for one in read_designees(facts.details.get(DESIGNEES, "")):
        role = f"Designee: {one.files}" if one.files else "Designee"
        rows.append((role, _whole((one.name, one.title)), one.contact))
    yield Table(("Who", "Name and title", "How to reach them"), rows)


def renewal(facts: PolicyFacts, subdivision: str) -> Iterator[Block]:
    """Say when a policy is brought up to date, and where it is found."""
    yield Heading("This policy")
    yield Rule(
        f"It is brought up to date {AUGUST_1}, and whenever the people or procedures that it names change.",
        f"Minn. Stat. 13.025 {subdivision}",
    )
    yield Rule(
        f"Nobody has to ask for it: it is posted at {facts.said('website')}, and copies of it are free.",
        "Minn. Stat. 13.025 subd. 4",
    )


def _whole(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))
