"""`python -m tests.trust.by_chance`: trouble anywhere, in any scenario, by the seed; nobody may be red for it.

The table of troubles tries seven scenarios at chosen moments. Here chance chooses among all scenarios, and the moment:
on the correct reference nothing may be red, and on one with planted bugs no scenario that catches one may be green.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from greenroom.core.project import FEATURES, ROOT
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.selection import candidates
from tests.explore.today import seed_of
from tests.planted.copies import new_work_folder
from tests.support.forked_command import FORKS
from tests.support.one_interrupt import interrupt_once
from tests.support.plain_environment import environment
from tests.trust.campaign import BUGS
from tests.trust.chance import LIKELY, Chance
from tests.trust.lane import Lane, Loop
from tests.trust.preparations import begin
from tests.trust.scenarios import SCENARIOS, places
from tests.trust.seen import RED
from tests.trust.watch import Watch

_WRONG = (*RED, "error")


class NotRun(Exception):
    """Not every scenario that was chosen was run: nothing can be said."""


def every_place() -> list[str]:
    """Every scenario of the suite, as FILE:LINE."""
    return [
        f"{path.relative_to(ROOT)}:{one.case.line}"
        for path in sorted(FEATURES.rglob("*.feature"))
        for one in candidates(read_feature(path))
    ]


def main(
    where: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE:LINE...]", help="Only these scenarios; all if left out.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Who meets what comes from it. Default: the date (UTC).")] = None,
    sample: Annotated[int | None, typer.Option(min=1, metavar="N", help="So many scenarios, by the seed.")] = None,
    likely: Annotated[float, typer.Option(help="How likely a request meets trouble.")] = LIKELY,
    workers: Annotated[int, typer.Option("-n", min=1, help="So many scenarios at once.")] = 2,
) -> None:
    """Run scenarios while requests and statements meet trouble by chance.

    Exit codes: 0 nothing was red for it, and no bug went by unseen; 1 otherwise, and what was met is told; 3 not all of
    them were run.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    seed = seed_of(dt.datetime.now(dt.UTC).date()) if seed is None else seed
    chosen = where or every_place()
    if sample is not None:
        chosen = sorted(random.Random(seed).sample(chosen, min(sample, len(chosen))))
    work, loop = new_work_folder("chance-"), Loop()
    wrong: list[str] = []
    try:
        with Lane(work / "lanes", "correct", (), loop) as lane:
            told = _run(lane, Chance(seed, likely), chosen, work / "correct", workers)
            wrong += [f"red without a bug: {one}" for one in told if one.startswith(_WRONG)]
        if not where:
            with Lane(work / "lanes", "planted", BUGS, loop) as lane:
                told = _run(lane, Chance(seed, likely), list(places(SCENARIOS)), work / "planted", 1)
                wrong += [f"green with its bug: {one}" for one in told if one.startswith("passed")]
    except NotRun as error:
        print(error)
        raise typer.Exit(3) from None
    except KeyboardInterrupt:
        print("interrupted")
        raise typer.Exit(3) from None
    finally:
        loop.close()
        shutil.rmtree(work, ignore_errors=True)
    for one in wrong:
        print(f"\n{one}")
    print(f"\n{len(wrong)} wrong; again: python -m tests.trust.by_chance --seed {seed} FILE:LINE")
    raise typer.Exit(1 if wrong else 0)


def _run(lane: Lane, chance: Chance, chosen: Sequence[str], reports: Path, workers: int) -> list[str]:
    """Each scenario in a few lines: its verdict, its place, what it met, and why it is not green."""
    reports.mkdir()
    lane.meet(chance)
    several = ("-n", str(workers)) if workers > 1 else ()
    words = ("run", "-q", *chosen, *several, "--target", str(lane.target), "--reports", str(reports))
    said = reports / "said.txt"
    started = FORKS.Process(target=begin, args=(words, ROOT, environment(lane.environment), (said, said), "", ""))
    started.start()
    started.join()
    lane.meet(Watch())
    lane.drop_all()
    record = reports / "latest" / "record.jsonl"
    lines = map(json.loads, record.read_text(encoding="utf-8").splitlines() if record.is_file() else ())
    scenarios = [line for line in lines if line["event"] == "scenario"]
    if len(scenarios) < len(chosen):  # a line may name several, such as the rows of an outline
        text = said.read_text(encoding="utf-8")[-2000:]
        raise NotRun(f"{lane.name}: {len(scenarios)} of {len(chosen)} scenarios were run\n{text}")
    count = Counter(one["verdict"] for one in scenarios)
    struck = sum(bool(chance.log.get(place)) for place in chosen)
    print(f"{lane.name}: {struck} of {len(chosen)} scenarios met trouble;", end=" ")
    print(", ".join(f"{number} {name}" for name, number in count.most_common()))
    return [line for one in scenarios for line in _told(one, chance)]


def _told(one: dict[str, Any], chance: Chance) -> Iterator[str]:
    place = f"{one['feature']}:{one['line']}"
    met = "".join(f"\n    met    {what}" for what in chance.log.get(place, ["nothing"]))
    why = str((one["failure"] or {}).get("message", "")).replace("\n", "\n           ")
    yield f"{one['verdict']}  {place}  {one['name']}{met}" + (f"\n    found  {why}" if why else "")


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)
