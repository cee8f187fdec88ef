"""Tells what a field's texts are: told, or masked, withheld, not exported, blank, placeholders, or always the same."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from config.bulk import text_sql
from config.texts import counted, shortened

MASKED, STATUTE, WITHHELD, NOT_EXPORTED = "masked", "a statute's number", "withheld", "not exported"
BLANK, PLACEHOLDER = "blank", "placeholder"
# In the order in which they are asked; each must be the whole text.
_SIGNS = {
    MASKED: r"[*•●xX#█]{2,}|[*•●█]+|.{0,6}\*{3,}.{0,40}"
    r"|[\[(<{]?(redacted|masked|hidden|removed|anonymi[sz]ed|obfuscated)[\])>}]?",
    STATUTE: r"(redacted|withheld|exempt|protected)?\W*(by|under|per|pursuant to)?\W*"
    r"(minn\.? ?stat\.?|m\.s\.|ors|rcw|usc|"
    r"§+|sec(tion|\.)|stat(ute|\.))[\s\d.§()a-z,:-]*\d[\s\d.()a-z,:-]*|\d+[a-z]?\.\d+,? subd(ivision|\.) ?\d.*",
    WITHHELD: r"[\[(<{]?((data|information|value)? ?(was |is )?withheld.*"
    r"|confidential|exempt.*|private|not public|nonpublic"
    r"|restricted|access denied)[\])>}]?",
    NOT_EXPORTED: r"[\[(<{]?(not (exported|included|available|provided|recorded|captured|logged|collected)|unavailable"
    r"|omitted|truncated|suppressed).{0,20}",
    PLACEHOLDER: r"n/?a|n\.a\.|none|null|nil|undefined|unknown|unspecified|tbd|tba|test(ing)?|asdf.*|x|\.+|-+|_+|\?+"
    r"|\(?(empty|blank|none|no (value|data|reason))\)?|0|0?0{2,}|0{8}-0{4}-0{4}-0{4}-0{12}",
}
_COMPILED = {name: re.compile(sign, re.IGNORECASE) for name, sign in _SIGNS.items()}
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_MOST_EXAMPLES, _LONGEST_EXAMPLE, _LONGEST_CONSTANT = 3, 14, 40


def kind_of_text(text: str) -> str:
    """Say what a text is that tells nothing, empty where it tells something."""
    bare = text.strip()
    if not bare:
        return BLANK
    return next((name for name, sign in _COMPILED.items() if sign.fullmatch(bare)), "")


def kind_sql(text: str) -> str:
    """Give the SQL of the same of a text without white space around it, given its SQL; an empty text tells nothing."""
    whens = " ".join(
        f"WHEN regexp_full_match({text}, {text_sql(sign)}, 'i') THEN {text_sql(name)}" for name, sign in _SIGNS.items()
    )
    return f"CASE WHEN {text} = '' THEN {text_sql(BLANK)} {whens} ELSE '' END"


def say_texts(texts: Sequence[str], *, are_quoted: bool = True) -> str:
    """Say in one line what the texts of a field are.

    Args:
        are_quoted: Some of those that tell something are quoted; of data subjects none is.
    """
    counts = Counter(text.strip() for text in texts)
    if not texts:
        return "no record was read"
    kinds = {text: kind_of_text(text) for text in counts}
    told = [text for text, kind in kinds.items() if not kind]
    if all(_NUMBER.fullmatch(text) for text in told) and told:  # among numbers, 0 is one
        kinds = {text: "" if _NUMBER.fullmatch(text) else kind for text, kind in kinds.items()}
        told = [text for text, kind in kinds.items() if not kind]
    parts = list(_say_kinds(counts, kinds, len(texts)))
    if len(counts) == 1 and len(texts) > 1 and "" not in counts:
        (only,) = counts
        quoted = f': "{shortened(only, _LONGEST_CONSTANT)}"' if are_quoted or kinds[only] else ""
        value = f"constant{quoted} in all {len(texts):,}"
        return f"{value}, {kinds[only]}" if kinds[only] else value
    if told:
        parts.append(_say_told(told, "else always " if parts else "") if are_quoted else counted(len(told), "text"))
    return "; ".join(parts)


def _say_kinds(counts: Counter[str], kinds: dict[str, str], records: int) -> Iterator[str]:
    for name in (MASKED, STATUTE, WITHHELD, NOT_EXPORTED, BLANK, PLACEHOLDER):
        of_kind = Counter({text: count for text, count in counts.items() if kinds[text] == name})
        if count := of_kind.total():
            shown = ", ".join(shortened(text, _LONGEST_EXAMPLE) for text, _ in of_kind.most_common(_MOST_EXAMPLES))
            examples = f" ({shown})" if name != BLANK else ""
            of = f"all {records:,}" if count == records else f"{count:,} of {records:,}"
            yield f"{name}{examples} in {of}"


def _say_told(told: Sequence[str], above_one: str) -> str:
    if len(told) == 1:
        return f'{above_one}"{shortened(told[0], _LONGEST_CONSTANT)}"'
    return f"{counted(len(told), 'text')}, such as {shortened(told[0], 30)}"
