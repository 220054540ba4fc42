"""Somebody else in the room of a leased account: a person who tries something by hand, or a run that does not see the
leases of this one. What a scenario begins bears its mark, what others begin does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from greenroom.core.deadlines import eventually
from greenroom.core.errors import GreenroomError, Inconclusive, NotApplicable
from greenroom.drivers.outcome import CarriedOut
from greenroom.people.person import Person

if TYPE_CHECKING:
    from greenroom.scenario.world import World

_BEGINNING = 8
"""Letters by which a title is known that was stored without its end, where the mark stands."""


class UsedByOthers:
    """One worker's: the rooms in which somebody else was seen once are not judged any more."""

    def __init__(self) -> None:
        self._said: dict[str, Inconclusive] = {}  # by room

    def why(self, world: World) -> Inconclusive | None:
        """What to say of a scenario that went wrong, when in one of its leased rooms somebody else begins something
        before they have settled, or has done so before. None for a target whose people are not leased."""
        if world.target.people.source != "pool":
            return None
        hosts = [person for person in world.people.values() if person.account is not None and person.room_id]
        if known := next((self._said[host.room_id] for host in hosts if host.room_id in self._said), None):
            return known
        ours = {person.title[:_BEGINNING] for person in hosts if person.title}

        def foreign() -> list[tuple[Person, str]]:
            return [
                (host, title)
                for host in hosts
                for title in _titles_of_others(world, host)
                if title and world.mark not in title and title[:_BEGINNING] not in ours
            ]

        try:
            found, _ = eventually(foreign, bool, world.deadlines.settle)
        except (Inconclusive, NotApplicable, GreenroomError):  # it can't be asked, which says nothing
            return None
        for host, title in found:
            self._said[host.room_id] = _in_words(host, title)
        return self._said[found[0][0].room_id] if found else None


def _in_words(host: Person, title: str) -> Inconclusive:
    return Inconclusive(
        "used-by-others",
        f"somebody else is at work in the room of {host.shown_name}: {title!r} was on there, which is no scenario's",
        hint="accounts of [[people.pool]] are for one run at a time; two machines see no leases without a database",
    )


def _titles_of_others(world: World, host: Person) -> Iterator[str]:
    """Of what is on in the host's room, and is not the session that they were told of, by whoever shows it."""
    state = world.target.operations.get("room_state")
    if world.database is not None and world.database.holds("sessions"):
        for row in world.look().open_sessions(host.room_id):
            if row["session_id"] != host.session_id:
                yield str(row["title"] or "")
    elif state is not None and "title_or_none" in state.told:
        told = world.gateway.attempt("room_state", host.account, room=host.room_id)
        if isinstance(told, CarriedOut) and str(told.answer.get("session_or_none")) != host.session_id:
            yield str(told.answer.get("title_or_none") or "")
