"""A profile as SQL: from the places in a log's records to the fields of canonical events."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from access.rules import UNMAPPED_ACTION
from audit.logs.blanks import trimmed_sql
from audit.logs.profiles.doubled_keys import doubled_key_sql
from audit.logs.profiles.language import Canonical, Condition, FieldAt, FieldSpec, Profile
from audit.logs.profiles.steps import Step, Steps
from config.bulk import text_sql
from config.texts import compare_form

# What a record is in a use of something.
BEGINS, ENDS = "begins", "ends"
_PART = "\x1f"
_WILDCARDS = set("*?[")


class EventSql:
    """The expressions that turn a record into an event; each is text, empty where the record has nothing there.

    They are about the columns of `relation`, which has all that were asked for when it is asked itself.

    Conditions are compared by the macro `compare_form` (`config/compare_sql.py`).

    Args:
        columns: Place in a record, as the profile names it -> SQL of its text.
        is_checked: Records in which a key stands twice where one of a list is looked for are known already.
        is_bare: No text of a column has white space around it.
    """

    def __init__(
        self, profile: Profile, columns: Mapping[str, str], *, is_checked: bool = False, is_bare: bool = False
    ) -> None:
        self._profile = profile
        self._columns = columns
        self._is_checked = is_checked
        self._is_bare = is_bare
        self._steps = Steps()

    def relation(self, of: str, carried: Sequence[str]) -> str:
        """Give the SQL of a relation with the columns of which the expressions speak that were asked for so far.

        Args:
            carried: What it is to have besides, of its own.
        """
        return self._steps.relation(of, carried)

    def field(self, name: Canonical) -> str:
        """Give the SQL of a canonical field's text, as the log has it."""
        spec = self._profile.fields.get(name)
        return self._first(spec) if spec else "''"

    def action(self, folded: str) -> str:
        """Give the SQL of the canonical action for that of a raw one's compare form; what is not mapped is `other`."""
        whens = " ".join(
            f"WHEN {_among(folded, values)} THEN '{action}'"
            for action, values in self._profile.actions.items()
            if values and action != UNMAPPED_ACTION
        )
        return f"CASE {whens} ELSE '{UNMAPPED_ACTION}' END" if whens else f"'{UNMAPPED_ACTION}'"

    def purpose(self, raw: str, folded: str) -> str:
        """Give the SQL of the purpose: the described one that its compare form means to the profile, else as given."""
        whens = " ".join(
            f"WHEN {_among(folded, spellings)} THEN {text_sql(purpose)}"
            for purpose, spellings in self._profile.purposes.items()
            if spellings
        )
        return f"CASE {whens} ELSE {raw} END" if whens else raw

    def passed_over(self) -> str:
        """Give the SQL of whether the record is no access by the profile's conditions."""
        records = self._profile.records
        tests = [f"NOT {self._meets(one)}" for one in records.only] + [self._meets(one) for one in records.without]
        if records.join:
            tests += [self._meets_all(records.join.begins), self._meets_all(records.join.ends)]
        return f"({' OR '.join(tests)})" if tests else "false"

    def join_role(self) -> str:
        """Give the SQL of what the record is in a use of something: its beginning, its end, or neither; see `Join`."""
        join = self._profile.records.join
        if join is None:
            return "NULL::VARCHAR"
        begins, ends = self._meets_all(join.begins), self._meets_all(join.ends)
        return f"CASE WHEN {begins} THEN '{BEGINS}' WHEN {ends} THEN '{ENDS}' END"

    def noticed(self) -> str:
        """Give the SQL of which notice of the profile a record makes, counted from 0; NULL where it makes none."""
        notices = enumerate(self._profile.records.notices)
        whens = " ".join(f"WHEN {self._meets_all(one.when)} THEN {number}" for number, one in notices)
        return f"CASE {whens} END" if whens else "NULL::INTEGER"

    def join_key(self) -> str:
        """Give the SQL of the key of that use; empty where the record has none."""
        join = self._profile.records.join
        return f"coalesce({self._joined(FieldAt(join=join.by, by=_PART))}, '')" if join else "''"

    def fault(self) -> str:
        """Give the SQL of why a cell that holds JSON cannot be read; NULL where each can."""
        asked = defaultdict[str, list[FieldAt]](list)
        for at in self._profile.cells_with_json():
            if at.field in self._columns:
                asked[at.field].append(at)
        faults = [self._fault_of(field, places) for field, places in asked.items()]
        return f"coalesce({', '.join([*faults, 'NULL::VARCHAR'])})"

    def _fault_of(self, field: str, asked: Sequence[FieldAt]) -> str:
        """Give the fault of a cell: it is no JSON, no object (or list) that can have what is asked for, or says two."""
        place = self._cell(field)
        in_lists = any(at.where is not None for at in asked)
        paths = list(dict.fromkeys(at.path for at in asked if at.where is None))
        searched = list(dict.fromkeys(at.path for at in asked if at.pattern and at.where is None))
        kinds = _listed(["NULL", *sorted(set(map(_kind_of, paths)) | ({"ARRAY", "OBJECT"} if in_lists else set()))])
        if in_lists and not self._is_checked:
            paths, searched = [*paths, "$"], [*searched, "$"]
        return (
            f"CASE WHEN {place} IS NULL THEN NULL "
            f"WHEN NOT json_valid({place}) THEN {text_sql(f'holds in {field} what is no whole JSON')} "
            f"WHEN json_type({place}) NOT IN ({kinds}) THEN {text_sql(f'holds in {field} JSON, but no object')} "
            f"ELSE {doubled_key_sql(place, paths, searched) if paths else 'NULL'} END"
        )

    def _meets_all(self, conditions: Iterable[Condition]) -> str:
        return f"({' AND '.join(map(self._meets, conditions))})"

    def _meets(self, condition: Condition) -> str:
        given = self._steps.column(Step.GIVEN, self._first(condition.field))
        return f"({_among(self._steps.column(Step.FOLDED, f'compare_form({given})'), condition.among)})"

    def _first(self, spec: FieldSpec) -> str:
        """Give the SQL of the text at the first place that has one, empty where none has."""
        found = [self._place(one) for one in spec]
        return f"coalesce({', '.join(found)}, '')" if set(found) != {"NULL"} else "''"

    def _place(self, at: FieldAt) -> str:
        """Give the SQL of the text at a place, NULL where there is nothing."""
        if at.text:
            return text_sql(at.text)
        if at.join:
            return self._joined(at)
        if at.field not in self._columns:
            return "NULL"
        cell = place = self._cell(at.field)
        if at.where is not None:
            place = self._steps.column(Step.PICKED, _first_where(place, at.where))
        if at.path:
            json = f"CASE WHEN json_valid({place}) THEN {place} END"
            text = f"replace(json_extract_string({json}, {text_sql(at.path)}), chr(0), chr(65533))"
            place = self._steps.column(Step.AT_PATH, trimmed_sql(text))
        if at.pattern:
            text = f"regexp_extract({place}, {text_sql(at.pattern)}, {1 if has_group(at.pattern) else 0})"
            place = self._steps.column(Step.MATCHED, trimmed_sql(text))
        return cell if place == cell else self._steps.column(Step.DERIVED, self._or_nothing(place))

    def _cell(self, field: str) -> str:
        place = self._steps.column(Step.PLACE, self._columns[field])
        trimmed = place if self._is_bare else self._steps.column(Step.TRIMMED, trimmed_sql(place))
        return self._steps.column(Step.CELL, self._or_nothing(trimmed))

    def _or_nothing(self, column: str) -> str:
        """Give the SQL of a column's text, NULL where it is empty or stands for nothing."""
        return f"CASE WHEN {column} NOT IN ({_listed(['', *self._profile.empty])}) THEN {column} END"

    def _joined(self, at: FieldAt) -> str:
        """Give the SQL of several texts as one, NULL where one of them is not there."""
        parts = [f"coalesce({', '.join(map(self._place, spec))})" for spec in at.join]
        return f"({f' || {text_sql(at.by)} || '.join(parts)})"


def _kind_of(path: str) -> str:
    return "ARRAY" if path.startswith("$[") else "OBJECT"


def _first_where(place: str, where: Mapping[str, Sequence[str]]) -> str:
    """Give the SQL of the first JSON object of a list, or the one there, that has some texts at some paths."""
    texts = {
        path: f"compare_form(coalesce(json_extract_string(one, {text_sql(json_path(path))}), ''))" for path in where
    }
    tests = " AND ".join(f"({_among(text, where[path])})" for path, text in texts.items()) or "true"
    whole = f"CASE WHEN json_valid({place}) THEN {place}::JSON END"
    listed = f"CASE json_type({whole}) WHEN 'ARRAY' THEN json_extract({whole}, '$[*]') ELSE [{whole}] END"
    return f"list_filter({listed}, lambda one: {tests})[1]::VARCHAR"


def json_path(place: str) -> str:
    """Give the JSON path of dotted keys; one that is written as a path already stays."""
    if place.startswith("$"):
        return place
    return "$" + "".join(f".{json.dumps(key, ensure_ascii=False)}" for key in place.split("."))


def _among(spoken: str, values: Iterable[str]) -> str:
    folded = [compare_form(value) for value in values]
    plain = [value for value in folded if not _WILDCARDS & set(value)]
    tests = [f"{spoken} IN ({_listed(plain)})"] if plain else []
    tests += [f"{spoken} GLOB {text_sql(value)}" for value in folded if _WILDCARDS & set(value)]
    return " OR ".join(tests)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(map(text_sql, values))


def has_group(pattern: str) -> bool:
    """Say whether a regular expression has a group, which then is what it looks for."""
    return re.search(r"(?<!\\)\((?!\?)|\(\?P?<(?![=!])", pattern) is not None
