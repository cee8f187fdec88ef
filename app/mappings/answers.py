"""An answer to a name that maps to nothing, recorded by the use case of its kind and said back."""

from pydantic import BaseModel

from app.logs.source_version import source_version
from audit.logs.map_word import WordAnswer, WordKind, map_word
from audit.logs.sources import find_source
from audit.map_account import AccountAnswer, map_account
from audit.map_pattern import PatternAnswer, map_pattern
from config.errors import InvalidFields, NotFound
from config.tables.receipt import Receipt
from config.work import Installation, Work


class AnsweredMapping(BaseModel):
    """An answer, whatever it is to: the fields of the other kinds are empty.

    Args:
        what: accounts, resources, actions or purposes.
        name: The name as the logs have it.
        kind: Of an account.
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


class MappingSaid(BaseModel):
    """What came of an answer, in sentences."""

    said: str


def answer_mapping(installation: Installation, work: Work, asked: AnsweredMapping, *, by: str) -> MappingSaid:
    """Record an answer.

    Raises:
        InvalidFields: A field cannot be taken.
        NotFound: There is no such source, or no such kind of names.
    """
    source = find_source(work.session, asked.source)
    if asked.what == "accounts":
        account = AccountAnswer(source.system, asked.name, asked.kind, asked.employee_id, asked.start, asked.end)
        return _receipt(map_account(installation, work, account, by=by), asked.name)
    if asked.what == "resources":
        pattern = PatternAnswer(source.system, asked.pattern, asked.series, is_new=True)
        return _receipt(map_pattern(installation, work, pattern, by=by), asked.pattern.strip())
    if asked.what not in set(WordKind):
        raise NotFound(f'There are no names of the kind "{asked.what}"; there are accounts, resources and {_WORDS}.')
    if asked.version != source_version(work.session, source).strip('"'):
        said = f"{source.recorded_by} changed the source meanwhile. What you typed is still here; send it again."
        raise InvalidFields({"meaning": said})
    word = WordAnswer(asked.source, WordKind(asked.what), asked.name, asked.meaning)
    map_word(work.session, word, now=work.now, by=by)
    return MappingSaid(said=f'"{asked.name}" means {asked.meaning.strip()} from now on. {_ANEW}')


_WORDS = " and ".join(WordKind)
_ANEW = "Logs that were imported stay as they were read; import the same files again to read them anew."


def _receipt(receipt: Receipt, name: str) -> MappingSaid:
    if receipt.number is None:
        return MappingSaid(said=f'"{name}" was answered just so already.')
    said = f'"{name}" is answered: import {receipt.number}, which can be taken back. The next audit decides by it.'
    return MappingSaid(said=" ".join((said, *receipt.notices)))
