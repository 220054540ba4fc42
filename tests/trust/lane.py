"""A running reference behind proxies, and the target that describes it: one for the correct one, one with the bugs."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

import psycopg

from tests.planted.bug import patch_called
from tests.planted.copies import apply, copy_reference
from tests.support.running_reference import Running
from tests.support.served import describe
from tests.trust.http_proxy import HttpProxy
from tests.trust.postgres_proxy import PostgresProxy
from tests.trust.trouble import Trouble
from tests.trust.watch import Watch

Result = TypeVar("Result")
SERVICES = ("gateway", "web", "data_api", "auth")

_DEADLINES = "\n".join(
    [
        "\n[deadlines]",
        *("answer = 3", "page = 4", "control = 3", "settle = 1.5", "steady = 0.3", "listing = 2.5", "lease = 5"),
        "outage = 1\n",
    ]
)
"""Seconds. A trouble that hangs is waited for until a deadline: the usual ones would take the campaign an hour.

Nothing hangs where a scenario has to pass. There the usual deadlines hold, or a slow machine would be told as a wrong
verdict.
"""


class Loop:
    """An event loop in a thread of its own, where all proxies run."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Have it done there, and wait for the result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Stop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Lane:
    """Started by its constructor, ended by `close`. One run at a time."""

    def __init__(self, work: Path, name: str, bugs: tuple[str, ...], loop: Loop) -> None:
        """A copy of the reference with these bugs, in the folder `work`."""
        self.name, self.bugs, self._loop = name, bugs, loop
        self.watch = Watch()
        copy = copy_reference(work / name, work / "cache")
        for bug in bugs:
            apply(patch_called(bug), copy)
        self._running = Running(cwd=copy)
        try:
            self.proxies = {part: HttpProxy(part, self._running[part], self._watch) for part in SERVICES}
            self.database = PostgresProxy(self._running["database"], self._watch)
            self._all: tuple[HttpProxy | PostgresProxy, ...] = (*self.proxies.values(), self.database)
            for proxy in self._all:
                loop.run(proxy.open())
            for part in ("gateway", "data_api", "auth"):
                self.proxies["web"].rewrite(self._running[part], self.proxies[part].address)
            self.target, self._hurried = work / name / "target", work / name / "hurried"
            self.environment = self._describe()
        except BaseException:
            self._running.stop()
            raise

    def _describe(self) -> dict[str, str]:
        describe(self.target, f"trust-{self.name}")
        shutil.copytree(self.target, self._hurried)
        file = self._hurried / "target.toml"
        text, _, _ = file.read_text(encoding="utf-8").partition("\n[deadlines]\n")
        file.write_text(text + _DEADLINES, encoding="utf-8")
        said = {key: str(value) for key, value in self._running.ready.items()}
        said |= {part: proxy.address for part, proxy in self.proxies.items()} | {"database": self.database.dsn}
        return {f"SERVED_{key.upper()}": value for key, value in said.items()}

    def target_for(self, trouble: Trouble | None) -> Path:
        """The target folder for a run under this trouble: with short deadlines, unless every scenario has to pass."""
        must_pass = trouble is None or trouble.due.exits == {0}
        return self.target if must_pass else self._hurried

    @property
    def own_dsn(self) -> str:
        """The way to the database that no trouble is in."""
        return self._running["database"]

    def meet(self, watch: Watch) -> None:
        """From now on requests and statements meet this."""
        self.watch = watch

    def refuse(self, whom: str) -> None:
        """Nobody listens there any more, until `listen` is called."""
        self._loop.run(self._proxy(whom).close())

    def listen(self, whom: str) -> None:
        """Somebody listens there again."""
        self._loop.run(self._proxy(whom).open())

    def drop_all(self) -> None:
        """Break off every connection, so that nothing of a run reaches the next."""
        for proxy in self._all:
            self._loop.run(proxy.drop())

    def leftovers(self) -> int:
        """Remove all that there is of accounts and rooms; how many accounts there were."""
        with psycopg.connect(self.own_dsn, autocommit=True) as connection:
            found = connection.execute("select count(*) from auth.users").fetchone()
            connection.execute("delete from auth.users")
            return int(found[0]) if found else 0

    def close(self) -> None:
        """End the reference and its proxies."""
        for proxy in self._all:
            self._loop.run(proxy.close())
        self._running.stop()
        for folder in (self.target, self._hurried):
            shutil.rmtree(folder, ignore_errors=True)

    def _proxy(self, whom: str) -> HttpProxy | PostgresProxy:
        return self.database if whom == "database" else self.proxies[whom]

    def _watch(self) -> Watch:
        return self.watch

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
