"""Writes a red run's failures into a target file's list of known failures, each with a reason to be filled in."""

from __future__ import annotations

import datetime as dt
import fnmatch
import glob
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.core.errors import GreenroomError
from greenroom.core.text_files import read_text
from greenroom.core.verdict import CHARGED, Verdict
from greenroom.core.wording import plural
from greenroom.outcome.from_exception import OPERATIONS_WORK
from greenroom.record.events import ScenarioFinished

DAYS = 30
"""How long a failure is excused at first."""
_TABLE = "known_failures"


@dataclass(frozen=True, slots=True)
class Listable:
    """A failure as an entry: what it would excuse, and what is wrong, in a line."""

    promise: str
    scenario: str
    said: str
    flaky: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to the file, and what was not."""

    file: Path
    entries: tuple[Listable, ...]
    listed_before: tuple[Listable, ...]
    """Those that an entry of the file is for already."""
    mixed: tuple[Listable, ...]
    """Those of whose rows some passed: an entry is for all of them, and these would be unexpectedly fixed."""

    def lines(self) -> Iterator[str]:
        """What a person is told."""
        if self.entries:
            fill = "fill in reason and ticket of each: without them the file is refused"
            yield f"{self.file}: {plural(len(self.entries), 'known failure')} written; {fill}"
        elif not self.listed_before and not self.mixed:
            yield f"{self.file}: nothing written, since nothing failed"
        if self.listed_before:
            yield f"{self.file}: {plural(len(self.listed_before), 'failure')} listed before, and left as they are"
        for one in self.mixed:
            entry = f"{one.promise} {one.scenario!r}"
            yield f"{self.file}: not written: {entry}: an entry is for all of its rows, and some pass"


def check_known_file(file: Path) -> None:
    """Raises GreenroomError before anything is run, where nothing could be written to `file` afterwards."""
    text = _text_of(file)
    _parsed(file, f"{text}\n[[{_TABLE}]]\n")
    if not file.exists() and not file.absolute().parent.is_dir():
        raise _unwritable(file, "its folder is not there")


def write_known(file: Path, scenarios: Sequence[ScenarioFinished], run: str, today: dt.date) -> Written:
    """Add an entry for each failure of `scenarios` that `file` has none for, below all that it says. It is made where
    it is not there, once there is anything to write.

    Raises GreenroomError (code "cannot-write", "bad-target") and leaves the file as it is.
    """
    check_known_file(file)
    text = _text_of(file)
    listed = _parsed(file, text).get(_TABLE, [])
    fresh: dict[tuple[str, str], Listable] = {}
    before: dict[tuple[str, str], Listable] = {}
    mixed: dict[tuple[str, str], Listable] = {}
    for one in filter(None, map(listable, scenarios)):
        key = one.promise, one.scenario
        if any(_is_for(entry, one) for entry in listed):
            before[key] = one
        elif not one.flaky and any(_passed_as(one, scenario) for scenario in scenarios):
            mixed[key] = one
        else:
            fresh.setdefault(key, one)
    written = Written(file, *(tuple(found.values()) for found in (fresh, before, mixed)))
    if fresh:
        head = f"\n# Written from the run {run} on {today}: fill in reason and ticket.\n"
        added = head + "".join(_entry(one, today + dt.timedelta(days=DAYS)) for one in fresh.values())
        _parsed(file, text + "\n" + added)
        _append(file, added if text.endswith("\n") or not text else f"\n{added}")
    return written


def listable(scenario: ScenarioFinished) -> Listable | None:
    """The entry that a failed or blocked scenario takes; None for any other.

    What is blocked is listed under the promise that operations work, with the operation as its scenario: once, however
    many scenarios it blocks.
    """
    failure = scenario.failure
    flaky = scenario.verdict is Verdict.FLAKY
    if failure is None or not scenario.promises or not (flaky or scenario.verdict in CHARGED):
        return None
    said = failure.message.strip().partition("\n")[0]
    if failure.kind == "blocked":
        blocked_by = failure.wrong[0].subject.removeprefix("operation:") if failure.wrong else scenario.name
        return Listable(OPERATIONS_WORK, blocked_by, said, flaky)
    promise = failure.promise if failure.promise in scenario.promises else scenario.promises[0]
    return Listable(promise, scenario.name, said, flaky)


def _passed_as(one: Listable, scenario: ScenarioFinished) -> bool:
    return scenario.verdict is Verdict.PASSED and scenario.name == one.scenario and one.promise in scenario.promises


def _is_for(entry: dict[str, Any], one: Listable) -> bool:
    return entry.get("promise") == one.promise and fnmatch.fnmatchcase(one.scenario, str(entry.get("scenario", "")))


def _entry(one: Listable, expires: dt.date) -> str:
    said = "".join(letter if letter.isprintable() else " " for letter in one.said)
    return (
        f"\n# {said}\n[[{_TABLE}]]\n"
        f"promise = {_string(one.promise)}\n"
        f"scenario = {_string(glob.escape(one.scenario))}\n"
        f'reason = ""\n'
        f'ticket = ""\n'
        f"expires = {expires}\n{'flaky = true' + chr(10) if one.flaky else ''}"
    )


def _string(text: str) -> str:
    """As TOML writes it, which is as JSON does, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text_of(file: Path) -> str:
    if not file.exists() and not file.is_symlink():
        return ""
    return read_text(file, lambda message, hint: GreenroomError(message, hint=hint, code="cannot-write"))


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise GreenroomError(
            f"{file}: no [[{_TABLE}]] can be written below what it says: {error}",
            hint=f"a target.toml, or a new file; a list `{_TABLE} = [...]` is to be written as [[{_TABLE}]]",
            code="bad-target",
        ) from None


def _append(file: Path, text: str) -> None:
    try:
        ends = b"\r\n" if file.exists() and b"\r\n" in file.read_bytes() else b"\n"
        with file.open("ab") as out:
            out.write(text.encode("utf-8").replace(b"\n", ends))
    except OSError as trouble:
        raise _unwritable(file, trouble.strerror or str(trouble)) from None


def _unwritable(file: Path, why: str) -> GreenroomError:
    return GreenroomError(
        f"{file}: known failures can't be written ({why})", hint="name a file in a folder that is there and writable",
        code="cannot-write",
    )  # fmt: skip
