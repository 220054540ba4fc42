"""Which scenarios come by which statement of the reference: those, and no others, can tell a mutant of it."""

from __future__ import annotations

import bisect
import datetime as dt
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.mutants.probes.instrumented import (
    PROBES,
    SAID_BY_POSTGRES,
    SAID_BY_PYTHON,
    SEPARATOR,
    instrument,
    name_of,
)
from tests.mutants.probes.probe import innermost
from tests.mutants.suite import read_suite
from tests.planted.copies import ROOT, copy_reference
from tests.planted.harness import Harness, Order

_LOGGED = re.compile(rf"^(\S+ \S+) UTC \[\d+\] LOG:  {SEPARATOR}(\S+)$", re.MULTILINE)
_POLICIES = "040_policies.sql"
_DATA_API = "data_api_"
"""How the probes of its files are called."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Reach:
    """`times` are seconds, by the scenario's id; `passed` are the scenarios that came by a probe, by its name."""

    times: Mapping[str, float]
    passed: Mapping[str, frozenset[str]]
    asked_data_api: frozenset[str]
    at_start: frozenset[str] = frozenset()
    """The probes that were passed before the first scenario: what is set up there, any scenario can tell."""

    def is_new(self, scenario: str) -> bool:
        """Whether the record knows nothing of the scenario of that id, so that it could come by anything."""
        return scenario not in self.times

    def of(self, mutant: Mutant) -> frozenset[str] | None:
        """The scenarios of the record that come by the changed place; None where that can't be said, so that any could.

        What is declared (tables, functions in SQL itself, what a module does at its import) has no probe; what runs
        before the first scenario sets up something for all. Policies, and rights on tables, are for whoever asks the
        data API; rights on functions for whoever asks the gateway as well, which is anybody.
        """
        if mutant.file.name == _POLICIES:
            return self.asked_data_api
        text = (ROOT / mutant.file).read_text(encoding="utf-8")
        probe = innermost(PROBES[mutant.kind](text), mutant.change.start)
        name = "" if probe is None else name_of(mutant.file, probe)
        return None if probe is None or name in self.at_start else self.passed.get(name, frozenset())


def known_reach(
    file: Path, digest: str, measure: Callable[[], Reach], *, reference: str = "", former: bool = False
) -> Reach:
    """What `file` holds, or, where the suite has changed since, what is measured again; with `former` only where the
    reference has, as scenarios that are new to a record count as coming by everything."""
    if file.is_file():
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["suite"] == digest or (former and kept.get("reference") == reference):
            passed = {name: frozenset(ids) for name, ids in kept["passed"].items()}
            return Reach(kept["times"], passed, frozenset(kept["asked_data_api"]), frozenset(kept["at_start"]))
    found = measure()
    told = {
        "suite": digest,
        "reference": reference,
        "times": found.times,
        "passed": {name: sorted(ids) for name, ids in sorted(found.passed.items())},
        "asked_data_api": sorted(found.asked_data_api),
        "at_start": sorted(found.at_start),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told), encoding="utf-8")
    return found


def measured_reach(work: Path, harness: Harness, start: Sequence[str], at_once: int = 1) -> Reach:
    """The reach of the whole suite, on instrumented copies in the folder `work`.

    So many parts of the suite run at once, each one scenario after the other, as who came by is told by time. Raises
    ValueError unless the copies are conformant; what is not at first is tried again, as on a busy machine.
    """
    with ThreadPoolExecutor(at_once) as pool:
        parts = [f"{number}/{at_once}" for number in range(1, at_once + 1)]
        return together(list(pool.map(lambda part: _part_of_reach(work, harness, start, part), parts)))


def _part_of_reach(work: Path, harness: Harness, start: Sequence[str], part: str) -> Reach:
    here = work / f"correct-{part.partition('/')[0]}"
    said, reports = here / "said", here / "reports"
    said.mkdir(parents=True)
    copy = copy_reference(here / "copy", work / "cache", start=start)
    records = []
    try:
        instrument(copy, said)
        order = Order(copy, reports / "first", "", part=part)
        for _ in range(_TRIES):
            verdict = harness.run(order)
            records.append(order.reports / "latest" / "record.jsonl")
            bad = [one for one in verdict["scenarios"] if one["verdict"] not in ("passed", "not applicable")]
            if verdict["verdict"] == "conformant":
                return reach_of(records, said)
            if not bad:
                break
            places = tuple(one.place for one in read_suite({}) if one.id in {each["id"] for each in bad})
            order = Order(copy, reports / "again", "", features=places)
        names = "; ".join(one["name"] for one in bad)
        raise ValueError(f"the correct reference has to be conformant: {names or verdict['reason']}")
    finally:
        shutil.rmtree(here, ignore_errors=True)


def together(parts: Sequence[Reach]) -> Reach:
    """What the parts of a suite told, as one."""
    passed: dict[str, frozenset[str]] = {}
    for part in parts:
        for name, ids in part.passed.items():
            passed[name] = passed.get(name, frozenset()) | ids
    times = {id_: seconds for part in parts for id_, seconds in part.times.items()}
    asked = frozenset[str]().union(*(part.asked_data_api for part in parts))
    at_start = frozenset[str]().union(*(part.at_start for part in parts))
    return Reach(times, passed, asked, at_start)


def reach_of(records: Sequence[Path], said: Path) -> Reach:
    """What runs told whose scenarios ran one after the other on an instrumented copy."""
    lines = [json.loads(line) for record in records for line in record.read_text(encoding="utf-8").splitlines()]
    begun = [(_seconds(line["at"]), str(line["id"])) for line in lines if line["event"] == "scenario-started"]
    moments, ids = [at for at, _ in begun], [id_ for _, id_ in begun]
    passed: dict[str, set[str]] = defaultdict(set)
    asked, at_start = set(), set()
    for at, name in _said(said):
        index = bisect.bisect(moments, at) - 1
        if index < 0:
            at_start.add(name)
        else:
            passed[name].add(ids[index])
            if name.startswith(_DATA_API):
                asked.add(ids[index])
    times = {str(line["id"]): float(line["seconds"]) for line in lines if line["event"] == "scenario"}
    told = {name: frozenset(ids) for name, ids in passed.items()}
    return Reach(times, told, frozenset(asked), frozenset(at_start))


def _said(folder: Path) -> Iterator[tuple[float, str]]:
    for line in (folder / SAID_BY_PYTHON).read_text(encoding="utf-8").splitlines():
        at, _, name = line.partition(" ")
        yield float(at), name
    for moment, name in _LOGGED.findall((folder / SAID_BY_POSTGRES).read_text(encoding="utf-8", errors="replace")):
        yield _seconds(f"{moment}+00:00"), name


def _seconds(moment: str) -> float:
    return dt.datetime.fromisoformat(moment).timestamp()
