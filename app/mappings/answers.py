"""An answer to a name that maps to nothing, recorded by the use case of its kind and said back."""

from pydantic import BaseModel

from access.purpose_map import PurposeMatch
from app.logs.source_version import source_version
from app.people.own_matter import refuse_own_source
from app.people.own_record import refuse_own
from audit.logs.find_source import find_source
from audit.logs.map_action import ActionAnswer, map_action
from audit.map_account import AccountAnswer, map_account
from audit.map_pattern import PatternAnswer, map_pattern
from audit.map_purpose import PurposeAnswer, map_purposes_of
from audit.personal_texts import MASK
from config.errors import InvalidFields, NotFound
from config.tables.receipt import Receipt
from config.web.signed_in import SignedIn
from config.work import Installation, Work


class AnsweredMapping(BaseModel):
    """An answer, whatever it is to: the fields of the other kinds are empty.

    Args:
        what: accounts, resources, actions or purposes.
        name: The name as the logs have it.
        kind: Of an account.
        pattern: Of resources; or of purposes, where all is meant that fits it.
        version: Of the source whose profile is corrected.
    """

    source: str
    what: str
    name: str
    kind: str
    employee_id: str
    start: str
    end: str
    pattern: str
    series: str
    meaning: str
    version: str


class AcceptedPurposes(BaseModel):
    """What was suggested for some texts of a source, and is accepted.

    Args:
        accepted: Each text with the purpose that it means.
    """

    source: str
    accepted: list[tuple[str, str]]


class MappingSaid(BaseModel):
    """What came of an answer, in sentences."""

    said: str


def answer_mapping(installation: Installation, work: Work, official: SignedIn, asked: AnsweredMapping) -> MappingSaid:
    """Record an answer of an official's.

    Raises:
        NotPermitted: The account would be theirs, or findings about them rest on the source's logs.
        InvalidFields: A field cannot be taken.
        NotFound: There is no such source, or no such kind of names.
    """
    source, by = find_source(work.session, asked.source), official.login
    if asked.what == "accounts":
        account = AccountAnswer(source.system, asked.name, asked.kind, asked.employee_id, asked.start, asked.end)
        receipt = map_account(installation, work, account, by=by)
        refuse_own(work, official)
        return _receipt(receipt, asked.name)
    refuse_own_source(work, official, source.name)
    if asked.what == "resources":
        pattern = PatternAnswer(source.system, asked.pattern, asked.series, is_new=True)
        return _receipt(map_pattern(installation, work, pattern, by=by), asked.pattern.strip())
    if asked.what == "purposes":
        match = PurposeMatch.PATTERN if asked.pattern.strip() else PurposeMatch.TEXT
        typed = asked.pattern if asked.pattern.strip() else asked.name
        _refuse_masked("pattern" if asked.pattern.strip() else "name", typed)
        purpose = PurposeAnswer(typed, asked.meaning, match, is_new=True)
        return _receipt(map_purposes_of(installation, work, asked.source, [purpose], by=by), typed.strip())
    if asked.what != "actions":
        raise NotFound(
            f'There are no names of the kind "{asked.what}"; there are accounts, resources, actions and purposes.'
        )
    if asked.version != source_version(work.session, source).strip('"'):
        said = f"{source.recorded_by} changed the source meanwhile. What you typed is still here; send it again."
        raise InvalidFields({"meaning": said})
    map_action(work.session, ActionAnswer(asked.source, asked.name, asked.meaning), now=work.now, by=by)
    return MappingSaid(said=f'"{asked.name}" means {asked.meaning.strip()} from now on. {_ANEW}')


def accept_purposes(installation: Installation, work: Work, official: SignedIn, asked: AcceptedPurposes) -> MappingSaid:
    """Record what was suggested and an official accepts, all as one import.

    Raises:
        NotPermitted: Findings about them rest on the source's logs.
        InvalidFields: Nothing was chosen, or a purpose cannot be taken.
        NotFound: There is no such source.
    """
    if not asked.accepted:
        raise InvalidFields({"accepted": "Choose one suggestion at least."})
    for typed, _ in asked.accepted:
        _refuse_masked("accepted", typed)
    answers = [PurposeAnswer(typed, purpose, is_new=True) for typed, purpose in asked.accepted]
    refuse_own_source(work, official, find_source(work.session, asked.source).name)
    receipt = map_purposes_of(installation, work, asked.source, answers, by=official.login)
    return _receipt(receipt, '", "'.join(typed for typed, _ in asked.accepted))


def _refuse_masked(field: str, typed: str) -> None:
    if MASK in typed:
        said = f'No log has the text "{typed}": it is masked. State a purpose to see it, and answer what stands there.'
        raise InvalidFields({field: said})


_ANEW = "Logs that were imported stay as they were read; import the same files again to read them anew."


def _receipt(receipt: Receipt, name: str) -> MappingSaid:
    if receipt.number is None:
        return MappingSaid(said=f'"{name}" was answered just so already.')
    said = f'"{name}" is answered: import {receipt.number}, which can be taken back. The next audit decides by it.'
    return MappingSaid(said=" ".join((said, *receipt.notices)))
