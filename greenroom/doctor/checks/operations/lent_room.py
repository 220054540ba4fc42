"""A room that the doctor borrowed from a pool is left as it was found."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, READABLE_RELATIONS
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import CarriedOut
from greenroom.people.person import Person
from greenroom.relations.state import Row

_CHECK = "borrowed room"
_STATE = ("status", "session_id", "host_present", "host_id")


def keep_lent(examination: Examination) -> None:
    """Keep what the host's room is like, before anything is done to it; also on Ctrl-C it is given back."""
    host, gateway = examination.host, examination.world.gateway
    examination.lent = _look(examination, gateway, host)
    examination.on_close(lambda: list(give_back(examination, gateway, host)))


def give_back(examination: Examination, gateway: Gateway, host: Person) -> Iterator[Finding]:
    """See that the room is as it was, or put it right where gateway or database let us; else it is said."""
    before, examination.lent = examination.lent, None
    if before is None or not (changed := _changes(before, _look(examination, gateway, host))):
        return
    if gateway.offers("end"):
        gateway.attempt("end", host.account, room=host.room_id)
    after = _look(examination, gateway, host)
    database = examination.find(DATABASE)
    if _changes(before, after) and database is not None and database.can_arrange("set_room"):
        values = {key: before[key] for key in ("status", "session_id", "host_present")}
        database.arrange("set_room", room_id=host.room_id, **values)
        after = _look(examination, gateway, host)
    if not _changes(before, after):
        yield ok(_CHECK, f"room {host.room_id} had {_words(changed)}, and is as it was found again")
        return
    detail = f"room {host.room_id} is not as it was found: {_words(_changes(before, after))}"
    yield wrong(_CHECK, detail, "put it right by hand; what did not work is said above")


def _look(examination: Examination, gateway: Gateway, host: Person) -> Row | None:
    """The room as the database or the gateway shows it; None where neither does."""
    database = examination.find(DATABASE)
    if database is not None and examination.has(READABLE_RELATIONS):
        return database.snapshot([host.room_id], []).room(host.room_id) or {}
    if not gateway.offers("my_room"):
        return None
    outcome = gateway.attempt("my_room", host.account)
    if not isinstance(outcome, CarriedOut) or outcome.answer.get("status") is None:
        return None
    return {"status": outcome.answer["status"]}


def _changes(before: Row, after: Row | None) -> dict[str, str]:
    """What is different, by its key; nothing where the room can't be looked at any more."""
    if after is None:
        return {}
    return {
        key: f"{key} {after.get(key)!r} instead of {before[key]!r}"
        for key in _STATE
        if key in before and before[key] != after.get(key)
    }


def _words(changed: dict[str, str]) -> str:
    return ", ".join(changed.values())
