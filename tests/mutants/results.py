"""What became of mutants, one JSON line each, so that a campaign can be gone on with, and told of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from tests.mutants.mutant import Mutant

KILLED = Path(__file__).resolve().parent / "killed.json"
"""The mutants that a scenario has killed, as `--page` writes them."""

RESULTS = KILLED.with_name("results.jsonl")
"""What became of every mutant that was tried: a campaign adds its lines."""


class Result(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    FLAKY = "flaky"  # red once, and not again: no kill
    UNCLEAR = "unclear"  # scenarios that could not tell, or met an error, and none that was red
    TIMEOUT = "timeout"
    STILLBORN = "stillborn"  # the reference refuses to start with it


@dataclass(frozen=True, slots=True)
class Outcome:
    """One mutant's line. `by` is the id of the scenario that killed it, `promise` the one that it is shown under."""

    key: str
    kind: str
    file: str
    line: int
    where: str
    operator: str
    before: str
    after: str
    result: Result
    by: str = ""
    promise: str = ""
    note: str = ""
    seconds: float = 0.0
    suite: str = ""


def outcome_of(mutant: Mutant, result: Result, **more: object) -> Outcome:
    """The line of a mutant."""
    told = mutant.key, mutant.kind.value, str(mutant.file), mutant.line, mutant.change.where, mutant.change.operator
    return Outcome(*told, mutant.before, mutant.after, result, **more)  # type: ignore[arg-type]


def read_outcomes(file: Path) -> dict[str, Outcome]:
    """The last line of each mutant, by its key."""
    return {one.key: one for one in _lines(file)}


def at_first(file: Path) -> list[Outcome]:
    """The first line of each mutant."""
    return list({one.key: one for one in reversed(_lines(file))}.values())


def seen_since(file: Path) -> list[Outcome]:
    """The kills of mutants that an earlier suite did not see."""
    survived = {(one.key, one.suite) for one in _lines(file) if one.result is Result.SURVIVED}
    keys = {key for key, _ in survived}
    return [
        one
        for one in read_outcomes(file).values()
        if one.result is Result.KILLED and one.key in keys and (one.key, one.suite) not in survived
    ]


def _lines(file: Path) -> list[Outcome]:
    if not file.is_file():
        return []
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Outcome(**{**line, "result": Result(line["result"])}) for line in lines]


def append(file: Path, outcome: Outcome) -> None:
    """Adds a line, in one write."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")


def write_killed(outcomes: Iterable[Outcome], file: Path, keys: Collection[str], ids: Collection[str]) -> None:
    """Which scenario has killed which mutant, for `python -m tests.mutants.today`. What the file knows of others stays,
    as results are those of one machine; what is no key of a mutant or no id of a scenario any more goes."""
    told = list(outcomes)
    found = read_killed(file) if file.is_file() else {}
    found = {key: by for key, by in found.items() if key not in {one.key for one in told}}
    found |= {one.key: one.by for one in told if one.result is Result.KILLED}
    found = {key: by for key, by in found.items() if key in keys and by in ids}
    file.write_text(json.dumps(dict(sorted(found.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_killed(file: Path) -> dict[str, str]:
    """The id of the scenario that has killed it, by the mutant's key."""
    return dict(json.loads(file.read_text(encoding="utf-8")))


def kills_by(outcomes: Iterable[Outcome], mutant: Mutant) -> Counter[str]:
    """How often each scenario has killed, by its id: ten times as much counts what was killed in the same place, and
    three times as much what was in the same file."""
    count: Counter[str] = Counter()
    for one in outcomes:
        if one.result is Result.KILLED and one.kind == mutant.kind.value:
            near = 10 if one.where == mutant.change.where else 3 if one.file == str(mutant.file) else 1
            count[one.by] += near
    return count
