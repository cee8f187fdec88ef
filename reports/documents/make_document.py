"""Make a document from what is on record now."""

from collections.abc import Callable, Mapping

from access.load_facts import load_facts
from config.clock import microseconds
from config.errors import NotFound
from config.work import Work
from inventory.entity_details import entity_details
from inventory.queries import all_series, the_entity
from reports.documents import data_subject_policy, position_descriptions, public_access_policy, security_policy
from reports.documents.document import Document
from reports.documents.policy_facts import PolicyFacts
from reports.inventory_report import OFFICES
from reports.inventory_versions.draft import held_by_titles
from reports.inventory_versions.versions import list_versions, say_version
from reports.people import People
from reports.queries import officers_at

DOCUMENTS: Mapping[str, tuple[str, Callable[[PolicyFacts], Document]]] = {
    "public-access": (public_access_policy.TITLE, public_access_policy.public_access_policy),
    "data-subjects": (data_subject_policy.TITLE, data_subject_policy.data_subject_policy),
    "security": (security_policy.TITLE, security_policy.security_policy),
    "position-descriptions": (position_descriptions.TITLE, position_descriptions.position_descriptions),
}


def make_document(work: Work, name: str) -> Document:
    """Draft a document.

    Raises:
        NotFound: There is none of that name, or no entity yet.
    """
    if name not in DOCUMENTS:
        raise NotFound(f'There is no document "{name[:80]}"; the documents are {", ".join(DOCUMENTS)}.')
    _, draft = DOCUMENTS[name]
    return draft(_facts(work))


def _facts(work: Work) -> PolicyFacts:
    facts = load_facts(work.session, at=work.now, graces=work.settings.graces())
    officers, people = officers_at(work.session, work.clock, at=work.now), People(facts)
    instant, versions = microseconds(work.clock), list_versions(work.session)
    return PolicyFacts(
        the_entity(work.session, work.now),
        entity_details(work.session, work.now),
        all_series(work.session, work.now),
        facts,
        {title: held_by_titles(officers.get(office, ()), people, instant) for office, title in OFFICES.items()},
        say_version(versions[0], work.zone) if versions else "",
        work.clock,
    )
