"""The table of a captured room: a line for the room and for each of its sessions, people inside and entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from greenroom.core.errors import BadFeature
from greenroom.relations.canonical import LISTING_STATUSES, ROOM_STATUSES, SESSION_STATUSES
from greenroom.scenario.captured.moments import from_words

Kind = Literal["room", "host present", "session", "inside", "entry"]
KINDS: tuple[Kind, ...] = get_args(Kind)
HEAD = ("what", "status", "session", "who", "began", "ended")
MISSING = "missing"
"""What a room points to that is not there."""

_STATUSES = {"room": ROOM_STATUSES, "session": SESSION_STATUSES, "entry": LISTING_STATUSES}


@dataclass(frozen=True)
class RoomLine:
    """One line. `session` is the number of a session, MISSING, or ""; `who` a name of the feature; times None where
    there is none."""

    what: Kind
    status: str = ""
    session: str = ""
    who: str = ""
    began: dt.datetime | None = None
    ended: dt.datetime | None = None


def lines_of(table: Sequence[Sequence[str]], now: dt.datetime) -> list[RoomLine]:
    """The lines of a table as a feature has it. Raises BadFeature that names the line and what it may say."""
    head, *rows = [[cell.strip() for cell in row] for row in table]
    if tuple(head) != HEAD:
        raise BadFeature(f"the table's head is {' | '.join(head)}", hint=" | ".join(HEAD))
    found = [_line(number, dict(zip(HEAD, row, strict=True)), now) for number, row in enumerate(rows, 1)]
    if [line.what for line in found].count("room") != 1:
        raise BadFeature("the table needs exactly one line that begins with: room")
    known = {line.session for line in found if line.what == "session"}
    for number, line in enumerate(found, 1):
        if line.what in ("room", "inside") and line.session not in (*known, "", MISSING):
            raise BadFeature(f"line {number} of the table: there is no session {line.session!r}")
    return found


def _line(number: int, cells: dict[str, str], now: dt.datetime) -> RoomLine:
    where, what = f"line {number} of the table", cells["what"]
    if what not in KINDS:
        raise BadFeature(f"{where}: {what!r} is none of: {', '.join(KINDS)}")
    allowed = _STATUSES.get(what, ("",))
    if cells["status"] not in allowed:
        raise BadFeature(f"{where}: status {cells['status']!r} is none of: {', '.join(allowed) or 'empty'}")
    times = {}
    for column in ("began", "ended"):
        times[column] = from_words(cells[column], now) if cells[column] else None
        if cells[column] and times[column] is None:
            raise BadFeature(f"{where}: {cells[column]!r} is no time", hint='such as "125 minutes ago" or "in 3 hours"')
    return RoomLine(
        what=what, status=cells["status"], session=cells["session"], who=cells["who"],
        began=times["began"], ended=times["ended"],
    )  # fmt: skip
