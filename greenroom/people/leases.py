"""Leases accounts of a pool, so that workers, runs and machines never share one at the same time.

Where there is a database, a lease is an advisory lock in it: every machine that uses the target sees it. Without one it
is a lock on a file of this machine.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from greenroom.core.deadlines import eventually
from greenroom.core.errors import Inconclusive, NotApplicable
from greenroom.drivers.database import Database
from greenroom.targetfile.model import PoolAccount


class Leases:
    """The leases of one worker."""

    def __init__(self, target: str, pool: Sequence[PoolAccount], database: Database | None, folder: Path) -> None:
        self._target, self._pool, self._database, self._folder = target, pool, database, folder
        self._held: dict[str, int] = {}
        self._unused: list[PoolAccount] = []

    def reserve(self, number: int, seconds: float) -> None:
        """Hold so many accounts, all or none, waited for at most that long.

        All at once, so that two workers never wait for what the other holds. Raises NotApplicable when the pool is
        smaller than that, Inconclusive when they don't get free.
        """
        if number > len(self._pool):
            raise NotApplicable("pool", f"the scenario needs {number} people, the pool has {len(self._pool)}")
        held, waited = eventually(lambda: self._try_some(number), bool, seconds)
        if not held:
            raise Inconclusive(
                "no-free-account",
                f"{number} of the pool's {len(self._pool)} accounts did not get free within {waited:.0f} s",
                hint="fewer workers, a longer [deadlines] lease, or more accounts",
            )
        self._unused = [account for account in self._pool if account.account_id in self._held]

    def take(self) -> PoolAccount:
        """The next of the accounts that are held. Raises Inconclusive when all of them are in use, NotApplicable when
        these are all that there are."""
        if not self._unused and len(self._held) >= len(self._pool):
            raise NotApplicable("pool", f"the scenario needs more people than the {len(self._pool)} of the pool")
        if not self._unused:
            raise Inconclusive("no-free-account", "a scenario has more people than were reserved for it")
        return self._unused.pop(0)

    def give_all_back(self) -> None:
        """All leases end: other workers may have the accounts."""
        self._unused = []
        for account_id in list(self._held):
            self.give_back(account_id)

    def give_back(self, account_id: str) -> None:
        """The lease of this account ends: other workers may have it."""
        held = self._held.pop(account_id, None)
        if held is None:
            return
        if self._database is not None:
            self._database.unlock(held)
        else:
            os.close(held)

    def _try_some(self, number: int) -> bool:
        for account in self._pool:
            if len(self._held) == number:
                break
            self._try(account)
        if len(self._held) < number:
            self.give_all_back()
            return False
        return True

    def _try(self, account: PoolAccount) -> bool:
        account_id = account.account_id
        if self._database is not None:
            number = _number(account)
            if not self._database.try_lock(number):
                return False
            self._held[account_id] = number
            return True
        folder = self._folder / self._target
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / f"{hashlib.sha256(account_id.encode()).hexdigest()[:16]}.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self._held[account_id] = file
        return True


def _number(account: PoolAccount) -> int:
    """The lock of that person, whatever those who share the database call their targets, or the account in them."""
    digest = hashlib.sha256(f"greenroom {account.email.strip().lower() or account.account_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
