"""The policy on the security of not public data (Minn. Stat. 13.05 subd. 5), drafted from what is on record."""

from collections.abc import Iterator

from access.position_wording import every_wording
from config.clock import microseconds
from config.texts import counted
from reports.documents.document import Block, Document, Heading, Listing, Rule, Table
from reports.documents.policy_facts import PolicyFacts, contacts
from reports.inventory_report import SERVES_13_05

TITLE = "Security of not public data: who may reach them, and for what"
_SUBD_5 = "Minn. Stat. 13.05 subd. 5"


def security_policy(facts: PolicyFacts) -> Document:
    """Draft the policy."""
    blocks = [*_required(facts), *_roles(facts), *_sharing(), *_measures(facts), *_looked_at(), *_penalties()]
    return Document(TITLE, facts.entity.name, facts.about, [*blocks, *contacts(facts)])


def _required(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("What the law requires")
    yield Rule(
        f"{facts.entity.name} sees to it that not public data are accessible only to persons whose work assignment "
        "reasonably requires it, and are accessed by them only for purposes that these procedures describe.",
        _SUBD_5,
    )
    yield Heading("Where access is written down")
    published = f" Its newest published version is {facts.published}." if facts.published else ""
    yield Rule(
        f"In the data inventory, which has {counted(len(facts.series), 'data series', 'data series')}: for each it "
        f"says whose work requires it.{published} {SERVES_13_05}"
    )
    series = {one.code: one for one in facts.series}
    positions = sum(1 for _ in every_wording(facts.facts, series, microseconds(facts.now)))
    yield Rule(
        f"In position descriptions: {counted(positions, 'position')} of the record reach not public data by themselves "
        "or through their department, and the wording for each is drafted from the same record."
    )
    yield Rule(
        "In temporary duties: a manager or supervisor gives one employee access for a limited time, in writing, "
        "saying to which data, for which actions, from when to when, and why. It ends when the work ends. Who gave it "
        "and when it was recorded is kept."
    )


def _roles(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("Roles that may reach all not public data")
    yield Rule(
        "They may do so only if it is necessary for specified duties. Each such duty says to which data, what for, "
        "and from when to when."
    )
    yield Table(("Role", "Position"), list(facts.offices.items()))


def _sharing() -> Iterator[Block]:
    yield Heading("Sharing")
    yield Rule(
        "Not public data are shared only where a law permits or requires it; data that people gave about themselves, "
        "only as they were told when they were asked, or as they consented.",
        "Minn. Stat. 13.05 subd. 4",
        "seen in a text of 2006",
    )
    yield Rule(
        "Contractors who work with data of ours are bound by contract to chapter 13, and named in the inventory or in "
        "a duty like employees.",
        "Minn. Stat. 13.05 subds. 6 and 11",
        "the statute's wording",
    )


def _measures(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("No access without a work assignment")
    yield Rule(
        "Departments assign work by position or by employee, and keep not public data from everybody else, also where "
        "space, drives and devices are shared."
    )
    given = facts.said("security_measures").splitlines()
    yield Listing([Rule(line.strip()) for line in given if line.strip()])
    yield Heading("Training")
    yield Rule(facts.said("training"))


def _looked_at() -> Iterator[Block]:
    yield Heading("Accesses are compared with assignments")
    yield Rule(
        "The accesses that systems record are compared with the work assignments in force at their time. What no "
        "assignment covers is possible unauthorized access, which people look into; no program decides what it was."
    )
    yield Rule(
        "Whoever has a work assignment, and looks at data for a purpose that these procedures do not describe, is an "
        "unauthorized person as well.",
        "Minn. Stat. 13.055 subd. 1",
    )
    yield Rule(
        "Whoever learns of possible unauthorized access tells the responsible authority at once. If private or "
        "confidential data on individuals were acquired in a breach, those they are about are told in writing without "
        "unreasonable delay, and a report is prepared when the investigation and any discipline are final.",
        "Minn. Stat. 13.055 subd. 2",
    )
    yield Rule("The security of personal information is assessed at least once a year.", "Minn. Stat. 13.055 subd. 6")


def _penalties() -> Iterator[Block]:
    yield Heading("Penalties")
    yield Rule(
        "Willfully violating chapter 13 or its rules is a misdemeanor, and so is conduct that is the knowing "
        "unauthorized acquisition of not public data.",
        "Minn. Stat. 13.09",
        "only the beginning of the section was seen",
    )
    yield Rule(
        "A willful violation by a public employee is just cause for suspension without pay or for dismissal.",
        "Minn. Stat. 13.09",
        "the statute's wording",
    )
