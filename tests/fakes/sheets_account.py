"""The service account and Google's token endpoint: a key signs a claim, the endpoint gives a bearer token."""

from __future__ import annotations

import base64
import binascii
import functools
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

EMAIL = "sheetflow@tracker-test.iam.gserviceaccount.com"
GOOGLE_TOKEN = "https://oauth2.googleapis.com/token"
"""The audience that google-auth writes into its claims, whatever token_uri says."""
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3599
"""Seconds a token is good for."""
SKEW = 300
"""Seconds by which the caller's clock may be wrong."""
BAD_CLOCK = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your "
    "iat and exp values in the JWT claim."
)


class Refused(Exception):
    """The token endpoint says no: the OAuth error and its description."""


class ServiceAccount:
    def __init__(self, base_url: str) -> None:
        self.token_uri = f"{base_url}/token"
        self.tokens: dict[str, tuple[float, str]] = {}
        """Token to when it ends and the scope it was given for."""

    @property
    def key_json(self) -> str:
        """The file that Google Cloud's console hands out."""
        return json.dumps(
            {
                "type": "service_account",
                "project_id": "tracker-test",
                "private_key_id": "0123456789abcdef0123456789abcdef01234567",
                "private_key": _pem(),
                "client_email": EMAIL,
                "client_id": "100000000000000000001",
                "token_uri": self.token_uri,
                "universe_domain": "googleapis.com",
            }
        )

    def answer(self, form: dict[str, str], now: float) -> tuple[int, dict[str, Any]]:
        """Status and body of the token endpoint's answer; `now` in seconds since 1970."""
        try:
            scope = self._checked(form, now)
        except Refused as refused:
            error, description = refused.args
            return 400, {"error": error, "error_description": description}
        token = f"ya29.{secrets.token_urlsafe(32)}"
        self.tokens[token] = (now + LIFETIME, scope)
        return 200, {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer"}

    def scope(self, authorization: str, now: float) -> str | None:
        """The scope of a bearer token; None where the token is unknown or over."""
        ends, scope = self.tokens.get(authorization.removeprefix("Bearer "), (0.0, ""))
        return scope if now < ends else None

    def expire_tokens(self) -> None:
        self.tokens.clear()

    def _checked(self, form: dict[str, str], now: float) -> str:
        if form.get("grant_type") != GRANT:
            raise Refused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type')}")
        claims = _claims(form.get("assertion", ""))
        if claims.get("iss") != EMAIL:
            raise Refused("invalid_grant", "Invalid grant: account not found")
        if claims.get("aud") not in (self.token_uri, GOOGLE_TOKEN):
            raise Refused("invalid_grant", "Invalid JWT: Failed audience check.")
        starts, ends = claims.get("iat", 0), claims.get("exp", 0)
        if not starts - SKEW <= now <= ends + SKEW or ends - starts > 3600 + SKEW:
            raise Refused("invalid_grant", BAD_CLOCK)
        return str(claims.get("scope", ""))


@functools.cache
def _key() -> rsa.RSAPrivateKey:
    """One key for all fakes of a process. Google's have 2048 bits, and take nine times as long to load."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


@functools.cache
def _pem() -> str:
    private = serialization.PrivateFormat.PKCS8
    return _key().private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption()).decode()


def _claims(assertion: str) -> dict[str, Any]:
    signed, _, signature = assertion.rpartition(".")
    try:
        _key().public_key().verify(_decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        claims: dict[str, Any] = json.loads(_decoded(signed.partition(".")[2]))
    except (InvalidSignature, ValueError, binascii.Error):
        raise Refused("invalid_grant", "Invalid JWT Signature.") from None
    return claims


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
