"""What a provider of OpenID Connect is asked: where it answers, by which keys, who has a code.

Everything that it says is checked here, by authlib and joserfc: signature, issuer, audience, times,
nonce (OpenID Connect Core 1.0, 3.1.3.7). Functions may wait for the network: call them in a thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from grader.errors import UsageError
from grader.web.door import TurnedAway
from grader.web.openid.settings import Claims, Settings, is_safe_url, texts

__all__ = ["Provider"]

#: Signatures by a key that the provider alone has; never "none", never the client's own secret.
_ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "Ed25519",
)  # fmt: skip
#: Seconds that clocks may differ by.
_SKEW = 60
#: Seconds to wait for a connection, and for each part of an answer.
_PATIENCE = (5, 10)
#: Seconds: what the provider said of itself is asked anew then; a failure is asked again after.
_FRESH, _AGAIN = 3600.0, 3.0
#: Characters of an answer of the provider's that are looked at.
_LARGEST = 1 << 20


class Provider:
    """One provider, for one client.

    Args:
        redirect: where it sends people back to, to the letter.
        tell: takes what went wrong, as one sentence for whoever serves the pages.
        clock: seconds that only go forward.

    Raises:
        UsageError: a library is not installed.
    """

    def __init__(
        self,
        settings: Settings,
        redirect: str,
        tell: Callable[[str], object] = lambda text: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        try:
            import requests
            from authlib.integrations.base_client import OAuthError
            from joserfc.errors import JoseError
        except ImportError:
            raise UsageError(
                "Signing in with OpenID Connect needs authlib: python -m pip install 'wxb[oidc]'"
            ) from None
        any_shape = (ValueError, KeyError, TypeError, AttributeError)  # of what it answers
        self._refusal, self._faults = OAuthError, (requests.RequestException, *any_shape)
        self._unbelieved = (JoseError, *any_shape)
        self._settings, self._redirect, self._tell, self._clock = settings, redirect, tell, clock
        self._lock = threading.Lock()
        self._about: dict[str, Any] = {}
        self._asked, self._failed = float("-inf"), float("-inf")
        self._keys: list[Any] = []
        self._keyed = float("-inf")

    @property
    def issuer(self) -> str:
        """As its tokens name it."""
        return self._settings.issuer

    @property
    def host(self) -> str:
        """By which people know it."""
        return urlsplit(self._settings.issuer).netloc

    def url(self, state: str, nonce: str, verifier: str, anew: bool = False) -> str:
        """Where a browser goes to sign in.

        Args:
            anew: whether it is to ask who it is, even if it knows somebody.

        Raises:
            TurnedAway: the provider cannot be reached.
        """
        about = self._metadata()
        with self._client(about) as client:
            found, _ = client.create_authorization_url(
                about["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier,
                prompt="login" if anew else None,
            )  # fmt: skip
        return str(found)

    def claims(self, code: str, nonce: str, verifier: str) -> Claims:
        """What the provider says of whoever came back with a code.

        Raises:
            TurnedAway: it cannot be reached, does not take the code, or cannot be believed.
        """
        about = self._metadata()
        try:
            with self._client(about) as client:
                token = client.fetch_token(
                    about["token_endpoint"], grant_type="authorization_code", code=code,
                    code_verifier=verifier, timeout=_PATIENCE, allow_redirects=False,
                )  # fmt: skip
                claims = self._believed(about, token, nonce)
                return self._completed(about, client, token, claims)
        except self._refusal as error:
            self._tell(f"Not let in: {self.host} did not take a code: {str(error)[:200]}")
            raise TurnedAway(403, f"{self.host} does not know this sign-in. Begin again.") from None
        except self._faults as error:
            raise self._unreached("did not say who somebody is", error) from None

    def _client(self, about: dict[str, Any]) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        given, said = self._settings, about.get("token_endpoint_auth_methods_supported")
        by_post = isinstance(said, list) and "client_secret_basic" not in said
        way = "client_secret_post" if by_post else "client_secret_basic"
        client = OAuth2Session(
            given.client, given.secret.reveal() if given.secret else None,
            token_endpoint_auth_method=way if given.secret else "none",
            scope=" ".join(given.scopes), redirect_uri=self._redirect, code_challenge_method="S256",
        )  # fmt: skip
        client.trust_env = (
            urlsplit(given.issuer).scheme == "https"
        )  # no proxy leads to this machine
        return client

    # --- what it says of itself -------------------------------------------------------------------

    def _metadata(self) -> dict[str, Any]:
        """Its addresses (OpenID Connect Discovery 1.0), kept for an hour."""
        with self._lock:
            now = self._clock()
            if self._about and now - self._asked < _FRESH:
                return self._about
            if now - self._failed < _AGAIN:
                raise self._away()
            try:
                self._about = self._discovered()
            except self._faults as error:
                self._failed = self._clock()
                raise self._unreached("does not say where it answers", error) from None
            self._asked = now
            return self._about

    def _discovered(self) -> dict[str, Any]:
        issuer = self._settings.issuer
        about = self._json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != issuer:
            raise ValueError(f"it calls itself {str(about.get('issuer'))[:200]!r}, not {issuer!r}")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe_url(str(about.get(name, ""))):
                raise ValueError(f"its {name} is no address that begins with https://")
        return about

    def _json(self, url: str) -> dict[str, Any]:
        with self._client({}) as client:
            answer = client.get(url, withhold_token=True, timeout=_PATIENCE, allow_redirects=False)
            return _object(answer)

    # --- whether it can be believed ---------------------------------------------------------------

    def _believed(self, about: dict[str, Any], token: dict[str, Any], nonce: str) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken

        given = self._settings
        try:
            found = self._decoded(about, str(token["id_token"]))
            claims = CodeIDToken(
                found.claims, found.header,
                {"iss": {"essential": True, "value": given.issuer},
                 "aud": {"essential": True, "value": given.client},
                 "sub": {"essential": True}},
                {"nonce": nonce, "client_id": given.client,
                 "access_token": token.get("access_token")},
            )  # fmt: skip
            claims.validate(leeway=_SKEW)
        except self._unbelieved as error:
            self._tell(f"Not let in: what {self.host} said of somebody cannot be believed: "
                       f"{type(error).__name__}: {str(error)[:200]}")  # fmt: skip
            raise TurnedAway(
                403, f"What {self.host} says of you cannot be believed. Whoever serves these pages "
                "has been told why.",
            ) from None  # fmt: skip
        return dict(claims)

    def _decoded(self, about: dict[str, Any], text: str) -> Any:
        """A token's content; keys are asked for anew where the ones at hand do not fit."""
        from joserfc import jwt
        from joserfc.errors import BadSignatureError, InvalidKeyIdError
        from joserfc.jwk import KeySet
        from joserfc.jws import JWSRegistry

        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        for may_ask in (True, False):
            keys = KeySet.import_key_set({"keys": self._keyset(about)})
            try:
                return jwt.decode(text, keys, registry=registry)
            except (BadSignatureError, InvalidKeyIdError):
                if not may_ask or not self._may_ask_for_keys():
                    raise
        raise AssertionError

    def _keyset(self, about: dict[str, Any]) -> list[Any]:
        with self._lock:
            if not self._keys:
                found = self._json(about["jwks_uri"])["keys"]
                self._keys = [each for each in found if isinstance(each, dict)
                              and each.get("kty") in ("RSA", "EC", "OKP")
                              and each.get("use", "sig") == "sig"]  # fmt: skip
                self._keyed = self._clock()
            return self._keys

    def _may_ask_for_keys(self) -> bool:
        """Forget the keys, unless they have just come: who sends nonsense is no reason to ask."""
        with self._lock:
            is_old = self._clock() - self._keyed > _AGAIN
            if is_old:
                self._keys = []
            return is_old

    def _completed(
        self, about: dict[str, Any], client: Any, token: dict[str, Any], claims: dict[str, Any]
    ) -> Claims:
        """The claims, with those that only its userinfo endpoint tells.

        Where that one fails, or speaks of somebody else, the token's own have to be enough.
        """
        where = str(about.get("userinfo_endpoint", ""))
        lacking = [name for name in self._settings.names if not texts(claims, name)]
        if not lacking or not is_safe_url(where) or not token.get("access_token"):
            return claims
        try:
            more = _object(client.get(where, timeout=_PATIENCE, allow_redirects=False))
            if more.get("sub") != claims["sub"]:
                raise ValueError("it speaks of somebody else")
        except (self._refusal, *self._faults) as error:
            self._tell(f"The userinfo endpoint of {self.host} is of no use: {str(error)[:200]}")
            return claims
        return {**more, **claims}

    def _unreached(self, what: str, error: Exception) -> TurnedAway:
        self._tell(f"{self.host} {what}: {type(error).__name__}: {str(error)[:300]}")
        return self._away()

    def _away(self) -> TurnedAway:
        return TurnedAway(
            503, f"Signing in does not work now: {self.host} does not answer as it should. "
            "Try again in a minute; whoever serves these pages has been told why.",
        )  # fmt: skip


def _object(answer: Any) -> dict[str, Any]:
    """A JSON object that was answered.

    Raises:
        RequestException, ValueError: it was something else.
    """
    answer.raise_for_status()
    if answer.status_code != 200:
        raise ValueError(f"it answers {answer.status_code}")
    if len(answer.content) > _LARGEST:
        raise ValueError("its answer is too large")
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("its answer is no JSON object")
    return found
