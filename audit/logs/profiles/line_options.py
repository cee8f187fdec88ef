"""What a profile says of logs that are lines of text."""

from typing import Annotated, Literal

from pydantic import Field

from audit.logs.profiles.parts import Part


class Lines(Part):
    """How lines become records, and records their parts.

    Expressions are RE2's, which takes a time that grows with the text alone, whatever the expression.

    Args:
        patterns: Regular expressions with named groups, tried in turn; the first that fits a whole record gives its
            parts. In syslog they must fit the message.
        start: A regular expression that finds something in each line with which a record begins; other lines belong to
            the record above them.
        key: A regular expression with named groups; lines in which it finds the same belong to one record.
        pairs: A part of a record that holds key=value; each key is a part, too.
        between: What stands between pairs, where it is not white space.
        unmatched: What becomes of a record that no pattern fits, or that is none of the format.
    """

    patterns: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    start: str = ""
    key: str = ""
    pairs: str = ""
    between: Annotated[str, Field(max_length=1)] = ""
    unmatched: Literal["reject", "pass over"] = "reject"
