"""The mail server: takes one message after the other, and says of each what became of it, within a time."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from threading import Timer

from config.errors import Refusal
from config.mail_settings import MailSecurity, MailSettings

SECONDS_IN_ALL = 60.0
_SECONDS_FOR_AN_ANSWER = 15.0
_PERMANENT = 500  # from this answer on (RFC 5321, section 4.2.1)


class ServerFails(Refusal):
    """The server cannot be reached, or takes nothing at all; whatever waits for it waits longer."""


class MailRefused(Refusal):
    """The server refused one message for good, such as one to nobody that it knows."""


class MailPostponed(Refusal):
    """The server does not take one message now, and may later."""


class MailServer:
    """A mail server that is open, for a time."""

    def __init__(self, server: smtplib.SMTP, settings: MailSettings, until: float) -> None:
        self._server, self._settings, self._until = server, settings, until

    @property
    def has_time(self) -> bool:
        """Whether there is time for another message before it is closed."""
        return time.monotonic() + _SECONDS_FOR_AN_ANSWER < self._until

    def send(self, message: EmailMessage) -> None:
        """Hand over a message; a server that hung up on the one before is called again.

        Raises:
            MailRefused: It is refused for good.
            MailPostponed: It is not taken now.
            ServerFails: The server does not answer, or takes none of ours.
        """
        try:
            if self._server.sock is None:
                _begin(self._server, self._settings)
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise _of_message(code, said) from refused
        except smtplib.SMTPDataError as refused:
            raise _of_message(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPException, OSError) as error:
            raise _of_server(error) from error


@contextmanager
def open_server(settings: MailSettings, *, seconds: float = SECONDS_IN_ALL) -> Iterator[MailServer]:
    """Open the mail server of the settings.

    Args:
        seconds: After so many it is closed, whatever it is at: one that answers slowly holds nobody up.

    Raises:
        ServerFails: It cannot be reached, or does not let us in.
    """
    try:
        server = _not_yet_open(settings)
    except OSError as error:
        raise _of_server(error) from error
    until = time.monotonic() + seconds
    with _closed_after(seconds, server):
        try:
            _begin(server, settings)
        except (smtplib.SMTPException, OSError) as error:
            raise _of_server(error) from error
        yield MailServer(server, settings, until)


def _not_yet_open(settings: MailSettings) -> smtplib.SMTP:
    if settings.smtp_security is MailSecurity.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=_SECONDS_FOR_AN_ANSWER, context=_trust(settings))
    else:
        server = smtplib.SMTP(timeout=_SECONDS_FOR_AN_ANSWER)
    # whose certificate is looked at; else known only to a server that is opened as it is made, with no time set yet
    server._host = settings.smtp_host  # type: ignore[attr-defined]  # noqa: SLF001
    return server


def _begin(server: smtplib.SMTP, settings: MailSettings) -> None:
    server.ehlo_resp = server.helo_resp = None  # one that is called again is asked again what it offers
    server.connect(settings.smtp_host, settings.smtp_port)
    if settings.smtp_security is MailSecurity.STARTTLS:
        server.starttls(context=_trust(settings))
    if settings.smtp_user:
        server.login(settings.smtp_user, _password(settings))


def _trust(settings: MailSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.smtp_certificates)


def _password(settings: MailSettings) -> str:
    if settings.smtp_password_file is None:
        return settings.smtp_password.get_secret_value()
    try:
        return settings.smtp_password_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ServerFails(
            "The password of the mail server cannot be read; look at the setting smtp_password_file."
        ) from error


@contextmanager
def _closed_after(seconds: float, server: smtplib.SMTP) -> Iterator[None]:
    """Close the connection when the block ends, or when its time is over: what waits for an answer fails then."""
    timer = Timer(seconds, _break_off, (server,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _break_off(server: smtplib.SMTP) -> None:
    with suppress(OSError):
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)


def _of_message(code: int, said: bytes | str) -> Refusal:
    kind = MailRefused if code >= _PERMANENT else MailPostponed
    return kind(f"The mail server answered: {_answer(code, said)}")


def _of_server(error: Exception) -> ServerFails:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        said = _answer(error.smtp_code, error.smtp_error)
        return ServerFails(
            f"The mail server does not let us in: {said} Look at the settings smtp_user and smtp_password."
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        said = _answer(error.smtp_code, error.smtp_error)
        return ServerFails(f"The mail server takes nothing from our address: {said} Look at the setting mail_from.")
    if isinstance(error, smtplib.SMTPResponseException):
        return ServerFails(f"The mail server answered: {_answer(error.smtp_code, error.smtp_error)}")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return ServerFails(f"The mail server does not offer what the settings ask of it ({str(error).rstrip('.')}).")
    if isinstance(error, ssl.SSLError):
        return ServerFails(f"The mail server cannot be trusted ({error.reason or 'TLS failed'}); see its certificate.")
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return ServerFails(f"The mail server cannot be reached ({said.strip().rstrip('.')}).")


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    words = " ".join(text.split())[:500]
    return f"{code} {words}" if words.endswith(".") else f"{code} {words}."
