"""`python -m tests.explore NAME...`: explores copies of the reference with a planted bug, with all scenarios unseen.

Says of each bug how many acts it took until something was found, what, how small it got, and how often its file failed.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from greenroom.gherkin.index import read_feature
from tests.planted.bug import Bug, read_bugs
from tests.planted.copies import ROOT, TARGET, apply, copy_reference, new_work_folder
from tests.planted.matrix import PAGE, known_catches

_LONGEST = 900.0
_ACTS = re.compile(r"([\d,]+) acts? in ")
_FILE = re.compile(
    r"^  (?P<file>\S+\.feature): (?P<acts>\d+) acts?, fails (?P<failed>\d+) of (?P<told>\d+) times", re.M
)


@dataclass(frozen=True)
class Explored:
    """What came of one bug: the acts that were done, and of the finding its promise, acts and replays."""

    bug: str
    done: int
    seconds: float
    code: int
    promise: str = ""
    then: str = ""
    acts: int = 0
    failed: int = 0
    told: int = 0
    said: str = ""


def main(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Planted bugs; all if left out.")
    ] = None,
    only: Annotated[str, typer.Option("--only", help="http, or browser: what is explored, and which bugs.")] = "http",
    sample: Annotated[int, typer.Option("--sample", help="Only so many, drawn from those that can be shown.")] = 0,
    draw: Annotated[int, typer.Option("--draw", help="The seed by which they are drawn.")] = 13,
    listed: Annotated[bool, typer.Option("--list", help="Only say which.")] = False,
    acts: Annotated[int, typer.Option("--acts", help="So many acts on each.")] = 1000,
    minutes: Annotated[float, typer.Option("--minutes", help="So long on each.")] = 10.0,
    seed: Annotated[int, typer.Option("--seed", help="Of each.")] = 1,
    replays: Annotated[int, typer.Option("--replays", help="Of each file.")] = 10,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Keep the files there.")] = None,
) -> None:
    """Explore copies of the reference, each with one planted bug, up to the first finding."""
    bugs = read_bugs(names or ())
    if not names:
        shown = shown_by(bugs, on_pages=only == "browser")
        bugs = [bug for bug in bugs if bug.name in shown]
    if sample:
        chosen = set(random.Random(draw).sample([bug.name for bug in bugs], sample))
        bugs = [bug for bug in bugs if bug.name in chosen]
    if listed:
        print(len(bugs), *(bug.name for bug in bugs))
        return
    work, results = new_work_folder("explore-"), []
    try:
        for bug in bugs:
            results.append(explored(bug, work, only, acts, minutes, seed, replays, out or work / "found"))
            print(json.dumps(asdict(results[-1])), flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(summary(results), file=sys.stderr)


def summary(results: Sequence[Explored]) -> str:
    """How many were found, how small they got, and how many files failed each time."""
    found = [one for one in results if one.told]
    small = statistics.median(one.acts for one in found) if found else 0
    steady = sum(one.failed == one.told for one in found)
    return f"found {len(found)} of {len(results)}; acts in the median {small:g}; {steady} files failed each time"


def shown_by(bugs: Sequence[Bug], *, on_pages: bool) -> set[str]:
    """The bugs that a scenario without a browser catches, or with one, as docs/planted.md says; without those of the
    migration, which runs once and is no act."""
    chosen = {
        case.name
        for path in sorted((ROOT / "features").rglob("*.feature"))
        for scenario in read_feature(path).scenarios
        for case in scenario.cases
        if ("browser" in case.tags) is on_pages
    }
    caught = known_catches(PAGE)
    return {bug.name for bug in bugs if caught.get(bug.name) in chosen and not bug.promise.startswith("M")}


def explored(
    bug: Bug, work: Path, only: str, acts: int, minutes: float, seed: int, replays: int, out: Path
) -> Explored:
    """Plant the bug, and explore up to the first finding."""
    copy = copy_reference(work / bug.name, work / "cache")
    apply(bug.patch, copy)
    began = time.monotonic()
    command = [sys.executable, "-m", "greenroom.cli.main", "explore", "-x", "--only", only]
    command += ["--target", str(copy / TARGET)]
    command += ["--acts", str(acts), "--minutes", str(minutes), "--seed", str(seed), "--replays", str(replays)]
    done = subprocess.run(
        [*command, "--out", str(out / bug.name)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        check=False,
    )
    told, found = _ACTS.search(done.stdout), _FILE.search(done.stdout)
    number = int(told[1].replace(",", "")) if told else 0
    result = Explored(bug.name, number, round(time.monotonic() - began, 1), done.returncode)
    if found is None:
        return Explored(**{**asdict(result), "said": (done.stdout + done.stderr)[-600:]})
    promise, _, then = done.stdout.partition("\n")[0].partition(" ")
    numbers = {name: int(found[name]) for name in ("acts", "failed", "told")}
    return Explored(**{**asdict(result), "promise": promise, "then": then, **numbers})


if __name__ == "__main__":
    typer.run(main)
