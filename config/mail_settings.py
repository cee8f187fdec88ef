"""The settings of e-mail: by which server notices are sent, from which address, and where their link leads."""

import re
from enum import StrEnum, auto
from pathlib import Path

from pydantic import BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from config.addresses import NO_ADDRESS, is_address

_LAST_HOUR = 23
_LAST_PORT = 65_535
_BASE = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


class MailSecurity(StrEnum):
    """How the way to the mail server is kept from others."""

    STARTTLS = auto()
    TLS = auto()
    NONE = auto()


class MailSettings(BaseModel):
    """What of the settings is about e-mail; where no server is named, none is sent."""

    smtp_host: str = Field(default="", description="Mail server that takes the notices; none is sent where unset.")
    smtp_port: int = Field(default=587, ge=1, le=_LAST_PORT, description="Its port.")
    smtp_security: MailSecurity = Field(
        default=MailSecurity.STARTTLS, description="starttls, tls from the first byte, or none."
    )
    smtp_certificates: Path | None = Field(
        default=None, description="File of the authorities (PEM) that may vouch for it, if not those of this machine."
    )
    smtp_user: str = Field(default="", description="Account at the mail server; empty where it asks for none.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Its password.")
    smtp_password_file: Path | None = Field(default=None, description="File with the password, instead.")
    mail_from: str = Field(default="", description="Address from which notices are sent.")
    base_url: str = Field(default="", description="Address of the service, as https://thirteen.city.example.")
    digest_hour: int = Field(
        default=7, ge=0, le=_LAST_HOUR, description="Hour of the day, in the entity's zone, of the daily mail."
    )

    @model_validator(mode="after")
    def _check_mail(self) -> "MailSettings":
        """Refuse what would fail only with the first mail."""
        faults = dict[str, str]()
        if self.smtp_host:
            faults |= {name: "is needed where smtp_host is set" for name in _NEEDED if not getattr(self, name)}
        if self.base_url and not _BASE.fullmatch(self.base_url):
            faults["base_url"] = "is no address such as https://thirteen.city.example"
        if self.smtp_user and self.smtp_security is MailSecurity.NONE:
            faults["smtp_user"] = "would be sent with its password where anybody can read it; choose starttls or tls"
        if self.mail_from and not is_address(self.mail_from):
            faults["mail_from"] = NO_ADDRESS.rstrip(".")
        if faults:
            raise ValidationError.from_exception_data("Settings", [_fault(*one) for one in faults.items()])
        return self

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is named."""
        return bool(self.smtp_host)


_NEEDED = ("mail_from", "base_url")


def _fault(name: str, said: str) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError("mail", "{said}", {"said": said}), loc=(name,), input="")
