"""The identity provider as the installation's settings name it."""

from dataclasses import dataclass
from pathlib import Path

from config.errors import Invalid
from config.officials.oidc.mapping import Mapping, read_mapping
from config.settings import Settings


@dataclass(frozen=True)
class Client:
    """What this service is to a provider.

    Args:
        issuer: The provider's address, exactly as it says it itself.
        id: What it calls this service; `secret` by what this service proves that, empty where by nothing.
    """

    issuer: str
    id: str
    secret: str
    scopes: str


@dataclass(frozen=True)
class Oidc:
    """A provider, and who of those whom it knows gets in here."""

    client: Client
    name: str
    mapping: Mapping


def oidc_of(settings: Settings) -> Oidc | None:
    """Give the identity provider of an installation; None where it has none.

    Raises:
        Invalid: The settings do not suffice, or a file that they name cannot be used.
    """
    if settings.oidc_issuer is None:
        return None
    if not settings.oidc_client_id or settings.oidc_mapping is None:
        raise Invalid("THIRTEEN_OIDC_ISSUER needs THIRTEEN_OIDC_CLIENT_ID and THIRTEEN_OIDC_MAPPING beside it.")
    secret = settings.oidc_client_secret.get_secret_value()
    if settings.oidc_client_secret_file is not None:
        secret = _read(settings.oidc_client_secret_file).strip()
    client = Client(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_scopes)
    mapping = read_mapping(_read(settings.oidc_mapping), settings.oidc_mapping.name)
    return Oidc(client, settings.oidc_name, mapping)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise Invalid(f"{path} cannot be read: {reason}.") from error
