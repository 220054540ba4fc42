"""Which values of a target file are secrets: what came from a variable, but for what is public by its place.

docs/targets.md, "Secrets", tells the rule to whoever writes a target file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.core.redact import Redactor, secrets_of_address
from greenroom.core.secret_shapes import is_secret_name, looks_random
from greenroom.targetfile.interpolate import Path, references

_PUBLIC = frozenset(
    {
        "name", "version", "contact", "environment", "capabilities", "error_code", "error_header", "refused_when",
        "refused_text", "ids", "unknown_room", "malformed_room", "deadlines", "limits", "page_requests",
        "known_failures", "logs",
        "watch", "migration", "launch", "tickets",
    }
)  # fmt: skip
"""Tables and keys at the top of a target file in which nothing is secret."""
_PUBLIC_KEYS = frozenset(
    {"account_id", "email", "name", "room", "source", "service", "method", "scheme", "algorithm", "access", "locale"}
    | {"device", "signed_in", "lifetime", "table"}
)
"""Keys in whose own place nothing is secret, whatever the table."""
_SECRET_PLACES = (("database", "dsn"), ("sign_in", "key"))
_WRITTEN_ON_PAGES = frozenset({"with", "value", "forged_state"})
"""Keys of [web] and of flows that hold a value; all others hold a selector or a path."""
_NO_VALUES = frozenset({"answer", "statuses", "refusals", "browser_sign_in", "web", "logs", "page_requests", "limits"})
"""Tables whose keys are words of ours or of the page, and hold no secret by name."""
_PORTS = "launch.port."
"""What begins the name of a reference to a port."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)


class TargetSecrets(NamedTuple):
    """What must not be shown of a target: values that are secrets for sure, and values that may be."""

    sure: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()

    def taught_to(self, redactor: Redactor) -> Redactor:
        """The redactor, which has learnt them."""
        redactor.learn(*self.sure)
        redactor.learn_perhaps(*self.perhaps)
        return redactor


@contextmanager
def redacted_errors(secrets: TargetSecrets) -> Iterator[None]:
    """Errors of ours that leave this block say no secret."""
    try:
        yield
    except (GreenroomError, Inconclusive) as error:
        secrets.taught_to(Redactor()).clean_error(error)
        raise


def secrets_in(document: Mapping[str, Any], filled: Mapping[str, Any], values: Mapping[str, str]) -> TargetSecrets:
    """The secrets of a target file. `document` is as written, `filled` has its references replaced; `values` are those
    of the references, by their name."""
    sure: list[str] = list(_secrets_by_place(filled))
    perhaps: list[str] = []
    for path, name, _ in references(document):
        value = values.get(name, "")
        if not value or name.startswith(_PORTS) or _is_public(path):
            continue
        if _is_path(path):
            sure += [part for part in re.split(r"[/?&=]", value) if looks_random(part) and not _UUID.fullmatch(part)]
        elif any(is_secret_name(str(part)) for part in path) or path in _SECRET_PLACES:
            sure.append(value)
        else:
            perhaps.append(value)
    return TargetSecrets(tuple(filter(None, dict.fromkeys(sure))), tuple(dict.fromkeys(perhaps)))


def _secrets_by_place(filled: Mapping[str, Any]) -> Iterator[str]:
    """What is a secret wherever it came from: also one that was written into the file."""
    for address in _table(filled, "addresses").values():
        if isinstance(address, str):
            yield from secrets_of_address(address, all_of_query=True)
    dsn = _table(filled, "database").get("dsn")
    if isinstance(dsn, str) and dsn:
        yield from passwords_of(dsn)
    yield str(_table(filled, "sign_in").get("key", ""))
    yield from _named(filled)


def _named(value: Any, name: str = "") -> Iterator[str]:
    """Values called as secrets are; not the JMESPaths of answers, which are called like what they find, nor the name of
    the cookie that [sign_in.csrf] looks for."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _NO_VALUES and (name, key) != ("csrf", "cookie"):
                yield from _named(item, str(key))
    elif isinstance(value, list):
        for item in value:
            yield from _named(item, name)
    elif isinstance(value, str) and is_secret_name(name) and "{" not in value:
        yield value


def passwords_of(dsn: str) -> list[str]:
    """The passwords in a connection string, as an address or as words."""
    found = secrets_of_address(dsn) if "://" in dsn else []
    try:
        words = conninfo_to_dict(dsn)
    except ProgrammingError:
        return found
    return [*found, *(str(words[key]) for key in ("password", "sslpassword") if words.get(key))]


def _is_public(path: Path) -> bool:
    if path[:2] == ("launch", "environment"):
        return False
    if (
        path[0] in _PUBLIC or path[0] == "addresses"
    ):  # of an address, the parts that are secret are known by their place
        return True
    last = next((part for part in reversed(path) if isinstance(part, str)), "")
    if path[0] in ("web", "browser_sign_in"):
        return not _WRITTEN_ON_PAGES & set(path) and last != "path" and not last.endswith("_path")
    inside_body = {"json", "form", "headers", "query", "claims", "cookies"} & set(path)
    return not inside_body and last in _PUBLIC_KEYS


def _is_path(path: Path) -> bool:
    last = str(path[-1])
    return (last == "path" or last.endswith("_path")) and not {"json", "form", "headers", "query"} & set(path)


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}
