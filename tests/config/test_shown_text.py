"""What steers a terminal is shown as text, and nothing else is changed."""

import json

import pytest

from config.shown_text import shown, shown_data


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("\x9b2J\x7f", r"\u009b2J\u007f"),
        ("invoice\u202efdp.exe", r"invoice\u202efdp.exe"),
        ("one\nAll accesses were authorized.\r\ttwo\u2028", r"one\nAll accesses were authorized.\r\ttwo\u2028"),
        ("Øster Ågård \u05e9\u05dc\u05d5\u05dd \\x1b é", "Øster Ågård \u05e9\u05dc\u05d5\u05dd \\x1b é"),
    ],
)
def test_steering_letters_are_shown(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_data_keeps_its_lines_and_tabs_and_json_says_the_same() -> None:
    assert shown_data('"two\nlines",\t\x1b') == '"two\nlines",\t\\x1b'
    written = json.dumps("\x1b\x7f\x9b\u2066é", ensure_ascii=False)
    assert shown_data(written).isprintable()
    assert json.loads(shown_data(written)) == "\x1b\x7f\x9b\u2066é"
