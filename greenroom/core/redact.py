"""Keeps secrets out of everything that a run writes: those we know by value, and those known by shape or name."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.core.secret_forms import HIDDEN, PERHAPS, Form, forms_of
from greenroom.core.secret_shapes import SECRET_HEADERS, hide_named, hide_shapes, is_secret_name, looks_random

__all__ = ["HIDDEN", "PERHAPS", "Redactor"]

_KEY_LINE = 20
"""Letters from which on a line of a key of several lines is a secret by itself."""


class Redactor:
    """Replaces secrets by a mark. Values are learnt as they come up: passwords, tokens, keys, connection strings.

    A `child` knows what its parent knows, and keeps to itself what it learns: one a scenario, so that a run of many
    scenarios does not look for everybody's tokens everywhere.
    """

    def __init__(self, secrets: Iterable[str] = (), parent: Redactor | None = None) -> None:
        self._parent = parent
        self._known: dict[str, bool] = {}
        self._forms: tuple[Form, ...] = ()  # longest first; replaced as a whole: several threads read it
        self._inherited: tuple[Form, ...] = ()
        self.learn(*secrets)

    def child(self) -> Redactor:
        """A redactor that knows all that this one knows, now and later."""
        return Redactor(parent=self)

    def learn(self, *secrets: str) -> None:
        """Hide these values from now on, however they are escaped or encoded."""
        self._learn(secrets, sure=True)

    def learn_perhaps(self, *values: str) -> None:
        """Hide these values, which may be harmless: the mark in their place proves no leak."""
        self._learn(values, sure=False)

    def learn_answer(self, answer: Any, *, secret: bool = False) -> None:
        """Learn the secrets at any depth of what a sign-in answered: by their names, or because they look random.

        `secret`: whatever it holds is one. Ids are none, whatever they look like.
        """
        if isinstance(answer, dict):
            for name, value in answer.items():
                named = is_secret_name(str(name))
                if isinstance(value, str) and not named and not secret and _names_an_id(str(name)):
                    continue
                self.learn_answer(value, secret=secret or named)
        elif isinstance(answer, list):
            for item in answer:
                self.learn_answer(item, secret=secret)
        elif isinstance(answer, str):
            inner: Any = None
            with suppress(ValueError):
                inner = json.loads(answer) if answer[:1] in ("{", "[", '"') else None
            if inner is not None:
                self.learn_answer(inner, secret=secret)
            elif secret and len(answer) > 8:
                self.learn(answer)
            elif looks_random(answer) and "://" not in answer:
                self.learn_perhaps(answer)

    def learn_cookies(self, cookies: Iterable[tuple[str, str]]) -> None:
        """Learn the values of cookies that prove something: by their names, or because they look random."""
        for name, value in cookies:
            for written in {value, unquote(value)}:
                if is_secret_name(name) or looks_random(written):
                    self.learn(written)
                self.learn_answer(written)

    def text(self, text: str) -> str:
        """`text` without secrets."""
        if not text:
            return text
        return hide_named(hide_shapes(self._hide_known(text)))

    def quoted(self, text: str) -> str:
        """A text of our own, which quotes the target, without secrets: names such as `password` are ours there."""
        return hide_shapes(self._hide_known(text))

    def value(self, value: Any, name: str = "") -> Any:
        """A parsed JSON value without secrets: the strings in it, and what is called `name` if that is a secret's."""
        if isinstance(value, str):
            return HIDDEN if value and name and is_secret_name(name) else self.text(value)
        if isinstance(value, list):
            return [self.value(item, name) for item in value]
        if isinstance(value, dict):
            called = value.get("name")
            pair = is_secret_name(name) or (isinstance(called, str) and _hides_header(called))
            return {
                key: HIDDEN
                if pair and item and isinstance(item, str) and _is_value(key)
                else self.value(item, str(key))
                for key, item in value.items()
            }
        return value

    def headers(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Headers without secrets, names in lower case."""
        return {name.lower(): HIDDEN if _hides_header(name) else self.text(value) for name, value in headers}

    def clean_error(self, error: BaseException) -> None:
        """Take secrets out of what an error says, where it is one of ours."""
        if isinstance(error, GreenroomError | Inconclusive):
            error.message, error.hint = self.quoted(error.message), self.quoted(error.hint)
            error.args = (error.message,)

    def _hide_known(self, text: str) -> str:
        for form in self._all_forms():
            text = form.hide(text)
        return text

    def _all_forms(self) -> tuple[Form, ...]:
        inherited = self._parent._all_forms() if self._parent is not None else ()
        if inherited is not self._inherited:
            self._inherited, self._forms = inherited, self._sorted(inherited)
        return self._forms

    def _sorted(self, inherited: tuple[Form, ...]) -> tuple[Form, ...]:
        own = (form for one, sure in self._known.items() for form in forms_of(one, sure=sure))
        return tuple(sorted((*inherited, *own), key=lambda form: len(form.source), reverse=True))

    def _learn(self, values: Iterable[str], *, sure: bool) -> None:
        fresh = {part: sure for value in values for part in _parts(value)}
        fresh = {part: True if sure else self._known.get(part, False) for part in fresh if self._lacks(part, sure)}
        if fresh:
            self._known = self._known | fresh
            self._forms = self._sorted(self._inherited)

    def _lacks(self, part: str, sure: bool) -> bool:
        if self._parent is not None and not self._parent._lacks(part, sure):
            return False
        return part not in self._known or (sure and not self._known[part])


def _hides_header(name: str) -> bool:
    return name.lower() in SECRET_HEADERS or is_secret_name(name)


def _is_value(key: Any) -> bool:
    """Whether this key of a header, a cookie, an input or a <meta> holds what belongs to its `name`."""
    return key == "content" or "value" in str(key).lower()


def _names_an_id(name: str) -> bool:
    plain = name.lower()
    return plain in ("id", "uid", "sub", "aud", "iss", "etag") or plain.endswith(("_id", "-id")) or name.endswith("Id")


def _parts(value: str) -> list[str]:
    """A secret, and the secrets in it: the password of an address, what follows `Bearer`, each line of a key."""
    value = value.strip()
    found = [value]
    scheme, _, rest = value.partition(" ")
    if scheme.lower() in ("bearer", "basic", "token", "digest") and rest:
        found.append(rest.strip())
    if scheme.lower() == "basic":
        with suppress(binascii.Error, UnicodeDecodeError):
            found.append(base64.b64decode(rest.strip()).decode().partition(":")[2])
    if "://" in value:
        found += secrets_of_address(value)
    lines = value.splitlines()
    if len(lines) > 1:
        found += [line for line in lines if len(line) >= _KEY_LINE and "-----" not in line]
    return [one for one in dict.fromkeys(found) if one]


def secrets_of_address(address: str, *, all_of_query: bool = False) -> list[str]:
    """The secrets in an address: its password, a user name that looks like a token, and values of its query."""
    with suppress(ValueError):
        parts = urlsplit(address)
        query = parse_qsl(parts.query)
        found = [value for name, value in query if all_of_query or is_secret_name(name) or looks_random(value)]
        user, password = parts.username or "", parts.password or ""
        found += [password, unquote(password)]
        if looks_random(unquote(user)):
            found += [user, unquote(user)]
        return [one for one in dict.fromkeys(found) if one]
    return []
