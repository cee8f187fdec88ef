"""How tests set up an identity provider, and sign in through it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from httpx2 import Response
from pydantic import SecretStr
from sqlmodel import select
from starlette.testclient import TestClient

from config.officials.models import SignInAttempt
from tests.app.service.forging_provider import CLIENT, SECRET, ForgingProvider
from tests.app.service.serving import Service

_KIM = {"preferred_username": "kim", "name": "Kim Lund", "groups": ["Thirteen HR"]}
MAPPING = """
login = "preferred_username"
employee_id = "employee_number"
[roles]
claim = "groups"
values = { "Thirteen HR" = ["hr"], "Thirteen audits" = ["compliance_official", "auditor"] }
[[people]]
subject = "s-pat"
login = "administrator"
roles = ["administrator"]
"""


def provide(service: Service, issuer: str, folder: Path, mapping: str = MAPPING) -> None:
    """Let officials sign in through a provider."""
    file = folder / "people.toml"
    file.write_text(mapping, "utf-8")
    given = {"oidc_issuer": issuer, "oidc_client_id": CLIENT, "oidc_mapping": file}
    settings = service.installation.settings.model_copy(update={**given, "oidc_client_secret": SecretStr(SECRET)})
    object.__setattr__(service.installation, "settings", settings)


@contextmanager
def provider_of_others(service: Service, folder: Path) -> Iterator[str]:
    """Let officials sign in through a provider that others made, on a port of this machine; it knows Kim."""
    with warnings.catch_warnings():
        import authlib.deprecate  # noqa: F401, PLC0415 - has its warnings always be shown

        warnings.simplefilter("ignore")  # of what the package itself does
        from oidc_provider_mock import User, run_server_in_thread  # noqa: PLC0415 - the same

        with run_server_in_thread(user_claims=[User(sub="s-kim", claims=dict(_KIM))]) as server:
            address = f"http://localhost:{server.server_port}"
            provide(service, address, folder, MAPPING)
            service.clock.now = datetime.now(UTC)  # the provider goes by this machine's clock
            yield address


def begin(browser: TestClient, then: str = "/") -> str:
    """Set out for the provider, and give the address to which the browser is sent."""
    sent = browser.get("/sign-in/oidc", params={"next": then})
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def come_back(browser: TestClient, brought: dict[str, str]) -> Response:
    """Bring back what the provider gave."""
    return browser.get("/sign-in/oidc/answer", params=brought)


def sign_in_at(provider: ForgingProvider, browser: TestClient, then: str = "/") -> Response:
    """Sign in through a provider, all the way."""
    return come_back(browser, provider.sign_in(begin(browser, then)))


def faults(service: Service) -> list[str]:
    """Give why answers of a provider's were refused, and an empty text for each that was not."""
    with service.installation.read() as work:
        return list(work.session.exec(select(SignInAttempt.fault).where(SignInAttempt.way == "oidc")))


def path_of(address: str) -> str:
    """Give the path of an address."""
    return urlsplit(address).path
