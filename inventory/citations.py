"""The laws that an inventory cites: read with tolerance from a cell, written in one way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

STATUTES = "Minn. Stat."
RULES = "Minn. R."
ONWARDS = "et seq."


@dataclass(frozen=True)
class Citation:
    """One cited law; as text `Minn. Stat. 13.43 subd. 2`, `Minn. R. 1205.0300`, `42 CFR part 2`, `20 U.S.C. 1232g`.

    Args:
        law: The body of law: `Minn. Stat.`, `Minn. R.`, `20 U.S.C.` or `42 CFR`.
        section: Within that law: `13.43`, `ch. 13` for a whole chapter, `1205.0300`, `1232g`, `part 2`.
        subdivision: Within the section: `2`, `1(a)`, `2 to 4`, or `(b)` where only a paragraph is cited; of a part
            of the CFR, its section. Empty for the whole section.
        last_section: Where a range of sections is cited, its last, or `et seq.`.
    """

    law: str
    section: str
    subdivision: str = ""
    last_section: str = ""

    @property
    def section_key(self) -> str:
        """The cited section without subdivision or range: what a catalogue files it under."""
        return f"{self.law} {self.section}"

    def __str__(self) -> str:
        sections = self.section_key
        if self.last_section:
            sections += f" {ONWARDS}" if self.last_section == ONWARDS else f" to {self.last_section}"
        if not self.subdivision or self.subdivision.startswith("("):
            return sections + self.subdivision
        if self.section.startswith("part "):
            return f"{self.law} {self.subdivision}"
        return f"{sections} {'subp.' if self.law == RULES else 'subd.'} {self.subdivision}"

    def includes_section_of(self, other: "Citation") -> bool:
        """Say whether the other's section is the one cited here, or lies in the range or chapter cited here.

        A range written `et seq.` is known to include its first section, no more.
        """
        if self.law != other.law:
            return False
        if self.section.startswith("ch. "):
            return self.section in (other.section, f"ch. {other.section.partition('.')[0]}")
        if self.last_section and self.last_section != ONWARDS:
            return _order(self.section) <= _order(other.section) <= _order(self.last_section)
        return self.section == other.section


@dataclass(frozen=True)
class ReadCitations:
    """What a citation cell says: the laws, distinct and in order, and the parts that cannot be read, as written."""

    citations: tuple[Citation, ...] = ()
    unreadable: tuple[str, ...] = ()


def read_citations(text: str) -> ReadCitations:
    """Read every law that a cell cites; words that cite nothing are reported.

    A number without the name of a law is a section of Minnesota Statutes when it looks like 13.43, and of Minnesota
    Rules when it looks like 1205.0300, which no statute does; within other words it is not taken for a citation.
    A note in brackets right after a citation is passed over when it has no number but a year.
    """
    text = _BLANKS.sub(" ", text)
    citations: list[Citation] = []
    unreadable: list[str] = []
    read_until = 0
    for found in _CITATION.finditer(text):
        before = text[read_until : found.start()]
        cited = () if _is_bare(found) and _belongs_elsewhere(before, citations) else _citations_in(found)
        if cited:
            unreadable += _words_in(before)
            citations += cited
            read_until = found.end()
    unreadable += _words_in(text[read_until:])
    return ReadCitations(tuple(dict.fromkeys(citations)), tuple(dict.fromkeys(unreadable)))


_BLANKS = re.compile(r"[^\S\n\r]+")
_AND = r"\s*(?:,\s*(?:(?:and|or)\b\s*|&\s*)?|&\s*|\b(?:and|or)\b\s*)"
_TO = r"\s*(?:-|\u2013|\bto\b|\bthrough\b)\s*"
_SIGN = r"(?:(?:§{1,2}|sections?\b|secs?\b\.?|parts?\b|pts?\b\.?)\s*){0,2}"
_CHAPTER = r"ch(?:apter\b|\.|\b)\s*"
_MARK = r"\((?:[a-z]{1,2}|[ivx]{1,4}|\d{1,2})\)"  # of a paragraph or clause
_PARAGRAPHS = rf"(?:(?:,?\s*(?:para(?:graph)?\.?|clause|cl\.))?\s*{_MARK})*"
_NOTE = r"(?:\s*\((?:[^()\d]*|(?:19|20)\d\d)\))?"
_END = r"(?!\w|\.\w|%|\s*(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R))"  # the number ends here and is no federal title

_STATUTE_NAME = (
    r"\b(?:Minn(?:esota)?|MN|M)\.?\s?(?:State\s)?S(?:t(?:at(?:ut?e)?s?)?)?\.?(?:\s?A(?:nn)?\.?)?"
    r"|\b(?:State\s)?Stat(?:ut?es?|s?\.)"
)
_STATUTE = r"\d{1,3}[A-Z]{0,2}\.(?:\d{2,4}|\d[A-Z]?-\d{3,4}[A-Z]?)"
_RULE_NAME = r"\b(?:Minn(?:esota)?|MN)\.?\s?R(?:ules?)?\.?"
_RULE = r"\d{4}\.\d{4}"
_SUBDIVISION_WORD = r"(?:subd(?:iv(?:ision)?)?|subp(?:art)?)s?\.?\s*"
_SUBDIVISION = rf"\d{{1,3}}[a-z]?{_PARAGRAPHS}(?:{_TO}\d{{1,3}}[a-z]?)?{_END}"
_FEDERAL_NAME = r"\b\d{1,2}\s?(?:U\.?\s?S\.?\s?C(?:ode)?\.?(?:\s?A\.)?|C\.?\s?F\.?\s?R\.?)"
_FEDERAL = rf"\d{{1,5}}(?:[a-z]{{1,2}}(?:-\d{{1,3}}[a-z]?)?)?{_PARAGRAPHS}{_END}"

_CITATION = re.compile(
    rf"""
    (?: (?P<title>{_FEDERAL_NAME}) [\s.,:]* {_SIGN}
        (?P<federal>(?:{_FEDERAL}|\d{{1,4}}\.\d{{1,4}}[a-z]?{_PARAGRAPHS}{_END}) (?:(?:{_AND}|{_TO}){_FEDERAL})*)
      | (?:(?:(?P<statutes>{_STATUTE_NAME})|(?P<rules>{_RULE_NAME})) [\s.,:]* | (?<![\w.$-])) {_SIGN}
        (?: {_CHAPTER}(?P<chapter>\d{{1,4}}[A-Z]{{0,2}}){_END}
          | (?:{_CHAPTER})?(?P<section>{_RULE}|{_STATUTE}) (?:{_TO}(?P<last>{_RULE}|{_STATUTE}|\.\d{{2,4}}))?
            (?:(?=subd)|{_END}) (?P<paragraphs>{_PARAGRAPHS}) {_NOTE}
            (?:(?:{_AND}|[.:]?\s*){_SUBDIVISION_WORD}
               (?P<subdivisions>{_SUBDIVISION} (?:{_AND}(?:{_SUBDIVISION_WORD})?{_SUBDIVISION})*) )?
        )
    )
    (?(subdivisions)|(?P<onwards>,?\s*(?:et\.?\s*seq\b\.?|and\s+following\b|ff\b\.?))?) {_NOTE}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ITEM = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?[a-z]*(?:(?<=[a-z])-\d{{1,3}}[a-z]?)?)(?P<paragraphs>{_PARAGRAPHS})"
    rf"(?:{_TO}(?P<last>\d+[a-z]*))?",
    re.IGNORECASE,
)

_EDGES = " .*\"'\u2022\u00b7\u2013\u2014-"
_STOP = re.compile(r"[;\n\r]")
_SEPARATOR = re.compile(r"[;\n\r,:&+]|/(?!a\b)|\s[-\u2013\u2014]\s|\b(?:and|or)\b", re.IGNORECASE)
_SAYING_NOTHING = re.compile(r"(?:\b(?:see|also|per|under|pursuant\sto)\b|[\W_])*", re.IGNORECASE)
# These words speak of laws that are not read here: a bare number among them is not guessed to be a statute.
_OTHER_LAW = re.compile(r"\b(?:code|ordinances?|charter|laws|rules?|constitution)\b", re.IGNORECASE)


def _is_bare(found: re.Match[str]) -> bool:
    """Say whether the number stands without the name of a law."""
    return not (found["title"] or found["statutes"] or found["rules"])


def _belongs_elsewhere(before: str, citations: list[Citation]) -> bool:
    """Say whether the words before a bare number make it doubtful that it is a section of Minnesota law."""
    *ended, sentence = _STOP.split(before)
    if _words_in(_SEPARATOR.split(sentence)[-1]) or _OTHER_LAW.search(sentence):
        return True
    # In "45 CFR 164.502, 164.512" the second number is federal; in "45 CFR 164.502, 13.384" it is not.
    return not ended and bool(citations) and citations[-1].law.endswith("CFR")


def _citations_in(found: re.Match[str]) -> list[Citation]:
    """Give what one match cites; nothing where it contradicts itself, such as a rule's number named a statute."""
    onwards = ONWARDS if found["onwards"] else ""
    if found["title"]:
        return _federal_citations(found["title"], found["federal"], onwards)
    number = (found["chapter"] or found["section"]).upper()
    law = RULES if re.match(r"\d{4}", number) else STATUTES
    named_otherwise = found["statutes"] if law == RULES else found["rules"]
    if named_otherwise or (found["chapter"] and _is_bare(found)):
        return []
    last = (found["last"] or "").upper()
    if last.startswith("."):
        last = number.partition(".")[0] + last
    section = f"ch. {number}" if found["chapter"] else number
    whole = Citation(law, section, _paragraphs(found["paragraphs"] or "").lower(), last or onwards)
    return _sound([*_subdivisions(whole, found["subdivisions"])] if found["subdivisions"] else [whole])


def _federal_citations(title: str, numbers: str, onwards: str) -> list[Citation]:
    """Read the numbers after a title of the United States Code, or of the Code of Federal Regulations (CFR)."""
    in_parts = "f" in title.casefold()
    law = re.sub(r"\D.*", " CFR" if in_parts else " U.S.C.", title)
    citations = []
    for item in _ITEM.finditer(numbers):
        number, paragraphs, last = item["number"].lower(), _paragraphs(item["paragraphs"]), item["last"] or onwards
        if in_parts and "." in number:
            citations.append(Citation(law, f"part {number.partition('.')[0]}", number + paragraphs, last))
        else:
            citations.append(Citation(law, f"part {number}" if in_parts else number, paragraphs, last.lower()))
    return _sound(citations)


def _subdivisions(whole: Citation, numbers: str) -> Iterator[Citation]:
    """Give a citation of each subdivision of a section, and first of the paragraph cited before them."""
    if whole.subdivision:
        yield whole
    for item in _ITEM.finditer(numbers.lower()):
        number = item["number"] + _paragraphs(item["paragraphs"])
        yield replace(whole, subdivision=f"{number} to {item['last']}" if item["last"] else number)


def _sound(citations: list[Citation]) -> list[Citation]:
    """Give the citations, or none where a range among them does not end after it begins."""
    ranges = [(cited.section, cited.last_section) for cited in citations if cited.last_section not in ("", ONWARDS)]
    return [] if any(_order(last) <= _order(first) for first, last in ranges) else citations


def _paragraphs(text: str) -> str:
    """Bring `, paragraph (a), clause (2)` into the form `(a)(2)`."""
    return "".join(re.findall(_MARK, text, re.IGNORECASE))


def _order(section: str) -> tuple[int, str, str]:
    """Order sections as the law numbers them; what follows the point of a statute counts like decimals."""
    found = re.search(r"(\d+)([A-Z]*)(.*)", section)
    return (int(found[1]), found[2], found[3]) if found else (0, "", section)


def _words_in(text: str) -> list[str]:
    """Give the parts of the text that say something, without the punctuation around them."""
    parts = (part.strip().strip(_EDGES) for part in _SEPARATOR.split(text))
    whole = (part if part.count("(") == part.count(")") else part.strip("() ") for part in parts)
    return [part for part in whole if not _SAYING_NOTHING.fullmatch(part)]
