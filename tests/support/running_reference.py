"""A reference that runs as a process of its own, and how tests speak to it: over HTTP, and in SQL."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import urllib3
from psycopg.rows import dict_row

from greenroom.core import deadlines
from greenroom.core.project import ROOT

Result = TypeVar("Result")
_numbers = itertools.count(1)
_local = threading.local()
_http = urllib3.PoolManager(maxsize=32, retries=False, timeout=15)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; `body` is None where there is none."""

    status: int
    body: Any
    headers: Any

    @property
    def error(self) -> Any:
        return self.body.get("error") or self.body.get("code")


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-up person."""

    user_id: str
    email: str
    name: str
    token: str


class Running:
    """A stack in a process of its own, on ports of its own."""

    def __init__(self, *options: str, cwd: Path = ROOT) -> None:
        """Returns when the stack has said that it is ready, or why it is not."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reference", "up", "--stdin", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=cwd,
            # Compiling this package anew would take a third of each start.
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        )
        self.ready: dict[str, Any] = self._line()

    def __getitem__(self, name: str) -> str:
        return str(self.ready[name])

    def command(self, line: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self._line()

    def stop(self) -> int:
        """Ends its standard input; the exit code."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        code = self.process.wait(10)
        self.process.stdout.close()
        return code

    def sql(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """As the database's owner; the rows, if there are any."""
        connections = _local.__dict__.setdefault("connections", {})
        if self["database"] not in connections:
            connections[self["database"]] = psycopg.connect(self["database"], autocommit=True, row_factory=dict_row)
        cursor = connections[self["database"]].execute(query.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def sign_up(self, name: str, tenant: str | None = None) -> Person:
        email = f"person{next(_numbers)}@example.test"
        body: dict[str, Any] = {"email": email, "password": "greenroom", "data": {"display_name": name}}
        if tenant:
            body["app_metadata"] = {"tenant_id": tenant}
        key = self["service_key" if tenant else "anon_key"]
        made = call("POST", f"{self['auth']}/signup", body, {"apikey": key}).body
        return Person(made["user"]["id"], email, name, made["access_token"])

    def gateway(self, who: Person | str | None, method: str, path: str, body: Any = None) -> Answer:
        """`who`: a person, a token, or nobody."""
        return call(method, self["gateway"] + path, body, _bearer(who))

    def rest(self, who: Person | str | None, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`headers`: such as prefer="return=representation"."""
        return call(method, self["data_api"] + path, body, {"apikey": self["anon_key"], **_bearer(who), **headers})

    def host(self, name: str = "Ada", tenant: str | None = None) -> tuple[Person, str]:
        """A person with a room."""
        person = self.sign_up(name, tenant)
        return person, self.gateway(person, "POST", "/rooms", {"title": f"{name}'s room"}).body["room"]["id"]

    def go_live(self, who: Person, room: str, **wanted: Any) -> Answer:
        return self.gateway(who, "POST", f"/rooms/{room}/sessions", {"starts_at": moment(), **wanted})

    def live(self, name: str = "Ada", guests: int = 0, **wanted: Any) -> tuple[Person, str, list[Person]]:
        """A host who is live and present, the room, and guests inside."""
        host, room = self.host(name)
        assert self.go_live(host, room, session_title=f"{name} live", **wanted).status == 201
        assert self.gateway(host, "POST", f"/rooms/{room}/host-present").status == 200
        inside = [self.sign_up("Grace") for _ in range(guests)]
        for guest in inside:
            assert self.gateway(guest, "POST", f"/rooms/{room}/join", {"user_id": guest.user_id}).status == 200
        return host, room, inside

    def rows(self, room: str) -> dict[str, list[dict[str, Any]]]:
        """Everything the database holds about a room, to be compared with what it held before."""
        owners = {
            "live_rooms": "id",
            "live_room_sessions": "room_id",
            "live_room_attendance": "live_room_id",
            "community_live_streams": "id",
        }
        return {
            table: self.sql(f"select * from {table} where {key} = %s order by 1, created_at", room)
            for table, key in owners.items()
        }

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return dict(json.loads(self.process.stdout.readline()))


def call(method: str, url: str, body: Any, headers: dict[str, str]) -> Answer:
    """One request; `body` is sent as JSON, None is no body."""
    given = {} if body is None else {"json": body}
    answer = _http.request(method, url, headers={"User-Agent": "reference-tests", **headers}, **given)
    is_json = "json" in answer.headers.get("content-type", "") and answer.data
    return Answer(answer.status, json.loads(answer.data) if is_json else None, answer.headers)


def moment(**offset: float) -> str:
    """Now, or `offset` (as of timedelta) from now."""
    return (datetime.now(UTC) + timedelta(**offset)).isoformat()


def at_once(*works: Callable[[], Result]) -> Sequence[Result]:
    """The results of works that ran at the same time."""
    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def eventually(holds: Callable[[], Any], seconds: float = 5.0) -> Any:
    """What `holds` gives once it is true. Raises AssertionError after `seconds`."""
    value, _ = deadlines.eventually(holds, bool, seconds)
    assert value, f"not within {seconds} s"
    return value


def _bearer(who: Person | str | None) -> dict[str, str]:
    token = who.token if isinstance(who, Person) else who
    return {"Authorization": f"Bearer {token}"} if token else {}
