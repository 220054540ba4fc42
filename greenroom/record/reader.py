"""Reads the record of a run back, and says whether all of it is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from greenroom.core.errors import GreenroomError
from greenroom.record.events import SCHEMA, Event, Footer, Header, ScenarioFinished, ScenarioStarted


@dataclass(frozen=True, slots=True)
class Record:
    """One run, as every report sees it.

    `truncated` is true when the run never wrote its footer or its last line is cut in half: whatever the scenarios say,
    such a run is not conformant. `unfinished` are the ids of scenarios that started and never finished, in the order
    they started.
    """

    header: Header
    scenarios: tuple[ScenarioFinished, ...] = ()
    footer: Footer | None = None
    truncated: bool = False
    unfinished: tuple[str, ...] = ()


RECORD = "record.jsonl"
"""The name of a record in the folder of its run."""
LATEST = "latest"
"""The name that leads to the last run in a folder of runs."""


def record_file(given: Path) -> Path:
    """The record that is meant: the file itself, that in the folder of a run, or the last one in a folder of runs."""
    if not given.is_dir():
        return given
    last = given / LATEST / RECORD
    return last if last.is_file() and not (given / RECORD).exists() else given / RECORD


def read_record(path: Path) -> Record:
    """The record in the file `path`.

    A half-written last line makes the record truncated and is no error; neither are zeros at the end, which a machine
    that went down leaves. Anything else that can't be understood is: raises GreenroomError (code "bad-record") naming
    file and line, with a hint.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as trouble:
        raise GreenroomError(
            f"{path}: the record can't be read ({trouble.strerror or trouble})",
            hint="name a run's record.jsonl, for example reports/latest/record.jsonl",
            code="bad-record",
        ) from trouble
    last = max((number for number, line in enumerate(lines, start=1) if line.strip(b"\0 \t\r")), default=0)
    events: list[Event] = []
    half_written = False
    for number, line in enumerate(lines, start=1):
        if number > last or not line.strip():
            continue
        try:
            events.append(_parse(line, path, number))
        except json.JSONDecodeError as trouble:
            if number == last:
                half_written = True
                break
            raise _bad(path, number, f"this is not JSON ({trouble})", hint=_DAMAGED) from trouble
        _check_order(events, path, number)
    if not events:
        raise _bad(path, 1, "there is no header", hint="the run ended before it began: look at what it printed")
    return record_of(events, half_written=half_written)


def record_of(events: Iterable[Event], *, half_written: bool = False) -> Record:
    """The record that these events make.

    Raises GreenroomError (code "bad-record") when there is no header among them. `half_written` says that something was
    lost after the last event.
    """
    header: Header | None = None
    scenarios: list[ScenarioFinished] = []
    footer: Footer | None = None
    open_: Counter[str] = Counter()
    for event in events:
        match event:
            case Header():
                header = event
            case ScenarioStarted():
                open_[event.id] += 1
            case ScenarioFinished():
                scenarios.append(event)
                open_[event.id] -= 1
            case Footer():
                footer = event
    if header is None:
        raise GreenroomError("a record without a header", code="bad-record")
    return Record(
        header=header,
        scenarios=tuple(scenarios),
        footer=footer,
        truncated=half_written or footer is None,
        unfinished=tuple(id_ for id_, count in open_.items() if count > 0),
    )


_DAMAGED = "the file was damaged or edited; run again"


@cache
def _adapter() -> TypeAdapter[Event]:
    """Made when a record is read: no run pays for it when it starts."""
    return TypeAdapter(Event)


def _parse(line: bytes, path: Path, number: int) -> Event:
    try:
        raw = json.loads(line)
    except UnicodeDecodeError as trouble:  # a letter of several bytes, cut in the middle
        raise json.JSONDecodeError(str(trouble), "", 0) from trouble
    if not isinstance(raw, dict):
        raise _bad(path, number, "an event is a JSON object", hint=_DAMAGED)
    schema = raw.get("schema")
    if raw.get("event") == "header" and schema != SCHEMA:
        raise _bad(
            path,
            number,
            f"the schema {schema!r} is not known",
            hint=f"this Greenroom reads {SCHEMA!r}; read the record with the version that wrote it",
        )
    try:
        return _adapter().validate_python(raw)
    except ValidationError as trouble:
        first = trouble.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "event"
        raise _bad(path, number, f"{where}: {first['msg']}", hint="was it written by another version?") from trouble


def _check_order(events: list[Event], path: Path, number: int) -> None:
    newest = events[-1]
    if len(events) == 1 and not isinstance(newest, Header):
        raise _bad(path, number, f"there is no header before {newest.event!r}", hint=_DAMAGED)
    if len(events) > 1 and isinstance(newest, Header):
        raise _bad(path, number, "a second header", hint="one file holds one run: give each its own")
    if len(events) > 1 and isinstance(events[-2], Footer):
        raise _bad(path, number, f"{newest.event!r} after the footer", hint=_DAMAGED)


def _bad(path: Path, number: int, what: str, *, hint: str) -> GreenroomError:
    return GreenroomError(f"{path}:{number}: {what}", hint=hint, code="bad-record")
