"""A database that nobody of a scenario is in: it was restored or filled anew meanwhile, or is none of the target's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.core.deadlines import eventually
from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.drivers.database import Database
from greenroom.people.person import Person

_HELD = "select account_id from accounts where account_id = any(%(ids)s)"
_HELD_OR_ROOM = _HELD + " union all select room_id from rooms where room_id = any(%(rooms)s)"


class SeenPeople:
    """Whether the database is known to hold the people of scenarios, of one worker: only then is it telling that it
    holds none of them any more. One that has held neither people nor rooms of any scenario is another database."""

    def __init__(self) -> None:
        self._people_were_seen = self._rooms_were_seen = self._is_another = False

    def gone(
        self, database: Database | None, people: Iterable[Person], rooms: Sequence[str], seconds: float
    ) -> Inconclusive | None:
        """What to say when nobody of a scenario that went wrong is there any more, nor comes within `seconds`; and when
        neither they nor their rooms ever were."""
        ids = [person.account_id for person in people if person.account is not None and person.account_id]
        if database is None or not database.holds("accounts") or not ids:
            return None
        never = not self._people_were_seen
        if never and (self._rooms_were_seen or not rooms or not database.holds("rooms")):
            return None
        query = _HELD_OR_ROOM if never else _HELD
        try:
            seconds = 0.0 if self._is_another else seconds  # it was waited for once, and in vain
            held, _ = eventually(lambda: database.query(query, {"ids": ids, "rooms": list(rooms)}), bool, seconds)
        except (Inconclusive, GreenroomError):  # it can't be asked, which says nothing
            return None
        if held:
            return None
        if never:
            self._is_another = True
            return Inconclusive(
                "another-database",
                f"the database holds nobody of this scenario, of {len(ids)} who were made for it, nor their rooms, nor "
                "anything of another scenario",
                hint="does `dsn` in [database] lead to the database that the services in [addresses] write to?",
            )
        return Inconclusive(
            "database-filled-anew",
            f"nobody of this scenario is in the database any more, of {len(ids)} who were made for it",
            hint="was the target's database restored, emptied or filled anew meanwhile? Run again when that is over",
        )

    def see(self, accounts: int, rooms: int = 0) -> None:
        """So many of a scenario's own accounts and rooms were in its rows."""
        self._people_were_seen = self._people_were_seen or accounts > 0
        self._rooms_were_seen = self._rooms_were_seen or rooms > 0

    @property
    def none_ever(self) -> bool:
        """Whether nothing of any scenario was ever seen: what is not there then was not removed."""
        return not (self._people_were_seen or self._rooms_were_seen)
