"""An identity provider on a port of this machine that signs what a test asks it to, as no honest one would."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "thirteen", "of the client alone"


@dataclass
class ForgingProvider:
    """The provider, with what it says of whoever signs in next.

    Args:
        claims: What it signs, beside what every provider does; a claim of None is left out.
        more: What it says when asked for more than it signed.
        says: What it says of itself beside what every provider does.
    """

    clock: Callable[[], datetime]
    claims: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    says: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    signs_with: RSAKey | None = None
    redeems_again: bool = False
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _known: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, address: str) -> dict[str, str]:
        """Sign somebody in who was sent here, and give what their browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self._codes)}"
        self._codes[code] = self._known[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Answer a request."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "more"}
            ends = {name: f"{self.issuer}/{end}" for name, end in names.items()}
            return 200, {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **ends, **self.says}
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        if path == "/more":
            return 200, self.more
        return self._redeem(form, authorization) if path == "/token" else (404, {})

    def _redeem(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {known}":
            return 401, {"error": "invalid_client"}
        asked = self._known.get(form["code"]) if self.redeems_again else self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if asked is None or _coded(digest) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(self.clock().timestamp())
        plain = {"iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in (plain | self.claims).items() if value is not None}
        return 200, {"token_type": "Bearer", "access_token": "a", "expires_in": 300, "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        key = self.signs_with or self.key
        if self.algorithm.startswith("RS"):
            return jwt.encode({"alg": self.algorithm, "kid": key.kid}, claims, key)
        # as anybody can who knows the public key: not at all, or with that key as if it were a secret
        said = ".".join(_coded(json.dumps(part).encode()) for part in ({"alg": self.algorithm}, claims))
        by_public = hmac.digest(self.key.as_pem(private=False), said.encode(), "sha256")
        return f"{said}.{_coded(by_public) if self.algorithm == 'HS256' else ''}"


def _coded(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


@contextmanager
def forging_provider(clock: Callable[[], datetime]) -> Iterator[ForgingProvider]:
    """Serve one until the block ends."""
    provider = ForgingProvider(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _answer(self, form: dict[str, str]) -> None:
            status, said = provider.answer(self.path, form, self.headers.get("authorization", ""))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
