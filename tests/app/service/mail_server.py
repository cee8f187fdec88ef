"""A mail server that tests start on this machine alone, and how it may treat what it is sent."""

import ssl
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from config.mail_settings import MailSecurity
from config.settings import Settings

PASSWORD = "quiet lantern by the harbor"  # noqa: S105 - of an invented account
_HERE = "127.0.0.1"


@dataclass
class Postbox:
    """What the server took, and what it answers instead of taking it.

    Attributes:
        to_recipients: The answer to an address, by the address; an empty one hangs up.
        to_data: The answers to the next messages, one after the other.
    """

    taken: list[Message] = field(default_factory=list)
    to_recipients: dict[str, str] = field(default_factory=dict)
    to_data: list[str] = field(default_factory=list)
    is_secret: bool = True

    async def handle_RCPT(  # noqa: N802 - as the server names it
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Answer to an address."""
        envelope.rcpt_tos.append(address)
        if self.to_recipients.get(address) == "":
            assert server.transport is not None
            server.transport.close()
        return self.to_recipients.get(address, "250 OK")

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        """Take a message."""
        if self.to_data:
            return self.to_data.pop(0)
        assert isinstance(envelope.content, bytes)
        self.is_secret = self.is_secret and session.ssl is not None
        self.taken.append(message_from_bytes(envelope.content))
        return "250 Taken"


class _Listening(Controller):
    """A server that knows where it listens, also where that was left to the machine."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(settings: Settings, folder: Path, *, port: int = 0) -> Iterator[tuple[Postbox, Settings]]:
    """Start a server that speaks with who begins TLS and signs in alone; give it with the settings that reach it.

    Args:
        port: Where it listens; 0 = wherever is free.
    """
    authority = trustme.CA()
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(_HERE).configure_cert(own)
    postbox = Postbox()
    server = _Listening(
        postbox,
        hostname=_HERE,
        port=port,
        tls_context=own,
        require_starttls=True,
        authenticator=_lets_in,
        auth_required=True,
        ready_timeout=30,
    )
    server.start()
    try:
        yield postbox, settings.model_copy(update=reached_at(server.port) | {"smtp_certificates": trusted})
    finally:
        server.stop()


def reached_at(port: int) -> dict[str, object]:
    """Give the settings of a server on this machine."""
    return {
        "smtp_host": _HERE,
        "smtp_port": port,
        "smtp_security": MailSecurity.STARTTLS,
        "smtp_user": "thirteen",
        "smtp_password_file": None,
        "mail_from": "thirteen@city.example",
        "base_url": "https://thirteen.city.example",
    }


def _lets_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    is_known = isinstance(given, LoginPassword) and given.password == PASSWORD.encode()
    return AuthResult(success=is_known, handled=is_known)
