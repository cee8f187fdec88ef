"""The wording for the descriptions of all positions that reach not public data, by department."""

from collections.abc import Iterator

from access.position_wording import LIMITS, PositionWording, every_wording
from config.clock import microseconds
from reports.documents.document import Block, Document, Heading, Listing, Rule
from reports.documents.policy_facts import PolicyFacts

TITLE = "Access to not public data: wording for position descriptions"


def position_descriptions(facts: PolicyFacts) -> Document:
    """Draft the wording for each position."""
    series = {one.code: one for one in facts.series}
    blocks = [
        block
        for wording in every_wording(facts.facts, series, microseconds(facts.now))
        for block in _of_position(wording)
    ]
    nothing = [Rule("No position reaches not public data by itself or through its department.")]
    return Document(TITLE, facts.entity.name, facts.about, blocks or nothing)


def _of_position(wording: PositionWording) -> Iterator[Block]:
    yield Heading(f"{wording.title}, {wording.department} ({wording.position_code})")
    yield Rule(wording.begins)
    yield Listing([Rule(line) for line in wording.lines])
    yield Rule(LIMITS)
