"""What becomes of logs in XML."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.logs.formats import log_file, open_log
from audit.logs.formats.contract import KEPT_OF_TOO_LONG, TOO_LONG
from audit.logs.formats.xml_elements import DtdError, Element, XmlElements
from audit.logs.formats.xml_values import NotWellFormedError, XmlValues
from audit.logs.profiles.reading import known_profile
from tests.audit.logs.format_logs import accounts, refusal
from tests.audit.logs.importing_logs import Logs, counts

PROFILE = """
format: xml
xml: {record: Access, called_by: {Data: Name}}
fields:
  time: at
  account: {field: who, where: {asks: "true"}, path: $.id}
  resource: Details.File
  action: does
"""


def access(name: str = "aolson", minute: int = 0) -> str:
    return (
        f'<Access at="2025-03-01T17:{minute:02}:00Z" does="view"><who id="proxy"/><who id="{name}" asks="true"/>'
        '<Details><Data Name="File">case/7</Data></Details></Access>'
    )


TWO = f"<Log>{access()}\n{access('blarson', 1)}</Log>"


@pytest.fixture
def xml_logs(logs: Logs) -> Logs:
    logs.change_source(PROFILE, log_format="xml")
    return logs


def read(text: str, called_by: dict[str, str] | None = None) -> object:
    return json.loads(XmlValues(called_by or {}).json_of(text))


def parted(text: str, path: list[str], sizes: int = 0) -> list[Element]:
    """Part a text that comes in pieces of some letters, or at once."""
    pieces: Iterator[str] = iter([text[at : at + sizes] for at in range(0, len(text), sizes)] if sizes else [text])
    return list(XmlElements(path, pieces, XmlValues({}).json_of))


def test_an_element_becomes_a_document_by_one_rule() -> None:
    text = (
        '<a:e xmlns:a="urn:x" a:k="1"><a:m>  one </a:m><n/><n><![CDATA[<2>]]></n><!-- no --><o p="3">four &amp; '
        'five</o><Data Name="F">six</Data><Data>seven</Data></a:e>'
    )

    assert read(text, {"Data": "Name"}) == {
        "k": "1",
        "m": "one",
        "n": ["", "<2>"],
        "o": {"p": "3", "#text": "four & five"},
        "F": "six",
        "Data": "seven",
    }
    assert read("<e>text</e>") == {"#text": "text"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<e><a></e>", "mismatched tag, at its line 1, letter 9"),
        ("<e>\n&nbsp;</e>", "undefined entity, at its line 2, letter 1"),
        ("<e>" * 300 + "</e>" * 300, "nested more than 200 deep"),
        ("<e>\udce9</e>", "no text"),
    ],
)
def test_what_is_no_sound_element_says_why_and_spoils_none_that_follows(text: str, said: str) -> None:
    values = XmlValues({})
    values.json_of("<e>a\nb</e>")

    with pytest.raises(NotWellFormedError, match=said):
        values.json_of(text)

    assert json.loads(values.json_of("<e><a>1</a></e>")) == {"a": "1"}


@pytest.mark.parametrize("size", [1, 7, 0])
def test_records_are_found_wherever_they_stand_and_however_the_text_comes(size: int) -> None:
    text = (
        '<?xml version="1.0"?><L a="<Access>"><!-- <E>no</E> --><E n=">1"/><Eve>no</Eve><E><E>2</E><!-- </E> --></E >'
        "</L>\n<134>1 host <x:E xmlns:x='u'><![CDATA[</x:E>]]>3</x:E>"
    ).replace("<Access>", "&lt;")

    found = parted(text, ["E"], size)

    assert [one.text for one in found] == [
        '<E n=">1"/>',
        "<E><E>2</E><!-- </E> --></E >",
        "<x:E xmlns:x='u'><![CDATA[</x:E>]]>3</x:E>",
    ]
    assert [one.fault for one in found] == [None] * 3


def test_a_path_tells_elements_of_one_name_apart_and_without_one_each_root_is_a_record() -> None:
    text = "<L><head><User>none</User></head><entry><User>1</User></entry></L><User>2</User>"

    assert [one.text for one in parted(text, ["L", "entry", "User"])] == ["<User>1</User>"]
    assert [one.text[:6] for one in parted(text, [])] == ["<L><he", "<User>"]


def test_a_torn_record_ends_where_the_next_one_begins() -> None:
    torn = parted("<L><E><a>1</E><E><a>2</a></E><E><b>3<E>4</E><E><c", ["E"])

    assert [(one.text, one.fault is None) for one in torn] == [
        ("<E><a>1</E>", False),
        ("<E><a>2</a></E>", True),
        ("<E><b>3", False),
        ("<E>4</E>", True),
        ("<E><c", False),
    ]


def test_a_record_longer_than_any_is_left_out_without_being_held() -> None:
    filler = "<a>" + "x" * ((1 << 20) - 7) + "</a>"
    pieces = iter(["<L><E>", *[filler] * 40, "</E><E>1</E></L>"])
    elements = XmlElements(["E"], pieces, XmlValues({}).json_of)

    long, sound = list(elements)

    assert (len(long.text), long.fault) == (KEPT_OF_TOO_LONG, TOO_LONG)
    assert sound.text == "<E>1</E>"


@pytest.mark.parametrize("declared", ['<!DOCTYPE L [<!ENTITY x "y">]>', '<!ENTITY x SYSTEM "/etc/passwd">'])
def test_types_of_documents_and_entities_are_refused(xml_logs: Logs, declared: str) -> None:
    with pytest.raises(DtdError):
        parted(f"{declared}<L/>", ["E"])

    assert "which a log does not need" in refusal(xml_logs, f"{access()}\n{declared}\n<L>{access()}</L>")


def test_the_same_records_laid_out_otherwise_are_the_same_records(xml_logs: Logs) -> None:
    laid_out = TWO.replace("><", ">\n    <").replace("<Log>", '<?xml version="1.0" encoding="UTF-8"?>\r\n<Log x="1">')

    assert counts(xml_logs.add(TWO, "a.xml")) == (2, 2, 0, 0, 0)
    assert counts(xml_logs.add(laid_out, "b.xml")) == (2, 0, 2, 0, 0)
    assert counts(xml_logs.add(laid_out.encode("utf-16"), "c.xml")) == (2, 0, 2, 0, 0)
    assert accounts(xml_logs) == ["aolson", "blarson"]


def test_records_behind_headers_of_syslog_are_read_and_the_headers_are_said_to_be_left_out(xml_logs: Logs) -> None:
    sent = "".join(f"<110>1 2025-03-01T17:00:00Z pacs ehr - - - \ufeff{access('blarson', n)}\n" for n in range(3))

    receipt = xml_logs.add(sent)

    assert counts(receipt) == (3, 3, 0, 0, 0)
    assert any("stands in 3 places" in one and '"<110>1 2025' in one for one in receipt.notices)


def test_torn_records_go_out_and_come_in_again_repaired(xml_logs: Logs) -> None:
    torn = access("cdale", 2).removesuffix("</Details></Access>")
    text = f"<Log>{access()}{torn}{access('blarson', 1)}<Access at='2025"

    assert counts(xml_logs.add(text, "a.xml")) == (4, 2, 0, 2, 0)

    out = xml_logs.folder / "rejects.xml"
    xml_logs.export(out.name)
    repaired = out.read_text().replace(torn, access("cdale", 2)).replace("<Access at='2025", access("dmoe", 3))
    receipt = xml_logs.add(repaired, "repaired.xml")

    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert receipt.repaired == 2


def test_a_file_without_such_records_is_refused_with_what_it_is(xml_logs: Logs) -> None:
    assert 'has no element "Access"' in refusal(xml_logs, "<Log><Other/></Log>")
    assert "It looks like JSON lines" in refusal(xml_logs, '{"a": 1}\n' * 3)
    assert "encoding Shift_JIS; save it as UTF-8" in refusal(
        xml_logs, f'<?xml version="1.0" encoding="Shift_JIS"?>{access()}'
    )


def test_a_log_may_be_one_line_longer_than_any_line_of_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "_LONGEST_LINE", 1 << 20)
    path = tmp_path / "one-line.xml"
    path.write_text(f"<Log>{access() * 30_000}</Log>")  # more than the piece that is read at once

    _, reader = open_log(path, known_profile(PROFILE, "mine"), None)

    assert sum(batch.rows.num_rows for batch in reader.batches()) == 30_000
