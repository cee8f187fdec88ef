"""Parts a text of key=value into its pairs."""

import re
from collections.abc import Iterator

# A key follows white space, or begins the text; what stands between is its value, unless it is quoted.
_KEY = re.compile(r"(?:^|(?<=\s))([\w.@/\-\[\]()]+)=")
_KEY_BEHIND_QUOTED = re.compile(r"(?<=[\s,;])([\w.@/\-\[\]()]+)=")
_QUOTED = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*)"(?=[\s,;)\]]|$)', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*)'(?=[\s,;)\]]|$)", re.DOTALL),
}
_ESCAPED = re.compile(r"""\\(["'\\])""")
NEVER_CLOSED = "opens a quotation mark that is never closed"


def read_pairs(text: str, between: str = "") -> tuple[str, list[tuple[str, str]]]:
    """Give what stands above the first pair of a text, and its pairs in their order.

    A value that is not quoted reaches to the next key, so that blanks in it are no loss.

    Args:
        between: The letter between pairs, where it is not white space.

    Raises:
        ValueError: A quotation mark is never closed.
    """
    if between:
        return "", list(_between(text, between))
    found = _KEY.search(text)
    if found is None:
        return text.strip(), []
    head = text[: found.start()].strip()
    pairs = []
    while found is not None:
        key, start = found[1], found.end()
        quoted = _QUOTED[text[start]].match(text, start) if text[start : start + 1] in _QUOTED else None
        following = _KEY_BEHIND_QUOTED.search(text, quoted.end()) if quoted else _KEY.search(text, start)
        if quoted:
            value = unescaped(quoted[1])
        else:
            value = text[start : following.start() if following else len(text)].strip()
            _check_closed(value)
        pairs.append((key, value))
        found = following
    return head, pairs


def unescaped(text: str) -> str:
    """Give a quoted text without the backslashes before quotation marks and backslashes."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _check_closed(value: str) -> None:
    if value[:1] in _QUOTED and value.count(value[0]) == 1:
        raise ValueError(NEVER_CLOSED)


def _between(text: str, between: str) -> Iterator[tuple[str, str]]:
    """Give the pairs of a text that a letter parts, unless it stands within quotation marks."""
    mark = re.escape(between)
    for part in re.findall(rf'(?:[^{mark}"]|"(?:[^"\\]|\\.)*"|")+', text):
        key, is_pair, value = part.partition("=")
        if is_pair and key.strip():
            bare = value.strip()
            quoted = _QUOTED['"'].match(bare)
            _check_closed(bare)
            yield key.strip(), unescaped(quoted[1]) if quoted else bare
