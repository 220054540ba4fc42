"""What the cleanup migration would do to a target, told before it is run: `greenroom migration --plan`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.core.errors import GreenroomError
from greenroom.core.verdict import Exit, RunVerdict
from greenroom.drivers.database import Database
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.migration import trial
from greenroom.migration.expected import REPAIRED, Repairs, expected
from greenroom.migration.scratch import Ran
from greenroom.migration.trial import Changed, NoTrial, Tried
from greenroom.relations.canonical import CLOSED_SESSION, OPEN_SESSION
from greenroom.reporting.migration_json import By, ChangedRow, Notice, NoticeFound, PlanFile, RowsOfRelations
from greenroom.targetfile.model import Migration

Tell = Callable[[str], object]
WAYS: tuple[By, ...] = ("clone", "transaction", "query")
PATTERNS: tuple[Notice, ...] = ("ended_sessions", "reset_rooms", "synced_listing")
RELATION_OF: dict[Notice, str] = {"ended_sessions": "sessions", "reset_rooms": "rooms", "synced_listing": "listing"}


@dataclass(frozen=True)
class Planned:
    """What is planned for: a target's database, its migration, and the ways in which it may be tried there."""

    target: str
    dsn: str
    folder: Path
    shown: frozenset[str]
    file: Path | None
    notices: Migration | None
    ways: Sequence[By]
    because: Sequence[str]


@dataclass(frozen=True)
class _Seen:
    """What every plan of it says."""

    planned: Planned
    at: str
    server: str
    because: list[str]


def ways_for(environment: str, wanted: str, file: Path | None) -> tuple[tuple[By, ...], tuple[str, ...]]:
    """The ways to try the migration on such a target, the best first, and why not in others.

    Raises GreenroomError when the wanted one is not allowed there: in production nothing is written, not even to be
    undone.
    """
    if wanted == "query":
        return ("query",), ()
    if environment not in ("disposable", "shared"):
        if wanted != "auto":
            what = f"is {environment}" if environment else "does not say its environment"
            raise GreenroomError(
                f"the migration is not tried where the target file {what}, not even to be undone",
                hint="--by query reads only; or plan on a copy, described as a target of its own",
                code="production",
            )
        why = "the target is production" if environment else "the target file does not say its environment"
        return ("query",), (f"not run: {why}",)
    if file is None:
        if wanted != "auto":
            raise GreenroomError("there is no migration file to try", hint="--file FILE, or [migration] file")
        return ("query",), ("not run: no migration file is given",)
    if wanted == "auto":
        shared = environment == "shared"
        return (WAYS[1:], ("not on a clone: the target is shared",)) if shared else (WAYS, ())
    return (("clone",) if wanted == "clone" else ("transaction",)), ()


def plan(planned: Planned, tell: Tell) -> PlanFile:
    """Look in the first way that is possible. `tell` is told what is done.

    Raises GreenroomError when only ways were asked for that are not possible, otherwise what the database raises.
    """
    because = list(planned.because)
    with closing(ReadOnlyDatabase(planned.dsn, planned.folder, writable=False, elsewhere=planned.shown)) as database:
        with database.one_look():
            database.check_relations()
        seen = _Seen(planned, database.now(), database.version(), because)
        for way in planned.ways:
            try:
                if way == "query":
                    tell("looking for what is stuck …")
                    with database.one_look():
                        return _by_query(seen, database)
                assert planned.file is not None
                tell(f"trying {planned.file.name} {_HOW[way]} …")
                return _by_trial(seen, way, _tried(planned, database, way))
            except NoTrial as reason:
                because.append(str(reason))
    raise GreenroomError(because[-1], hint="--by query reads only, and says what has to be repaired")


_HOW = {"clone": "on a clone", "transaction": "in a transaction that is undone"}


def _tried(planned: Planned, database: ReadOnlyDatabase, way: By) -> Tried:
    assert planned.file is not None
    if way == "transaction":
        return trial.undone(database, planned.file)
    database.close()  # nobody may be connected to what is cloned
    with closing(Database(planned.dsn, planned.folder, writable=True, elsewhere=planned.shown)) as own:
        return trial.on_a_clone(own, planned.folder, planned.file, planned.shown)


def _by_query(seen: _Seen, database: Database) -> PlanFile:
    found = expected(database)
    return PlanFile(
        **_head(seen, "query"),
        verdict=RunVerdict.CONFORMANT,
        exit=Exit.CONFORMANT,
        repairs=RowsOfRelations.model_validate(found.due),
        choice=RowsOfRelations.model_validate(found.allowed),
        error="",
        notices=[],
        left=RowsOfRelations(),
        harmed=[],
    )


def _by_trial(seen: _Seen, way: By, tried: Tried) -> PlanFile:
    allowed, rooms = tried.before.may_change(), tried.before.rooms()
    harmed = [one for one in tried.changed if not _is_allowed(one, allowed, rooms)]
    notices = said_and_true(tried.ran, tried.changed, seen.planned.notices)
    wrong = (
        tried.ran.error
        or harmed
        or not tried.after.nothing_is_due
        or any(one.said is None or not one.least <= one.said <= one.most for one in notices)
    )
    return PlanFile(
        **_head(seen, way),
        verdict=RunVerdict.NOT_CONFORMANT if wrong else RunVerdict.CONFORMANT,
        exit=Exit.NOT_CONFORMANT if wrong else Exit.CONFORMANT,
        repairs=_repaired(tried.before, tried.changed),
        choice=RowsOfRelations(),
        error=tried.ran.error,
        notices=[] if tried.ran.error else notices,
        left=RowsOfRelations.model_validate(tried.after.due),
        harmed=[ChangedRow(relation=one.relation, before=one.before, after=one.after) for one in harmed],
    )


def _head(seen: _Seen, by: By) -> dict[str, Any]:
    file = seen.planned.file
    return {
        "target": seen.planned.target,
        "at": seen.at,
        "server": seen.server,
        "file": file.name if file and by != "query" else "",
        "by": by,
        "because": seen.because,
    }


def _is_allowed(one: Changed, allowed: set[Any], rooms: set[str]) -> bool:
    """Whether nobody is harmed: the row is one of those, or a new one of such a room."""
    return one.key in allowed or (one.before is None and str(one.row.get("room_id")) in rooms)


def _repaired(before: Repairs, changed: Sequence[Changed]) -> RowsOfRelations:
    """The changed rows, as the look before showed them."""
    keys = {one.key for one in changed if one.before is not None}
    rows: dict[str, list[dict[str, Any]]] = {}
    for relation in REPAIRED:
        known = {Changed(relation, row, None).key: row for row in (*before.due[relation], *before.allowed[relation])}
        rows[relation] = [row for key, row in known.items() if key in keys]
    return RowsOfRelations.model_validate(rows)


def said_and_true(ran: Ran, changed: Sequence[Changed], notices: Migration | None) -> list[NoticeFound]:
    """Each notice that the target describes, with the number of rows that really changed so (M6)."""
    true = {
        "ended_sessions": sum(_was(one, "sessions", OPEN_SESSION) and _is(one, CLOSED_SESSION) for one in changed),
        "reset_rooms": sum(one.relation == "rooms" and _is(one, ("idle",)) and _was_not_idle(one) for one in changed),
        "synced_listing": sum(_was(one, "listing", ("live", "upcoming")) and _is(one, ("ended",)) for one in changed),
    }
    cleared = sum(one.relation == "rooms" and _is(one, ("idle",)) for one in changed)  # idle ones with a pointer too
    found = []
    for notice in PATTERNS:
        if pattern := pattern_of(notices, notice):
            most = cleared if notice == "reset_rooms" else true[notice]
            found.append(NoticeFound(notice=notice, said=ran.count(pattern), least=true[notice], most=most))
    return found


def pattern_of(notices: Migration | None, notice: Notice) -> str:
    """The regular expression of a notice, "" where the target has none."""
    return str(getattr(notices, notice)) if notices is not None else str(Migration.model_fields[notice].default)


def _was(one: Changed, relation: str, statuses: Sequence[str]) -> bool:
    return one.relation == relation and one.before is not None and one.before["status"] in statuses


def _was_not_idle(one: Changed) -> bool:
    return one.before is not None and one.before["status"] != "idle"


def _is(one: Changed, statuses: Sequence[str]) -> bool:
    return (one.after is not None and one.after["status"] in statuses) or (one.after is None and "ended" in statuses)
