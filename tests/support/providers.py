"""A provider of OpenID Connect for tests: a real HTTP server here, with keys of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "wxb", "a secret/of +signs"
#: Who has an account there.
USERS: dict[str, dict[str, Any]] = {
    "olga": {"preferred_username": "olga", "groups": ["staff", "owners"]},
    "gus": {"preferred_username": "gus", "groups": ["graders-mon"]},
    "vera": {"preferred_username": "vera", "email": "Vera@example.org", "email_verified": True},
    "eve": {"preferred_username": "eve", "email": "vera@example.org", "email_verified": False},
}
ROLES = """
roles:
  - role: owner
    where: {groups: owners}
  - role: grader
    sections: [mon]
    where: {groups: graders-mon}
  - role: viewer
    where: {email: vera@example.org}
"""


@cache
def key(name: str) -> Any:
    """An RSA key, made once."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"}, auto_kid=False)


class StandIn:
    """What a test can change of a provider, and what it saw.

    Args:
        user: who signs in; None: a page asks.
        spoil: changes the claims of an ID token before it is signed.
        lean: whether it has only those that it must; `info` changes what userinfo says.
        sign: makes the token of them.
    """

    def __init__(self, origin: str) -> None:
        self.issuer = origin
        self.user: str | None = "olga"
        self.spoil: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.sign: Callable[[dict[str, Any]], str] = signed_by("one")
        self.keys = ["one"]
        self.about: dict[str, Any] = {}
        self.lean = False
        self.info: dict[str, Any] = {}
        self.redirects: set[str] = set()
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def metadata(self) -> dict[str, Any]:
        at = self.issuer
        return {
            "issuer": at, "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/jwks",
            "userinfo_endpoint": f"{at}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256"],
        } | self.about  # fmt: skip

    def code(self, asked: dict[str, str], user: str) -> str:
        """Where the browser goes back to, with a code."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        assert asked["redirect_uri"] in self.redirects, "a redirect URI is known to the letter"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked | {"user": user}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer to a code; None where it is not taken."""
        asked = self.codes.pop(form.get("code", ""), None)  # once
        name, _, secret = base64.b64decode(authorization.partition(" ")[2]).decode().partition(":")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or (unquote(name), unquote(secret)) != (CLIENT, SECRET)
            or form.get("redirect_uri") != asked["redirect_uri"]
            or _text(digest) != asked["code_challenge"]
        ):
            return None
        now, user = int(time.time()), asked["user"]
        claims = {"iss": self.issuer, "sub": f"id-{user}", "aud": CLIENT, "iat": now,
                  "exp": now + 300, "nonce": asked["nonce"]}  # fmt: skip
        claims |= {} if self.lean else USERS[user]
        return {
            "access_token": user, "token_type": "Bearer", "expires_in": 300,
            "id_token": self.sign(self.spoil(claims)),
        }  # fmt: skip


def signed_by(name: str, kid: str | None = None) -> Callable[[dict[str, Any]], str]:
    """Signs with a key; `kid` is the name that it goes by, another one's maybe."""
    return lambda claims: jwt.encode({"alg": "RS256", "kid": kid or name}, claims, key(name))


def unsigned(claims: dict[str, Any]) -> str:
    """A token by the algorithm "none"."""
    return f"{_body({'alg': 'none'}, claims)}."


def signed_by_secret(claims: dict[str, Any]) -> str:
    """Signed with what everybody knows: the public key, taken for a secret."""
    body = _body({"alg": "HS256", "kid": "one"}, claims)
    pem = key("one").as_pem(private=False)
    return f"{body}.{_text(hmac.digest(pem, body.encode(), hashlib.sha256))}"


def _body(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(_text(json.dumps(each).encode()) for each in (header, claims))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        parts, there = urlsplit(self.path), self.server.there
        there.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._json(there.metadata())
        elif parts.path == "/jwks":
            self._json({"keys": [key(each).as_dict(private=False) for each in there.keys]
                        + [{"kty": "oct", "k": "AAAA", "kid": "odd"}]})  # fmt: skip
        elif parts.path == "/userinfo":
            user = self.headers["Authorization"].removeprefix("Bearer ")
            self._json({"sub": f"id-{user}", **USERS[user], **there.info})
        elif parts.path == "/authorize" and (user := query.pop("as", there.user)) is not None:
            self.send_response(302)
            self.send_header("Location", there.code(query, user))
            self.end_headers()
        elif parts.path == "/authorize":
            self._page(query)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        there = self.server.there
        there.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        found = there.token(form, self.headers.get("Authorization", ""))
        self._json({"error": "invalid_grant"} if found is None else found, 200 if found else 400)

    def _page(self, query: dict[str, str]) -> None:
        links = "".join(
            f'<p><a href="/authorize?{escape(urlencode(query | {"as": each}))}">{each}</a></p>'
            for each in USERS
        )
        self._send(f"<!doctype html><title>Who are you?</title>{links}".encode(), "text/html", 200)

    def _json(self, value: Any, status: int = 200) -> None:
        self._send(json.dumps(value).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    there: StandIn


@contextmanager
def provider() -> Iterator[StandIn]:
    """A provider, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.there = StandIn(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def settings_file(folder: Path, issuer: str, more: str = ROLES) -> Path:
    """The file that a dashboard is given; its secret lies beside it."""
    secret = folder / "secret"
    secret.write_text(SECRET + "\n", "utf-8")
    secret.chmod(0o600)
    file = folder / "sign-in.yaml"
    file.write_text(f"issuer: {issuer}\nclient: {CLIENT}\nsecret_file: secret\n{more}", "utf-8")
    file.chmod(0o600)
    return file
