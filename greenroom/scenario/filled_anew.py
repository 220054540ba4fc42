"""A database that was restored or filled anew in the midst of a scenario: all who took part are gone from it."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.core.deadlines import eventually
from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.drivers.database import Database
from greenroom.people.person import Person

_HELD = "select account_id from accounts where account_id = any(%(ids)s)"


class SeenPeople:
    """Whether the database is known to hold the people of scenarios, of one worker: only then is it telling that it
    holds none of them any more."""

    def __init__(self) -> None:
        self._were_seen = False

    def gone(self, database: Database | None, people: Iterable[Person], seconds: float) -> Inconclusive | None:
        """What to say when nobody of a scenario that went wrong is there any more, nor comes within `seconds`."""
        ids = [person.account_id for person in people if person.account is not None and person.account_id]
        if database is None or not database.holds("accounts") or not ids:
            return None
        if not self._were_seen:
            return None
        try:
            held, _ = eventually(lambda: database.query(_HELD, {"ids": ids}), bool, seconds)
        except (Inconclusive, GreenroomError):  # it can't be asked, which says nothing
            return None
        if held:
            return None
        return Inconclusive(
            "database-filled-anew",
            f"nobody of this scenario is in the database any more, of {len(ids)} who were made for it",
            hint="was the target's database restored, emptied or filled anew meanwhile? Run again when that is over",
        )

    def see(self, accounts: int) -> None:
        """So many of a scenario's own accounts were in its rows."""
        self._were_seen = self._were_seen or accounts > 0
