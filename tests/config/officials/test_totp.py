"""Codes by time: those of the half minute now, before and after are right, and no others."""

from datetime import UTC, datetime, timedelta

import pytest

from config.officials.totp import address_of, is_secret, new_secret, picture_of, step_of

# RFC 6238, appendix B: its secret for SHA-1, and the last six of the eight digits that it lists
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - the one that the standard publishes


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert step_of(SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("seconds", "is_right"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_a_clock_may_differ_by_one_step(seconds: int, is_right: bool) -> None:  # noqa: FBT001 - a case
    shown_at = datetime.fromtimestamp(1234567890, UTC)

    assert (step_of(SECRET, "005924", shown_at + timedelta(seconds=seconds)) is not None) is is_right


@pytest.mark.parametrize(
    "code", ["", "59", "5924", "0005924", "\uff10\uff10\uff15\uff19\uff12\uff14", "00592\N{SNOWMAN}"]
)
def test_what_looks_like_the_code_is_none(code: str) -> None:
    assert step_of(SECRET, code, datetime.fromtimestamp(1234567890, UTC)) is None


def test_a_secret_is_random_and_its_address_says_whose_it_is() -> None:
    first, second = new_secret(), new_secret()

    assert first != second
    assert is_secret(first)
    assert not is_secret(first.lower())
    address = address_of(first, "pat", "City: of Oak")
    assert address.startswith("otpauth://totp/Thirteen%20City%20%20of%20Oak:pat?")
    assert f"secret={first}" in address
    assert picture_of(address).startswith("data:image/svg+xml")
