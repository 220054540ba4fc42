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

from greenroom.deadlines import eventually
from greenroom.drivers.database import Database
from greenroom.errors import Inconclusive
from greenroom.target.model import PoolAccount


class Leases:
    """The leases of one worker."""

    def __init__(self, target: str, pool: Sequence[PoolAccount], database: Database | None, folder: Path) -> None:
        self._target, self._pool, self._database, self._folder = target, pool, database, folder
        self._held: dict[str, int] = {}

    def take(self, seconds: float) -> PoolAccount:
        """An account that nobody else holds, waited for at most that long. Raises Inconclusive when none gets free."""
        account, waited = eventually(self._try_all, lambda found: found is not None, seconds)
        if account is None:
            raise Inconclusive(
                "no-free-account",
                f"none of the pool's {len(self._pool)} accounts got free within {waited:.0f} s",
                hint="fewer workers, a longer [deadlines] lease, or more accounts",
            )
        return account

    def give_back(self, account_id: str) -> None:
        """Somebody else may have it."""
        held = self._held.pop(account_id, None)
        if held is None:
            return
        if self._database is not None:
            self._database.unlock(_number(self._target, account_id))
        else:
            os.close(held)

    def _try_all(self) -> PoolAccount | None:
        for account in self._pool:
            if account.account_id not in self._held and self._try(account.account_id):
                return account
        return None

    def _try(self, account_id: str) -> bool:
        if self._database is not None:
            if not self._database.try_lock(_number(self._target, account_id)):
                return False
            self._held[account_id] = 0
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


def _number(target: str, account_id: str) -> int:
    digest = hashlib.sha256(f"greenroom {target} {account_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
