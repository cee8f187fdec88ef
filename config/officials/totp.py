"""Codes by time (RFC 6238), as an app on a telephone shows them: a secret, its picture, and what is right when."""

import re
import secrets
from datetime import datetime

import pyotp
import segno

_STEP = 30  # seconds for which the app shows a code
_SKEW = (0, -1, 1)  # steps by which the app's clock may differ from this one
_SECRET = re.compile(r"[A-Z2-7]{32}")
_PIXELS = 5  # to each square of the picture


def new_secret() -> str:
    """Make a secret of 160 bits, in the letters and digits that an app takes."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Say whether a text can be such a secret."""
    return _SECRET.fullmatch(text) is not None


def address_of(secret: str, login: str, entity: str) -> str:
    """Give the address by which an app takes up a secret, with whose it is."""
    # a colon would part the two names anew
    issuer = f"Thirteen {entity}".replace(":", " ").strip()
    return pyotp.TOTP(secret, interval=_STEP).provisioning_uri(name=login.replace(":", " "), issuer_name=issuer)


def picture_of(address: str) -> str:
    """Give an address as a picture that a telephone reads, in the form that a page holds in itself."""
    return str(segno.make(address, micro=False, error="m").svg_data_uri(scale=_PIXELS, border=4, light="#fff"))


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Give the half minute, counted from 1970, whose code this is; None where it is not right at an instant."""
    known, now = pyotp.TOTP(secret, interval=_STEP), int(at.timestamp()) // _STEP
    typed = code.encode()
    right = [now + skew for skew in _SKEW if secrets.compare_digest(known.generate_otp(now + skew).encode(), typed)]
    return right[0] if right else None
