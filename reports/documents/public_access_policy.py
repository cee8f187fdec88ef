"""The policy for members of the public (Minn. Stat. 13.025 subd. 2), drafted from what is on record."""

from collections.abc import Iterator

from inventory.entity_details import COPY_CENTS
from reports.documents.document import Block, Document, Heading, Listing, Rule
from reports.documents.policy_facts import PolicyFacts, contacts, renewal

TITLE = "Public data: how to ask for them"
_MOST_CENTS = 25
_LARGE = 100


def public_access_policy(facts: PolicyFacts) -> Document:
    """Draft the policy."""
    blocks = [*_rights(facts), *_requests(facts), *_answers(), *_summary_data(), *_costs(facts), *contacts(facts)]
    return Document(TITLE, facts.entity.name, facts.about, [*blocks, *renewal(facts, "subd. 2")])


def _rights(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("Your right to public data")
    yield Rule(
        f"Whatever {facts.entity.name} collects, creates, receives, keeps or gives out, in whatever form, is "
        "government data.",
        "Minn. Stat. 13.02 subd. 7",
    )
    yield Rule(
        "Government data are public unless a law gives them another class.",
        "Minn. Stat. 13.03",
        "the subdivision that says so",
    )
    yield Rule("Anybody may look at public data, and pays nothing for looking.", "Minn. Stat. 13.03")
    yield Rule(
        "You need not say who you are or why you ask, except for what we need to bring the data to you.",
        "Minn. Stat. 13.05 subd. 12",
    )


def _requests(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("How to ask")
    yield Rule(
        "Ask the responsible authority, or the designee who answers for the data; they are named below. "
        f"How a request can be made: {facts.said('request_ways')}."
    )
    yield Rule(
        "Tell us as plainly as you can which data you want, whether you want to look at them or to have copies, and "
        "how we reach you where that is needed to answer."
    )
    yield Rule(f"Data can be looked at: {facts.said('office_hours')}.")


def _answers() -> Iterator[Block]:
    yield Heading("How we answer")
    yield Rule(
        "We answer promptly, appropriately and within a reasonable time. The law sets no number of days for requests "
        "by members of the public.",
        "Minn. Stat. 13.03 subd. 2; Minn. Rules 1205.0300",
    )
    yield Listing(
        (
            Rule("If we do not have the data, we say so."),
            Rule(
                "If we have them and they are not public, we name the law that says so, at once or in writing soon "
                "afterwards.",
                "Minn. Stat. 13.03 subd. 3(f)",
            ),
            Rule(
                "If you ask for it, we certify in writing that the request was denied, and by which law.",
                "Minn. Stat. 13.03 subd. 3(f)",
                "the wording on certification",
            ),
            Rule("If we have them and they are public, you may look at them, or we make copies for you."),
            Rule(
                "If we keep the data electronically, you may have them electronically where that can reasonably be "
                "done.",
                "Minn. Stat. 13.03 subd. 3(e)",
            ),
            Rule(
                "If data are ready, we tell you so. If you do not look at them or collect them within five business "
                "days, we may put off further work on your request until you do.",
                "Minn. Stat. 13.03 subd. 3(g), since 2025",
            ),
            Rule(
                "We need not create data that we do not have, nor answer questions that ask for no data.",
                doubt="what this rests on",
            ),
        )
    )


def _summary_data() -> Iterator[Block]:
    yield Heading("Summary data")
    yield Rule(
        "Summary data are statistics from which everything was taken that tells who somebody is.",
        "Minn. Stat. 13.02 subd. 19",
    )
    yield Rule(
        "Asked for summary data, we answer within ten business days: with the data, or with when they will be ready "
        "and what preparing them costs.",
        "Minn. Stat. 13.05 subd. 7; Minn. Rules 1205.0700",
    )


def _costs(facts: PolicyFacts) -> Iterator[Block]:
    cents = facts.details.get(COPY_CENTS, "")
    too_much = f"the law allows no more than {_MOST_CENTS} cents" if cents and int(cents) > _MOST_CENTS else ""
    yield Heading("What copies cost")
    yield Rule(
        f"For {_LARGE} or fewer black-and-white copies on paper of letter or legal size: "
        f"{facts.said(COPY_CENTS)} cents for each side that is printed. Nothing is added for postage or work.",
        "Minn. Stat. 13.03 subd. 3",
        too_much,
    )
    yield Rule(
        "For all other copies: the actual cost of searching for the data, retrieving them, and copying or sending "
        f"them, with the time that employees need for it. {facts.said('copy_other')}",
        "Minn. Stat. 13.03 subd. 3",
    )
    yield Rule("Separating public data from data that are not public costs you nothing.", "Minn. Stat. 13.03 subd. 3")
    yield Rule(
        f"A request is not divided so that it stays at {_LARGE} pages.",
        doubt="seen in a guide of 2005 only; whether it still holds, and what it rests on",
    )
    yield Rule(f"Nothing is charged: {facts.said('copy_waiver')}.")
