"""A trouble as `troubles.toml` tells it: what is done, to whom, when, and the verdict that is due."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.trust.scenarios import SCENARIOS

FILE = Path(__file__).with_name("troubles.toml")

_OVER_HTTP, _IN_THE_BROWSER = ("E4", "C4", "S2", "S1"), ("R2", "H4", "L2")
WHOM: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "gateway": ("the gateway", _OVER_HTTP),
    "data_api": ("the data API", ("S1",)),
    "page": ("the page's own requests", _IN_THE_BROWSER),
    "auth": ("the sign-in", _OVER_HTTP),
    "web": ("the web server", _IN_THE_BROWSER),
    "database": ("the database", tuple(SCENARIOS)),
    "machine": ("the machine", tuple(SCENARIOS)),
    "clock": ("a clock", tuple(SCENARIOS)),
    "life": ("the run's process", tuple(SCENARIOS)),
    "others": ("other people", tuple(SCENARIOS)),
}
"""The tables of the file, in order: words for whom they are about, and the scenarios that are run where a line does not
say which."""

OPERATIONS: Mapping[str, tuple[str, str, str]] = {
    "create a room": ("gateway", "POST", "/rooms"),
    "find a room": ("gateway", "GET", "/rooms/me"),
    "see a room": ("gateway", "GET", "/rooms/*/state"),
    "go live": ("gateway", "POST", "/rooms/*/sessions"),
    "join": ("gateway", "POST", "/rooms/*/join"),
    "host-present": ("gateway", "POST", "/rooms/*/host-present"),
    "end": ("gateway", "POST", "/rooms/*/end"),
    "health": ("gateway", "GET", "/health"),
    "look up a room": ("data_api", "GET", "/live_rooms*"),
    "change a room": ("data_api", "PATCH", "/live_rooms*"),
    "list": ("data_api", "GET", "/community_live_streams*"),
    "reset": ("data_api", "POST", "/rpc/reset_live_room"),
    "ask beforehand": ("data_api", "OPTIONS", "/*"),
    "sign up": ("auth", "POST", "/signup*"),
    "sign in": ("auth", "POST", "/token*"),
    "the page": ("web", "GET", "/comm/*"),
    "a script": ("web", "GET", "*.js*"),
    "a style": ("web", "GET", "*.css*"),
    "the page's settings": ("web", "GET", "/config.json"),
}
"""What a request or a statement is for: service, method and path after the service's address."""

STATEMENTS: Mapping[str, bytes] = {
    "look": b"own_rooms",
    "clean up": b"delete from auth.users",
    "arrange": b"insert into live_room_sessions",
}
"""What a statement of the harness is for, and a part of its text."""

_TIMES = {
    "every": (1, None),
    "the first": (1, 1),
    "the second": (2, 2),
    "the third": (3, 3),
    "all but the first": (2, None),
}
_WHEN = re.compile(
    rf"(?P<times>{'|'.join(_TIMES)}) (?P<what>request|statement|connection)(?: to (?P<operation>.+?))?"
    r"(?: by (?P<by>the page|the harness))?"
)


class BadTrouble(Exception):
    """A line of the file that can't be read, or a name that no trouble has."""


@dataclass(frozen=True, slots=True)
class When:
    """Which requests, statements or connections meet it. They are counted anew in each scenario, from 1."""

    words: str
    what: str = ""
    operation: str = ""
    by: str = ""
    first: int = 1
    last: int | None = None

    @classmethod
    def read(cls, words: str) -> When:
        """From such as "every request to end by the page"; "from the start" meets nothing that is counted."""
        if words in ("from the start", "before the start"):
            return cls(words)
        found = _WHEN.fullmatch(words)
        if found is None:
            raise BadTrouble(f"when = {words!r} is not like 'the first request to end by the page'")
        operation = found["operation"] or ""
        if operation and operation not in (STATEMENTS if found["what"] == "statement" else OPERATIONS):
            raise BadTrouble(f"when = {words!r}: {operation!r} is no operation")
        return cls(words, found["what"], operation, found["by"] or "", *_TIMES[found["times"]])

    def fits(self, service: str, method: str, path: str, *, by_page: bool) -> bool:
        """Whether a request is one of those that are counted."""
        if self.what != "request" or (self.by and by_page != (self.by == "the page")):
            return False
        if not self.operation:
            return True
        its_service, its_method, its_path = OPERATIONS[self.operation]
        return (service, method) == (its_service, its_method) and fnmatch.fnmatchcase(path, its_path)

    def fits_statement(self, sent: bytes) -> bool:
        """Whether what was sent to the database is one of the statements that are counted."""
        return self.what == "statement" and (not self.operation or STATEMENTS[self.operation] in sent)

    def counts(self, number: int) -> bool:
        """Whether the number-th of a scenario, from 1, meets it."""
        return self.first <= number <= (self.last or number)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due without a bug: verdicts of scenarios that met the trouble, their causes (empty: any), exit codes."""

    verdicts: frozenset[str]
    causes: frozenset[str]
    exits: frozenset[int]
    others: Mapping[str, frozenset[str]]

    def of(self, key: str) -> frozenset[str]:
        """The verdicts due of a scenario that met the trouble."""
        return self.others.get(key, self.verdicts)

    @property
    def words(self) -> str:
        """As the page shows it."""
        causes = f" ({' or '.join(sorted(self.causes))})" if self.causes else ""
        others = "".join(f"; {key} {_either(verdicts)}" for key, verdicts in self.others.items())
        return f"{_either(self.verdicts)}{causes}{others}; exit {' or '.join(map(str, sorted(self.exits)))}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One line of the file. `does` is a deed and its parameters, `scenarios` the keys of those that are run."""

    name: str
    whom: str
    does: str
    when: When
    due: Due
    scenarios: tuple[str, ...]
    why: str = ""

    @property
    def deed(self) -> str:
        """The deed without its parameter."""
        return self.does.partition(":")[0]

    @property
    def lasts(self) -> bool:
        """Whether it is there during the whole run, and every scenario meets it."""
        return not self.when.what

    @property
    def parameter(self) -> str:
        """What follows the deed; empty where nothing does."""
        return self.does.partition(":")[2].strip()


_KEYS = {"does", "when", "due", "but", "cause", "exit", "only", "why"}
_EXITS = {"passed": 0, "failed": 1, "inconclusive": 2, "error": 3}


def read_troubles(file: Path = FILE) -> list[Trouble]:
    """Every trouble of the file, in its order. Raises BadTrouble."""
    tables: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(file.read_text(encoding="utf-8"))
    if unknown := set(tables) - set(WHOM):
        raise BadTrouble(f"there is no {', '.join(sorted(unknown))}")
    return [_read(whom, name, line) for whom in WHOM for name, line in tables.get(whom, {}).items()]


def chosen(troubles: Sequence[Trouble], names: Sequence[str]) -> list[Trouble]:
    """Those of the names: a trouble's own, or that of a table for all in it. All where there are none.

    Raises BadTrouble.
    """
    known = {one.name for one in troubles} | {one.whom for one in troubles}
    if unknown := [name for name in names if name not in known]:
        raise BadTrouble(f"there is no trouble called {', '.join(unknown)}; --list names them")
    return [one for one in troubles if not names or one.name in names or one.whom in names]


def _read(whom: str, name: str, line: Mapping[str, Any]) -> Trouble:
    full = f"{whom}/{name}"
    try:
        if unknown := set(line) - _KEYS:
            raise BadTrouble(f"unknown key {', '.join(sorted(unknown))}")
        verdicts = frozenset(_several(line["due"]))
        others = {key: frozenset(_several(value)) for key, value in line.get("but", {}).items()}
        every = verdicts.union(*others.values())
        exits = frozenset(int(one) for one in _several(line.get("exit", [_EXITS[one] for one in every])))
        only = _several(line.get("only", WHOM[whom][1]))
        if unknown := (set(only) | set(others)) - set(SCENARIOS):
            raise BadTrouble(f"there is no scenario {', '.join(sorted(unknown))}")
        due = Due(verdicts, frozenset(_several(line.get("cause", []))), exits, others)
        when = When.read(line.get("when", "from the start"))
        return Trouble(full, whom, line["does"], when, due, tuple(only), line.get("why", ""))
    except (KeyError, BadTrouble) as error:
        raise BadTrouble(f"{FILE.name}: {full}: {error}") from None


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _either(verdicts: frozenset[str]) -> str:
    return " or ".join(sorted(verdicts, reverse=True))
