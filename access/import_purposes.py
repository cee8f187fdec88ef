"""Import which purposes are meant by what people type as their reason, source by source."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from sqlmodel import col, select

from access.import_rows import AccessImporter
from access.models import LoginForm
from access.purpose_map import PurposeMatch
from access.rules import described_purposes, normal_purpose
from access.stated import PURPOSES, TEMPORARY_DUTIES, WORK_ACCESS, StatedPurpose
from config.recorded import current
from config.spellings import Spellings
from config.tables.facts import StatedTables
from config.tables.kind import OurColumn, Row, RowRefused
from config.tables.options import Option
from config.texts import compare_form, listed, shortened

_WILDCARDS = set("*?[")
_SOURCES_NAMED = 10


class PurposeImporter(AccessImporter):
    """Reads `source, typed, match?, purpose`; `typed` is a whole text where no match is given."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("source", needed=True, also=("log source",)),
        OurColumn("typed", needed=True, also=("typed purpose", "reason", "typed reason", "text")),
        OurColumn("match", also=("match type",)),
        OurColumn("purpose", needed=True, also=("means", "meaning", "described purpose")),
    )
    tables: ClassVar[StatedTables] = (PURPOSES,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedPurpose]:
        """Read what one text, or what fits one pattern, means."""
        typed, match = row.text("typed"), _match(row)
        if not compare_form(typed):
            raise RowRefused("typed", "holds nothing that can be seen; a missing reason means no purpose")
        if match == PurposeMatch.TEXT and _WILDCARDS & set(typed):
            self.notice(row, "*, ? and [ stand for themselves where match is text")
        return [StatedPurpose(self._source(row), typed, match, self._purpose(row))]

    def _source(self, row: Row) -> str:
        found = self._sources.find(row.text("source"))
        if found is None:
            names = listed(sorted(self._source_names), _SOURCES_NAMED)
            known = f"the sources are {names}" if names else "there is none yet"
            raise RowRefused("source", f"names no source of access logs; {known}")
        return found

    def _purpose(self, row: Row) -> str:
        purpose = row.text("purpose")
        form = normal_purpose(purpose)
        if not form or form == "*" or ";" in form:
            raise RowRefused("purpose", "is no single purpose; give one, as work access lists it")
        if form not in self._described:
            self.notice(row, f'no work access or temporary duty lists the purpose "{shortened(purpose)}"')
        return purpose

    @cached_property
    def _source_names(self) -> Sequence[str]:
        # each source says how its logins compare
        return self._session.scalars(select(col(LoginForm.source)).where(current(LoginForm))).all()

    @cached_property
    def _sources(self) -> Spellings:
        return Spellings(self._source_names)

    @cached_property
    def _described(self) -> frozenset[str]:
        access, duties = self.current(WORK_ACCESS).facts, self.current(TEMPORARY_DUTIES).facts
        return described_purposes([*(fact.purposes for fact in access), *(fact.purposes for fact in duties)])


def _match(row: Row) -> PurposeMatch:
    word = compare_form(row.text("match")) or PurposeMatch.TEXT
    if word not in set(PurposeMatch):
        raise RowRefused("match", f"is no way to match; expected one of {', '.join(PurposeMatch)}")
    return PurposeMatch(word)
