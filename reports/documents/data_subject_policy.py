"""The policy for data subjects (Minn. Stat. 13.025 subd. 3), drafted from what is on record."""

from collections.abc import Iterator

from inventory.entity_details import DETAILS
from inventory.rules import Classification
from reports.documents.document import Block, Document, Heading, Listing, Rule, Table
from reports.documents.policy_facts import PolicyFacts, contacts, renewal

TITLE = "Data about you: your rights, and how to use them"
# what each class of data on individuals means for whom they are about
_CLASSES = {
    Classification.PUBLIC: "Anybody may see them.",
    Classification.PRIVATE: "You may see them; so may employees whose work assignment reasonably requires it, and "
    "those whom a law or you let see them.",
    Classification.CONFIDENTIAL: "You may not see them; employees whose work assignment reasonably requires it may, "
    "and those whom a law lets see them.",
}
_IDENTITY = ("identity_adult", "identity_minor", "identity_parent", "identity_guardian", "identity_remote")


def data_subject_policy(facts: PolicyFacts) -> Document:
    """Draft the policy."""
    blocks = [*_what(facts), *_access(), *_protection(), *_challenge(), *_minors(), *_requests(facts), *_costs(facts)]
    return Document(TITLE, facts.entity.name, facts.about, [*blocks, *contacts(facts), *renewal(facts, "subd. 3")])


def _what(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("Data about you")
    yield Rule(
        "You are the subject of data if they tell who you are. Where your name appears only incidentally, and the data "
        "are not found by it, you are not.",
        "Minn. Stat. 13.02 subd. 5",
    )
    yield Rule("Data about you have one of three classes. Each is given by a law, not by us.", "Minn. Stat. 13.02")
    yield Table(
        ("Class", "Who may see them", "From our inventory"),
        [(name.capitalize(), words, facts.examples(name)) for name, words in _CLASSES.items()],
    )


def _access() -> Iterator[Block]:
    yield Heading("Seeing data about you")
    yield Listing(
        (
            Rule(
                "Asked by you, we say whether we hold data about you, and how they are classed.",
                "Minn. Stat. 13.04 subd. 3",
            ),
            Rule("Looking at public and private data about you costs nothing.", "Minn. Stat. 13.04 subd. 3"),
            Rule(
                "Confidential data about you we may not show you; whether there are any, we tell you.",
                "Minn. Rules 1205.0600",
            ),
            Rule(
                "We answer at once where that is possible, and otherwise within ten days, Saturdays, Sundays and legal "
                "holidays not counted. There is no longer time for large requests.",
                "Minn. Stat. 13.04 subd. 3",
                "the statute's wording; on large requests see advisory opinion 18-005",
            ),
            Rule(
                "Once we have shown data to you and explained them, we need not show them again for six months, unless "
                "there is a dispute about them or there are new ones.",
                "Minn. Stat. 13.04 subd. 3",
            ),
        )
    )


def _protection() -> Iterator[Block]:
    yield Heading("When we ask you for data, and what we do with them")
    yield Rule(
        "When we ask you for private or confidential data about yourself, we first tell you: what they are for and "
        "how we mean to use them; whether you may refuse or must supply them; what follows if you supply them; what "
        "follows if you refuse; and who else may receive them.",
        "Minn. Stat. 13.04 subd. 2",
    )
    yield Rule(
        "We use and share them only as we told you then, unless a new law or the commissioner of administration allows "
        "more, or you consent.",
        "Minn. Stat. 13.05 subd. 4",
        "seen in a text of 2006",
    )
    yield Rule(
        "Your consent is in writing, given without pressure by somebody able to understand it, after its consequences "
        "were explained.",
        "Minn. Rules 1205.1400",
    )
    yield Rule(
        "Only employees whose work assignment reasonably requires it may see data about you that are not public, and "
        "only for the purposes that our procedures describe.",
        "Minn. Stat. 13.05 subd. 5",
    )
    yield Rule(
        "If private or confidential data about you are acquired in a breach of their security, we tell you in writing "
        "without unreasonable delay, and how to obtain the report about it.",
        "Minn. Stat. 13.055 subd. 2",
    )


def _challenge() -> Iterator[Block]:
    yield Heading("If data about you are wrong")
    yield Rule(
        "You may challenge in writing that public or private data about you are accurate and complete.",
        "Minn. Stat. 13.04 subd. 4",
    )
    yield Rule(
        "Within 30 days we correct them, and try to tell those who received them before; or we tell you that we hold "
        "them to be right, and of your right to appeal.",
        "Minn. Stat. 13.04 subd. 4",
    )
    yield Rule(
        "You may appeal to the commissioner of administration, within 60 days if we told you of that right in writing, "
        "and otherwise within 180 days.",
        "Minn. Stat. 13.04 subd. 4; Minn. Rules 1205.1600",
    )
    yield Rule(
        "While data are in dispute, we give them out only with your statement of disagreement.",
        "Minn. Stat. 13.04 subd. 4",
        "not seen in the statute's own text",
    )


def _minors() -> Iterator[Block]:
    yield Heading("Minors, and people who have a guardian")
    yield Rule(
        "A parent or guardian may use these rights for a minor, and a guardian for an incapacitated person.",
        "Minn. Stat. 13.02 subd. 8",
    )
    yield Rule(
        "A minor may ask us to keep private data from a parent. The responsible authority withholds them where that is "
        "in the minor's best interest. This does not apply to educational data.",
        "Minn. Stat. 13.02 subd. 8",
        "seen in texts of 2007 and 2015",
    )


def _requests(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("How to ask, and how you show who you are")
    yield Rule(
        "Ask the responsible authority, or the designee who answers for the data; they are named below. "
        f"How a request can be made: {facts.said('request_ways')}. Say that it is about you, or about whom you act for."
    )
    yield Table(
        ("Standard", "What we ask for"),
        [(DETAILS[name].label, facts.said(name)) for name in _IDENTITY],
    )
    yield Rule("We note what was shown and who saw it, and keep no copy of it.")


def _costs(facts: PolicyFacts) -> Iterator[Block]:
    yield Heading("What copies cost")
    yield Rule(
        "You pay the actual cost of making copies, and nothing for searching, retrieving, or for separating data that "
        f"you may not see. {facts.said('subject_copies')}",
        "Minn. Stat. 13.04 subd. 3",
    )
