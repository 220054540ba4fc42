"""Secrets that nobody told us, known by their shape or by the name that stands beside them."""

from __future__ import annotations

import base64
import binascii
import re

from greenroom.core.secret_forms import HIDDEN, PERHAPS, is_ordinary

SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "apikey", "x-api-key", "proxy-authorization"})

_SECRET_NAME = re.compile(
    r"passw(?:or)?d|passphrase|secret|(?:api|service|access|private|signing|master|encryption|anon)key|pwd$|jwt$"
    r"|tokens?$|tokenhash$|credentials?$|^authorization|authorization$|cookies?$|^bearer$|otp$|^pgpass"
)
_HARMLESS_NAME = re.compile(r"(?:topic|idempotency|public|foreign|primary|storage)keys?$")

_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]{6,}|\.\.[A-Za-z0-9_-]{6,})(?:\.[A-Za-z0-9_-]*){1,3}")
_BASE64_JSON = re.compile(r"(?:eyJ|W3si)[A-Za-z0-9+/_-]{20,}={0,2}")
_PEM = re.compile(r"-----BEGIN (?P<kind>[A-Z0-9 ]*PRIVATE KEY)-----.*?(?:-----END (?P=kind)-----|\Z)", re.DOTALL)
# A scheme begins a word and is short: else every letter of a long text would be the start of another search.
_URL_PASSWORD = re.compile(
    r"(?P<head>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}://[^\s:/@?#\"']*:)[^\s/?#\"'<>\\]+(?=@)", re.IGNORECASE
)
_BEARER = re.compile(r"(?P<head>\bbearer(?:\s+|%20|\+))(?P<value>[A-Za-z0-9._~+/=-]{8,})", re.IGNORECASE)
_BASIC = re.compile(r"(?P<head>\bbasic(?:\s+|%20|\+))(?P<value>[A-Za-z0-9+/_-]{6,}={0,2})", re.IGNORECASE)
_KEYS_OF_VENDORS = re.compile(
    r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|sk_(?:live|test)_[A-Za-z0-9]{12,}|xox[abpr]-[A-Za-z0-9-]{10,}"
    r"|sb_secret_[A-Za-z0-9_-]{10,})"
)

_WORDS = ("pass", "pwd", "secret", "token", "key", "credential", "authorization", "cookie", "jwt", "bearer", "otp")
_NAME = rf"[\w.$-]{{0,60}}?(?:{'|'.join(_WORDS)})[\w.$-]{{0,30}}"
_QUOTE = r"\\*[\"']|&quot;|%(?:25)*22"
_NAMED_STRING = re.compile(
    rf"(?P<head>(?P<quote>{_QUOTE})(?P<name>{_NAME})(?P=quote)\s*(?::|=>|%(?:25)*3A)\s*(?P=quote))"
    r"(?P<value>(?:(?!(?<!\\)(?P=quote)).)*)",
    re.IGNORECASE | re.DOTALL,
)
"""`"name": "value"`, with the quotes escaped as often as they may be: the value ends with the quote it began with."""
_NAMED_PAIR = re.compile(
    rf"(?P<head>(?P<quote>{_QUOTE})name(?P=quote)\s*:\s*(?P=quote)(?P<name>{_NAME})(?P=quote)\s*,\s*"
    r"(?P=quote)value(?P=quote)\s*:\s*(?P=quote))(?P<value>(?:(?!(?<!\\)(?P=quote)).)*)",
    re.IGNORECASE | re.DOTALL,
)
"""`"name": "Authorization", "value": "…"`, as archives of requests write headers and cookies."""
_NAMED_ATTRIBUTE = re.compile(
    rf"(?P<head>\bname=(?P<quote>{_QUOTE})(?P<name>{_NAME})(?P=quote)[^<>]{{0,200}}?\b(?:content|value)=(?P=quote))"
    r"(?P<value>(?:(?!(?P=quote))[^<>])*)",
    re.IGNORECASE,
)
"""`<meta name="csrf-token" content="…">`, `<input name="password" value="…">`."""
_NAMED_WORD = re.compile(
    rf"(?P<head>(?<![\w.$-])(?P<name>{_NAME})(?P<quote>{_QUOTE})?\s*(?:[=:]|%(?:25)*3D)\s*[\"']?)"
    r"(?P<value>(?:(?!%(?:25)*26)[^\s\"'&;,\\<>(){}\[\]‹])+)",
    re.IGNORECASE,
)
"""`name=value` of a form or an address, `name: value` of a line."""
_HEADER_LINE = re.compile(
    r"(?P<head>(?<![\w.$-])(?P<name>(?:proxy-)?authorization|(?:set-)?cookie)[ \t]*:[ \t]*)(?P<value>[^\r\n\"'\\]+)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.[a-z]{1,5}$")
_NO_VALUES = frozenset({"null", "none", "true", "false", "undefined", "nil"})


def is_secret_name(name: str) -> bool:
    """Whether what is called so is a secret: `refresh_token`, `X-Api-Key`, `clientSecret`."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return bool(_SECRET_NAME.search(plain)) and not _HARMLESS_NAME.search(plain)


def looks_random(value: str) -> bool:
    """Whether nobody would write it by hand: long, of one piece, letters and digits mixed."""
    return (
        len(value) >= 16
        and not re.search(r"\s", value)
        and any(map(str.isdigit, value))
        and any(map(str.isalpha, value))
        and len(set(value)) >= 8
    )


def hide_shapes(text: str) -> str:
    """`text` without what has the shape of a secret."""
    if "PRIVATE KEY-----" in text:
        text = _PEM.sub(HIDDEN, text)
    if "eyJ" in text or "W3si" in text:
        text = _BASE64_JSON.sub(_hide_base64, _JWT.sub(HIDDEN, text))
    if "://" in text and "@" in text:
        text = _URL_PASSWORD.sub(rf"\g<head>{HIDDEN}", text)
    text = _KEYS_OF_VENDORS.sub(HIDDEN, text)
    lower = text.lower()
    if "bearer" in lower:
        text = _BEARER.sub(_hide_bearer, text)
    if "basic" in lower:
        text = _BASIC.sub(_hide_basic, text)
    return text


def hide_named(text: str) -> str:
    """`text` without what has a secret's name beside it."""
    lower = text.lower()
    if any(word in lower for word in _WORDS):
        text = _HEADER_LINE.sub(rf"\g<head>{HIDDEN}", text)
        for pattern in (_NAMED_PAIR, _NAMED_STRING, _NAMED_ATTRIBUTE, _NAMED_WORD):
            text = pattern.sub(_hide_named, text)
    return text


def _hide_named(found: re.Match[str]) -> str:
    value = found["value"]
    known = not value or value.lower() in _NO_VALUES or value.startswith(("‹", "{", "["))
    known = known or bool(_FILE.search(found["name"]) and value[:1].isdigit())  # secrets.py:51
    if known or not is_secret_name(found["name"]):
        return found.group()
    return found["head"] + (PERHAPS if is_ordinary(value) else HIDDEN)


def _hide_bearer(found: re.Match[str]) -> str:
    value = found["value"]
    hides = any(map(str.isdigit, value)) or (len(value) >= 16 and not value.islower())
    return found["head"] + HIDDEN if hides else found.group()


def _hide_basic(found: re.Match[str]) -> str:
    return found["head"] + HIDDEN if ":" in _decoded(found["value"]) else found.group()


def _hide_base64(found: re.Match[str]) -> str:
    text = _decoded(found.group())
    return HIDDEN if hide_named(hide_shapes(text)) != text else found.group()


def _decoded(value: str) -> str:
    """What Base64 says, or "" when it is none, or no text."""
    plain = value.rstrip("=").replace("-", "+").replace("_", "/")
    plain = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8", "ignore")
    except (binascii.Error, ValueError):
        return ""
