"""Ids for people whom a roster gives no number."""

from access.roster_people import ReadableCodes


def test_readable_codes_are_unique_whatever_the_alphabet() -> None:
    codes = ReadableCodes(["jose"])

    made = [codes.make(text, otherwise="EMPLOYEE") for text in ("José", "Jose", "孔子", "Лев", "O\u2019Neil, Jo")]

    assert made == ["JOSE-2", "JOSE-3", "EMPLOYEE", "EMPLOYEE-2", "ONEIL-JO"]
