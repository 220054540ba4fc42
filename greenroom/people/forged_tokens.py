"""People whose proof is not worth anything: forged, expired, foreign (S2)."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable
from typing import Any

from greenroom.core import clock
from greenroom.core.errors import NotApplicable
from greenroom.drivers.account import Account
from greenroom.targetfile.model import Target

KINDS = ("a forged token", "an expired token", "a foreign token", "an unsigned token", "a token that is none")

_NO_UUID, _NO_NUMBER = "00000000-0000-4000-8000-00000000beef", 2_147_480_047
_FOREIGN_KEY = "a key that is not the target's, and long enough for anybody's taste"


def forged(target: Target, account: Account, kind: str) -> Account:
    """`account` with a proof of that kind. Of proofs that are no JWT, a forged one is the genuine one with a letter
    changed. Raises NotApplicable for the other kinds of these, and where an expired one can't be made because its key
    is not known."""
    if kind == "a token that is none":
        return dataclasses.replace(
            account, token="none-at-all", cookies=_other_cookies(target, account, lambda value: "none")
        )
    claims = _claims(account.token)
    if claims is None and kind == "a forged token":
        return dataclasses.replace(
            account,
            token=_altered(account.token),
            cookies=_other_cookies(target, account, _altered),
        )
    if claims is None:
        raise NotApplicable("jwt", "the target's tokens are no JWT")
    import jwt  # with its cryptography it takes longer to import than a request takes

    parts = account.token.split(".")
    match kind:
        case "a forged token":
            claims["sub"] = _nobodys_like(claims.get("sub"))
            return dataclasses.replace(account, token=".".join((parts[0], _encoded(claims), parts[2])))
        case "an unsigned token":
            header = _encoded({"alg": "none", "typ": "JWT"})
            return dataclasses.replace(account, token=f"{header}.{parts[1]}.")
        case "a foreign token":
            return dataclasses.replace(account, token=jwt.encode(claims, _FOREIGN_KEY, algorithm="HS256"))
        case "an expired token":
            if not target.sign_in.key:
                raise NotApplicable("jwt-key", "the target does not give the key that signs its tokens")
            now = int(clock.now().timestamp())
            claims |= {"iat": now - 7200, "exp": now - 3600}
            return dataclasses.replace(
                account, token=jwt.encode(claims, target.sign_in.key, algorithm=target.sign_in.algorithm)
            )
    raise ValueError(kind)


def _other_cookies(target: Target, account: Account, other: Callable[[str], str]) -> dict[str, str]:
    """The cookies with another value each, but for that of the CSRF token: without it a request is
    refused whoever sends it."""
    csrf = target.sign_in.csrf
    kept = csrf.cookie if csrf is not None else ""
    return {name: value if name == kept else other(value) for name, value in account.cookies.items()}


def _claims(token: str) -> dict[str, Any] | None:
    """What a JWT claims; None for a proof that is none."""
    if token.count(".") != 2:
        return None
    import jwt

    try:
        return dict(jwt.decode(token, options={"verify_signature": False}))
    except jwt.PyJWTError:
        return None


def _nobodys_like(subject: Any) -> Any:
    """An id of the same form, most likely nobody's: a service that checks no signature must not stumble over it."""
    if isinstance(subject, int):
        return _NO_NUMBER
    if isinstance(subject, str) and subject.isascii() and subject.isdigit():
        return str(_NO_NUMBER)
    return _NO_UUID


def _altered(proof: str) -> str:
    """The proof with another letter in its middle."""
    middle = len(proof) // 2
    return proof[:middle] + ("b" if proof[middle : middle + 1] == "a" else "a") + proof[middle + 1 :]


def run_out(target: Target, account: Account) -> Account:
    """`account` as a page keeps it whose sign-in has run out meanwhile: the token is over, what renews it is not.

    Raises NotApplicable as `forged` does.
    """
    expired = forged(target, account, "an expired token")
    answer = json.dumps(account.answer).replace(account.token, expired.token)
    return dataclasses.replace(expired, answer=json.loads(answer))


def public_key(target: Target, account: Account) -> Account:
    """`account` with the key for a proof that every page carries. Raises NotApplicable where the target gives none."""
    if not target.sign_in.public_key:
        raise NotApplicable("public-key", "the target gives no key that its pages carry: [sign_in] public_key")
    return dataclasses.replace(account, token=target.sign_in.public_key, cookies={})


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
