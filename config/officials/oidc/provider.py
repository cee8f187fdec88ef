"""The identity provider: what it says of itself, its keys, and what it signs of who somebody is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from config.officials.oidc.begun import Begun
from config.officials.oidc.faults import Fault, RefusedAnswer
from config.officials.oidc.mapping import find_claim, text_of
from config.officials.oidc.settings import Client

_KEPT = timedelta(hours=1)  # for which what the provider says of itself is believed
_ASKED_ANEW = timedelta(minutes=1)  # after which its keys are asked for anew where one is not among them
_SECONDS = 5.0  # for which it is waited, each time
_LEFT_ALONE = timedelta(seconds=10)  # after it did not answer, so that not everybody waits for it in turn
_SKEW_SECONDS = 60
# by a key that the provider alone has: never by the client's secret, and never by none
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
_FAULTS = {"iss": Fault.ISSUER, "aud": Fault.AUDIENCE, "azp": Fault.AUDIENCE, "nonce": Fault.NONCE}
_FAULTS |= {"iat": Fault.CLOCK, "nbf": Fault.CLOCK}
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class _Known:
    """What the provider said of itself; its keys were asked for at an instant."""

    asked_at: datetime
    says: Mapping[str, Any]
    keys: KeySet


@dataclass(frozen=True)
class Redeemed:
    """What the provider gave for a code.

    Args:
        claims: What it signs of who somebody is, and says beside that.
        signed: The same as it signed it, by which it knows whom to sign out again.
    """

    claims: Mapping[str, Any]
    signed: str


class Provider:
    """One provider, asked by one service; what it says of itself is kept for an hour."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: _Known | None = None
        self._failed_at: datetime | None = None
        self._lock = Lock()

    def address(self, begun: Begun, answer_to: str, now: datetime) -> str:
        """Give the address at which somebody signs in.

        Raises:
            RefusedAnswer: The provider cannot be reached.
        """
        known = self._ask(now)
        with self._asking(known, answer_to) as asking:
            where = known.says["authorization_endpoint"]
            made = asking.create_authorization_url(where, begun.state, begun.verifier, nonce=begun.nonce)
            return str(made[0])

    def address_to_leave(self, signed: str, now: datetime) -> str:
        """Give the address at which somebody signs out of the provider; empty where it says none that is safe.

        Args:
            signed: What it signed when they signed in; empty where that is not known any more.

        Raises:
            RefusedAnswer: The provider cannot be reached.
        """
        where = self._ask(now).says.get("end_session_endpoint")
        if not isinstance(where, str) or not _is_safe(where):
            return ""
        asked = {"client_id": self._client.id} | ({"id_token_hint": signed} if signed else {})
        return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asked)}"

    def redeem(self, code: str, begun: Begun, answer_to: str, now: datetime, names: Iterable[str]) -> Redeemed:
        """Give what the provider signs of who somebody is, in exchange for the code of its answer.

        Args:
            names: The claims that are needed; those that are not in what it signs are asked for.

        Raises:
            RefusedAnswer: The code or what was signed cannot be believed, or the provider cannot be reached.
        """
        known = self._ask(now)
        with self._asking(known, answer_to) as asking:
            token = _redeem(asking, known, code, begun.verifier)
            claims = self._believe(known, token, begun.nonce, now)
            where = known.says.get("userinfo_endpoint")
            if where and any(find_claim(claims, name) is None for name in names):
                claims = {**_ask_more(asking, str(where), token, claims), **claims}
            return Redeemed(claims, str(token["id_token"]))

    def _asking(self, known: _Known, answer_to: str) -> OAuth2Client:
        client = self._client
        methods = known.says.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return OAuth2Client(
            client.id,
            client.secret or None,
            token_endpoint_auth_method=method if client.secret else "none",
            scope=client.scopes,
            redirect_uri=answer_to,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )

    def _ask(self, now: datetime, *, for_keys: bool = False) -> _Known:
        with self._lock:
            age = now - self._known.asked_at if self._known else _KEPT
            if self._known is not None and timedelta() <= age < (_ASKED_ANEW if for_keys else _KEPT):
                return self._known
            if self._failed_at is not None and abs(now - self._failed_at) < _LEFT_ALONE:
                raise RefusedAnswer(Fault.UNREACHABLE)
            self._failed_at = now
            self._known = _ask(self._client.issuer, now)
            self._failed_at = None
            return self._known

    def _believe(self, known: _Known, token: Mapping[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        signed = token.get("id_token")
        if not isinstance(signed, str):
            raise RefusedAnswer(Fault.CLAIMS)
        try:
            try:
                read = _read(signed, known)
            except InvalidKeyIdError:
                read = _read(signed, self._ask(now, for_keys=True))
        except (JoseError, ValueError) as error:
            raise RefusedAnswer(Fault.SIGNATURE) from error
        issuer, audience = ({"essential": True, "value": value} for value in (self._client.issuer, self._client.id))
        asked = {"nonce": nonce, "client_id": self._client.id, "access_token": token.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, {"iss": issuer, "aud": audience}, asked)
        try:
            claims.validate(now=int(now.timestamp()), leeway=_SKEW_SECONDS)
        except ExpiredTokenError as error:
            raise RefusedAnswer(Fault.EXPIRED) from error
        except ClaimError as error:
            raise RefusedAnswer(_FAULTS.get(error.claim, Fault.CLAIMS)) from error
        if not claims["sub"] or text_of(claims, "sub") != claims["sub"]:
            raise RefusedAnswer(Fault.CLAIMS)
        return dict(claims)


@lru_cache(4)
def provider_of(client: Client) -> Provider:
    """Give the provider that a service asks, with what is known of it already."""
    return Provider(client)


def _ask(issuer: str, now: datetime) -> _Known:
    says = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if says.get("issuer") != issuer:
        raise RefusedAnswer(Fault.UNREACHABLE, reason=f"it calls itself {says.get('issuer', 'nothing')}, not {issuer}")
    if unsafe := [endpoint for endpoint in _ENDPOINTS if not _is_safe(says.get(endpoint))]:
        raise RefusedAnswer(Fault.UNREACHABLE, reason=f"its {unsafe[0]} is no address that begins with https://")
    try:
        keys = KeySet.import_key_set(_get(says["jwks_uri"]))  # type: ignore[arg-type]  # what it is not it refuses
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise RefusedAnswer(Fault.UNREACHABLE, reason=f"its keys cannot be read: {error}") from error
    return _Known(now, says, keys)


def _get(address: str) -> dict[str, Any]:
    try:
        answer = httpx2.get(address, timeout=_SECONDS)
        answer.raise_for_status()
        said = answer.json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise RefusedAnswer(Fault.UNREACHABLE, reason=f"{address} gives nothing to read: {error}") from error
    return said if isinstance(said, dict) else {}


def _is_safe(address: object) -> bool:
    """Say whether what is sent to an address is read by nobody else: it is encrypted, or does not leave the machine."""
    parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"})


def _redeem(asking: OAuth2Client, known: _Known, code: str, verifier: str) -> Mapping[str, Any]:
    where = known.says["token_endpoint"]
    try:
        token = asking.fetch_token(where, grant_type="authorization_code", code=code, code_verifier=verifier)
    except OAuthError as error:
        # anything else than that the code is none is a matter of how this service is set up there
        raise RefusedAnswer(Fault.CODE if error.error == "invalid_grant" else Fault.UNREACHABLE) from error
    except (httpx2.HTTPError, ValueError) as error:
        raise RefusedAnswer(Fault.UNREACHABLE) from error
    return dict(token)


def _read(signed: str, known: _Known) -> jwt.Token:
    registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
    return jwt.decode(signed, known.keys, registry=registry)


def _ask_more(
    asking: OAuth2Client, where: str, token: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    access = token.get("access_token")
    if not _is_safe(where) or not isinstance(access, str) or not re.fullmatch(r"[!-~]+", access):
        return {}
    try:
        answer = asking.request("GET", where, withhold_token=True, headers={"Authorization": f"Bearer {access}"})
        answer.raise_for_status()
        said = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise RefusedAnswer(Fault.UNREACHABLE) from error
    # what is said of somebody else is worth nothing (OpenID Connect Core, 5.3.2)
    return said if isinstance(said, dict) and said.get("sub") == claims["sub"] else {}
