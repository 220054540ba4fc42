"""The sources of a scenario's state: the database, and where there is none the gateway itself.

The gateway shows less: a room's status and session by `room_state` (or `my_room`), entries by `listing`. What nobody
shows is Unseen, never empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from greenroom.claims.amiss import amiss
from greenroom.core.errors import BadTarget, OperationFailed
from greenroom.core.placeholders import holes
from greenroom.drivers.database import Database
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused, describe
from greenroom.people.person import Person
from greenroom.relations.canonical import LISTING_STATUSES, RELATIONS, ROOM_STATUSES, load_relations
from greenroom.relations.state import PartlySeen, Row, State
from greenroom.targetfile.model import Target

DATABASE, GATEWAY, PAGE = "database", "gateway", "page"
ALL = tuple(RELATIONS)


class Source(Protocol):
    """Something that shows the state of rooms; `shows` are the relations that it knows."""

    shows: frozenset[str]

    def look(self, people: Collection[Person], rooms: Sequence[str], relations: Collection[str] = ALL) -> State:
        """What is shown right now of these people and rooms, and of these relations at least.

        Raises TargetUnavailable when nobody answers.
        """


def sources(target: Target) -> dict[str, str]:
    """Relation -> who shows it: "database", "gateway", "page", or "" when nobody does.

    Raises BadTarget for SQL files that can't be read.
    """
    in_database = _in_database(target)
    found = {name: DATABASE if name in in_database else "" for name in RELATIONS}
    for relation, operation in (("rooms", _room_operation(target)), ("listing", "listing")):
        if not found[relation] and operation in target.operations:
            found[relation] = GATEWAY
    if target.web is not None and not found["listing"]:
        found["listing"] = PAGE  # opened only for a claim about the listing: a look at a page takes a while
    return found


def source_for(target: Target, gateway: Gateway, database: Database | None) -> Source:
    """The source to ask on this target."""
    if database is not None and database.holds("listing"):
        return _InDatabase(database)
    by_gateway = _ThroughGateway(target, gateway)
    return _WithListing(database, by_gateway) if database is not None else by_gateway


class _InDatabase:
    def __init__(self, database: Database) -> None:
        self._database = database
        self.shows = frozenset(RELATIONS)

    def look(self, people: Collection[Person], rooms: Sequence[str], relations: Collection[str] = ALL) -> State:
        return self._database.snapshot(rooms, [person.account_id for person in people if person.account])


class _ThroughGateway:
    def __init__(self, target: Target, gateway: Gateway) -> None:
        self._gateway = gateway
        self.shows = frozenset(relation for relation, source in sources(target).items() if source == GATEWAY)
        self._rooms, self._listing = _room_operation(target), target.operations.get("listing")

    def look(self, people: Collection[Person], rooms: Sequence[str], relations: Collection[str] = ALL) -> State:
        shown = self.shows & set(relations)
        found: list[tuple[str, Row]] = []
        owners = [person for person in people if person.account is not None and person.room_id in rooms]
        if "rooms" in shown:
            found += [("rooms", room) for owner in owners for room in self._room(owner)]
        if "listing" in shown:
            found += [("listing", entry) for entry in self.entries(owners, rooms)]
        return State.of(found, shown)

    def entries(self, owners: Collection[Person], rooms: Sequence[str]) -> list[Row]:
        """The entries of these rooms; a listing that can be asked for one room is asked for each."""
        assert self._listing is not None
        one_by_one = "room" in holes([self._listing.path, self._listing.query])
        found: list[Row] = []
        for asker in list(owners) if one_by_one else list(owners)[:1]:
            wanted = [asker.room_id] if one_by_one else rooms
            for told in self._pages_of_listing(asker):
                entries = [self._entry(entry) for entry in told["entries"]]
                found += [entry for entry in entries if entry["room_id"] in wanted]
        return found

    def _pages_of_listing(self, asker: Person) -> Iterator[Mapping[str, Any]]:
        """The answers that the listing comes in: each says as `next_or_none` what is asked for after it, if it does."""
        follows: dict[str, Any] = {}
        known: list[Any] = []
        while True:
            outcome = self._gateway.attempt("listing", asker.account, room=asker.room_id, **follows)
            told = _told("tells the listing", outcome)
            if told is None:
                return
            yield told
            then = told.get("next_or_none")
            if then in (None, "", False, *known):
                return
            known.append(then)
            follows = {"next": then}

    def _entry(self, entry: Mapping[str, Any]) -> Row:
        assert self._listing is not None
        row = PartlySeen({column: entry[column] for column in RELATIONS["listing"] if column in entry})
        row |= {column: _text(row[column]) for column in ("room_id", "host_id") if column in row}
        status = self._listing.statuses.get(str(row["status"]), row["status"])
        return PartlySeen(row | {"status": _known(status, LISTING_STATUSES, "listing")})

    def _room(self, owner: Person) -> list[Row]:
        outcome = self._gateway.attempt(self._rooms, owner.account, room=owner.room_id)
        told = _told("tells the room's state", outcome)
        if told is None:
            return []
        row: dict[str, Any] = {"room_id": owner.room_id, "status": _known(told["status"], ROOM_STATUSES, self._rooms)}
        row |= {"host_id": _text(told["host"])} if told.get("host") is not None else {}
        row |= {"session_id": _text(told["session_or_none"])} if "session_or_none" in told else {}
        return [PartlySeen(row)]


class _WithListing:
    """The database, with the listing from the gateway, since it is no table of this database."""

    def __init__(self, database: Database, gateway: _ThroughGateway) -> None:
        self._database, self._gateway = _InDatabase(database), gateway
        self.shows = frozenset(RELATIONS)

    def look(self, people: Collection[Person], rooms: Sequence[str], relations: Collection[str] = ALL) -> State:
        owners = [person for person in people if person.account is not None and person.room_id in rooms]
        rows = self._database.look(people, rooms).rows
        found = [(name, row) for name in rows if name != "listing" for row in rows[name]]
        return State.of([*found, *(("listing", entry) for entry in self._gateway.entries(owners, rooms))])


def _in_database(target: Target) -> Collection[str]:
    if target.database is None:
        return ()
    return load_relations(target.folder / "relations.sql", elsewhere=target.shown_over_http)


def _room_operation(target: Target) -> str:
    described = (name for name in ("room_state", "my_room") if name in target.operations)
    return next((name for name in described if "status" in target.operations[name].told), "")


def _told(what: str, outcome: Outcome) -> Mapping[str, Any] | None:
    """The answer's words, or None where there is no such room. Raises OperationFailed when nobody tells."""
    if isinstance(outcome, CarriedOut):
        return outcome.answer
    if isinstance(outcome, Refused) and outcome.names & {"not_found", "no_room"}:
        return None
    message = f"expected that the gateway {what}\n  found     {describe(outcome)}"
    raise OperationFailed(message, wrong=amiss(outcome))


def _known(status: Any, known: Collection[str], operation: str) -> str:
    if status not in known:
        where = f"[operations.{operation}.statuses]"
        hint = f"say which of {', '.join(known)} it is"
        raise BadTarget(f"{where} lacks {status!r}, which the target answers as a status", hint=hint)
    return str(status)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
