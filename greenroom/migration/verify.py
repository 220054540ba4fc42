"""The notices of the real run, against the plan before it and the database after it: `greenroom migration --verify`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from greenroom.core.verdict import Exit, RunVerdict
from greenroom.core.wording import plural
from greenroom.drivers.database import Database
from greenroom.drivers.log_stream import Piece
from greenroom.migration.expected import REPAIRED, Repairs, Row, expected, key_of
from greenroom.migration.plan import PATTERNS, RELATION_OF, pattern_of
from greenroom.reporting.migration_json import Notice, NoticeFound, PlanFile, RowsOfRelations, VerifiedFile
from greenroom.targetfile.model import Migration

_OTHERS = """
select count(*) as others from sessions
where (starts_at > %(since)s::timestamptz and starts_at <= clock_timestamp() or ended_at > %(since)s::timestamptz)
  and session_id <> all(%(planned)s)
"""
_NAMES: Mapping[str, tuple[str, str]] = {
    "sessions": ("session", ""),
    "rooms": ("room", ""),
    "attendance": ("person inside", "people inside"),
    "listing": ("entry", "entries"),
}


def notices_in(pieces: Iterable[Piece], notices: Migration | None) -> dict[Notice, int]:
    """The number that each notice says in a log, summed up when the migration ran more than once. What is not there has
    no number. Raises what reading the log does."""
    patterns = {notice: re.compile(text) for notice in PATTERNS if (text := pattern_of(notices, notice))}
    found: dict[Notice, int] = {}
    for piece in pieces:
        for notice, pattern in patterns.items():
            for match in pattern.finditer(piece.text):
                found[notice] = found.get(notice, 0) + int(match[1])
    return found


@dataclass
class _Reasons:
    """Sentences, by what they make of the verdict."""

    broken: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> tuple[RunVerdict, Exit]:
        if self.broken:
            return RunVerdict.NOT_CONFORMANT, Exit.NOT_CONFORMANT
        if self.unclear:
            return RunVerdict.COULD_NOT_TELL, Exit.COULD_NOT_TELL
        return RunVerdict.CONFORMANT, Exit.CONFORMANT


def verify(
    target: str, database: Database, planned: PlanFile, said: Mapping[Notice, int], notices: Migration | None
) -> VerifiedFile:
    """Look at the database now, and judge. A number that differs from the plan's is a false notice only when nothing
    else has happened since; otherwise nobody can tell. Raises what `Database.query` does."""
    now = expected(database)
    others = _others(database, planned)
    left, since = _left_and_since(planned, now)
    found = _numbers(planned, said, notices)
    reasons = _Reasons()
    for relation in REPAIRED:
        if rows := left[relation]:
            reasons.broken.append(f"not repaired, though in the plan: {_count(relation, rows)}")
    _judge_numbers(found, others, reasons)
    for relation in REPAIRED:
        if rows := since[relation]:
            reasons.told.append(f"stuck since the plan: {_count(relation, rows)}; is the page of before still up?")
    verdict, code = reasons.verdict
    return VerifiedFile(
        target=target,
        at=database.now(),
        planned_at=planned.at,
        verdict=verdict,
        exit=code,
        notices=found,
        left=RowsOfRelations.model_validate(left),
        since=RowsOfRelations.model_validate(since),
        others=others,
        reasons=[*reasons.broken, *reasons.unclear, *reasons.told],
    )


def _numbers(planned: PlanFile, said: Mapping[Notice, int], notices: Migration | None) -> list[NoticeFound]:
    """What the notices said, beside what the plan says: by query it does not know what else a cleanup takes along."""
    tried = {one.notice: one for one in planned.notices}
    found = []
    for notice in PATTERNS:
        if not pattern_of(notices, notice):
            continue
        relation = RELATION_OF[notice]
        due = len(planned.repairs.of(relation))
        least, most = (tried[notice].least, tried[notice].most) if notice in tried else (due, due)
        if planned.by == "query":
            most += len(planned.choice.of(relation))
        found.append(NoticeFound(notice=notice, said=said.get(notice), least=least, most=most))
    return found


def _judge_numbers(found: list[NoticeFound], others: int, reasons: _Reasons) -> None:
    if all(one.said is None for one in found):
        if found:
            reasons.unclear.append("none of the notices is in that log: is it the database's, from notices on?")
        return
    for one in found:
        if one.said is None:
            reasons.broken.append(f"the notice {one.notice} is missing in the log, and others are there")
        elif not one.least <= one.said <= one.most:
            due = str(one.least) if one.least == one.most else f"{one.least} to {one.most}"
            what = f"the notice {one.notice} says {one.said}, by the plan it is {due}"
            if others:
                reasons.unclear.append(f"{what}; {plural(others, 'other session')} began or ended since")
            else:
                reasons.broken.append(f"{what}, and nothing else began or ended since")


def _left_and_since(planned: PlanFile, now: Repairs) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    left: dict[str, list[Row]] = {}
    since: dict[str, list[Row]] = {}
    for relation in REPAIRED:
        known = {_as_it_was(relation, row) for row in planned.repairs.of(relation)}
        rows = now.due[relation]
        left[relation] = [row for row in rows if _as_it_was(relation, row) in known]
        since[relation] = [row for row in rows if _as_it_was(relation, row) not in known]
    return left, since


def _as_it_was(relation: str, row: Row) -> tuple[str, ...]:
    """A row that is stuck anew, in another session, is not the one of the plan."""
    more = (
        ("session_id", "status") if relation == "rooms" else ("status", "started_at") if relation == "listing" else ()
    )
    return (*key_of(relation, row), *(str(row.get(column)) for column in more))


def _others(database: Database, planned: PlanFile) -> int:
    sessions = [str(row["session_id"]) for row in planned.repairs.sessions]
    (found,) = database.query(_OTHERS, {"since": planned.at, "planned": sessions})
    return int(found["others"])


def _count(relation: str, rows: list[Row]) -> str:
    return plural(len(rows), *_NAMES[relation])
