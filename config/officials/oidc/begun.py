"""A sign-in that was begun: the one secret that the browser keeps, and what is made of it for the provider.

What goes through addresses (state, nonce, and the digest of the verifier) says nothing of the secret, so that nobody
who reads it there can go on with the sign-in.
"""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

LONGEST = timedelta(minutes=10)
_KEPT = re.compile(r"([\w-]{43})\.([0-9]{1,11})\.(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Begun:
    """A sign-in that was begun; `then` is where to go on to."""

    secret: str
    at: datetime
    then: str

    @property
    def state(self) -> str:
        """By which the provider's answer is known as one to this sign-in."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """What the provider has to say in what it signs."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """What redeems the code, and is told to the provider alone (PKCE)."""
        return self._made("verifier")

    @property
    def kept(self) -> str:
        """Give it as the browser keeps it."""
        return f"{self.secret}.{int(self.at.timestamp())}.{quote(self.then)}"

    def _made(self, use: str) -> str:
        digest = hashlib.sha256(f"{use} {self.secret}".encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def begin(then: str, now: datetime) -> Begun:
    """Begin a sign-in."""
    return Begun(secrets.token_urlsafe(32), now, then)


def read_begun(kept: str) -> Begun | None:
    """Read what a browser kept; None where it is nothing of ours."""
    found = _KEPT.fullmatch(kept)
    return Begun(found[1], datetime.fromtimestamp(int(found[2]), UTC), unquote(found[3])) if found else None
