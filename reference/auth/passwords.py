"""Password hashes. The cost is that of a test server, about two milliseconds."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_COST = 2**10


def hash_password(password: str) -> str:
    """A salted hash, as text."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(password, salt).hex()}"


def matches(password: str, stored: str | None) -> bool:
    """Whether `stored` is a hash of `password`. As slow for an account that does not exist (None)."""
    _, salt, digest = (stored or "scrypt$00$00").split("$")
    found = _scrypt(password, bytes.fromhex(salt))
    return hmac.compare_digest(found, bytes.fromhex(digest)) and stored is not None


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32)
