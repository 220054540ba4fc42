"""People whose proof is not worth anything: forged, expired, foreign (S2)."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any

from greenroom.core import clock
from greenroom.core.errors import NotApplicable
from greenroom.drivers.account import Account
from greenroom.targetfile.model import Target

KINDS = ("a forged token", "an expired token", "a foreign token", "an unsigned token", "a token that is none")

_NO_UUID, _NO_NUMBER = "00000000-0000-4000-8000-00000000beef", 2_147_480_047
_AN_HOUR, _TEN_MINUTES = 3600, 600
_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")
_OF_THE_MOMENT = frozenset({"iat", "exp", "nbf", "jti"})
"""Claims that each renewal makes anew."""
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
            over = int(clock.now().timestamp()) - _TEN_MINUTES  # longer than clocks that are kept right may differ
            return dataclasses.replace(account, token=_until(target, claims, over))
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


_OF_THE_PERSON = frozenset({"sub", "uid", "user_id", "email"})
_RANDOM = re.compile(r"(?=.*\d)[0-9a-zA-Z_-]{16,}")
"""An id that is drawn for each sign-in: a UUID, a hash, an opaque text."""
_FIRST_MOMENT = 1_000_000_000
"""In seconds since 1970: what is less is no moment at which a token was made."""


def _altered(proof: str) -> str:
    """The proof with another letter in its middle."""
    middle = len(proof) // 2
    return proof[:middle] + ("b" if proof[middle : middle + 1] == "a" else "a") + proof[middle + 1 :]


def run_out(target: Target, account: Account, *, left: int = -_AN_HOUR) -> Account:
    """`account` as a page keeps it whose sign-in has run out meanwhile: the token is over, what renews it is not. With
    `left` it runs out in so many seconds.

    Raises NotApplicable as `forged` does.
    """
    forged(target, account, "an expired token")  # raises what keeps it from being made
    claims = _claims(account.token) or {}
    token = _until(target, claims, int(clock.now().timestamp()) + left)
    answer = _replaced(json.dumps(account.answer), account.token, token)
    return dataclasses.replace(account, token=token, answer=json.loads(answer))


def run_out_in(target: Target, account: Account, text: str) -> str:
    """`text`, which a page has kept for `account` and renewed since, with the token in it over; what renews it is as it
    was, also where that is a token itself. Raises NotApplicable as `forged` does, and where no such token is in it."""
    forged(target, account, "an expired token")
    like, over = _lasting(account.token), int(clock.now().timestamp()) - _AN_HOUR
    renewed = [found for found in set(_TOKEN.findall(text)) if _lasting(found) == like]
    if not renewed:
        raise NotApplicable("kept-token", "the page keeps a renewed sign-in in another form than that of the first one")
    for token in renewed:
        text = _replaced(text, token, _until(target, _claims(token) or {}, over))
    return text


def runs_out_at(target: Target, account: Account, text: str, over: int) -> str:
    """`text`, an answer that gives a page of `account` another token, with one in its place that is over at that time,
    in seconds; also where it says how long it lasts, or until when. Raises NotApplicable as `forged` does."""
    forged(target, account, "an expired token")
    like = _lasting(account.token)
    for token in {found for found in _TOKEN.findall(text) if _lasting(found) == like}:
        claims = _claims(token) or {}
        lasts = int(claims.get("exp", 0)) - int(claims.get("iat", 0))
        text = re.sub(rf"(:\s*){lasts}(?=\s*[,}}])", rf"\g<1>{over - int(clock.now().timestamp())}", text)
        text = _replaced(text, token, _until(target, claims, over))
    return text


def _lasting(token: str) -> dict[str, Any]:
    """What a token claims of its person, whenever and in whichever sign-in it was made: without moments, such as when
    somebody has proved last who they are, and without ids but that of the person, such as that of the session."""
    claims = {name: value for name, value in (_claims(token) or {}).items() if name not in _OF_THE_MOMENT}
    return {name: value if name in _OF_THE_PERSON else _of_any_sign_in(value) for name, value in claims.items()}


def _of_any_sign_in(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _of_any_sign_in(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_of_any_sign_in(one) for one in value]
    is_moment = isinstance(value, (int, float)) and value >= _FIRST_MOMENT
    return None if is_moment or (isinstance(value, str) and _RANDOM.fullmatch(value)) else value


def _until(target: Target, claims: dict[str, Any], over: int) -> str:
    """A token of the target's with these claims, which is over at that time."""
    import jwt

    claims = claims | {"iat": over - _AN_HOUR, "exp": over}
    return jwt.encode(claims, target.sign_in.key, algorithm=target.sign_in.algorithm)


def _replaced(text: str, token: str, other: str) -> str:
    """The text with the other token in place of the one, and where it says when that is over, as of the other."""
    was, over = ((_claims(one) or {}).get("exp") for one in (token, other))
    text = text.replace(token, other)
    return re.sub(rf"(?<![\w.\"-]){was}(?![\w.\"-])", str(over), text) if was else text


def public_key(target: Target, account: Account) -> Account:
    """`account` with the key for a proof that every page carries. Raises NotApplicable where the target gives none."""
    if not target.sign_in.public_key:
        raise NotApplicable("public-key", "the target gives no key that its pages carry: [sign_in] public_key")
    return dataclasses.replace(account, token=target.sign_in.public_key, cookies={})


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
