"""`make bench`: start-up, ours beside a suite written by hand, the whole suite.

Numbers are of this machine and this moment: compare them with others of the same machine only. `python -m tests.bench
by-hand start-up suite` measures only what is named.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.by_hand_suite import BUGS, PAIRS, NotGreen, compare, missed_bugs, run_ours
from tests.bench.cost import Cost
from tests.bench.whole_suite import rows_of, run_suite
from tests.support.served import Served, served

PARTS = ("start-up", "by-hand", "suite")
Row = tuple[str, str]
Tell = Callable[[str], object]


def main() -> int:
    """Measure and print; 1 when something was not green, since its times mean nothing then."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if left out")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how often each side is run")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    console = Console(highlight=False)
    table = Table("what", "value", box=None, pad_edge=False)
    wrong = ""
    with console.status("") as status:
        try:
            for row in _measure(given.parts or PARTS, given.pairs, status.update):
                table.add_row(*row)
        except NotGreen as error:
            wrong = str(error)
    console.print(table)
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


def _measure(parts: list[str] | tuple[str, ...], pairs: int, tell: Tell) -> Iterator[Row]:
    if "start-up" in parts or "by-hand" in parts:
        with (
            tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder,
            served(Path(folder) / "served") as running,
        ):
            if "start-up" in parts:
                yield from _start_up(running, pairs, tell)
            if "by-hand" in parts:
                yield from _by_hand(running, pairs, tell)
    if "suite" in parts:
        yield from _suite(tell)


def _start_up(running: Served, pairs: int, tell: Tell) -> Iterator[Row]:
    tell("one scenario over HTTP …")
    costs = [run_ours(running, "E4", scenarios=1) for _ in range(pairs + 1)][1:]
    yield "one scenario over HTTP, target running, all in all", _seconds(costs)


def _by_hand(running: Served, pairs: int, tell: Tell) -> Iterator[Row]:
    compared = compare(running, pairs, tell)
    yield f"the plan's four tests by hand, median of {pairs}", _seconds(compared.by_hand)
    yield f"the same four of ours, in turn, median of {pairs}", _seconds(compared.ours)
    yield "ours to by hand, median of the pairs", f"{compared.ratio:.2f} wall, {compared.cpu_ratio:.2f} CPU"
    missed = missed_bugs(tell)
    yield "planted bugs that the suite by hand finds", f"{len(BUGS) - len(missed)} of {len(BUGS)}"
    if missed:
        raise NotGreen(f"the suite by hand does not find {', '.join(missed)}")


def _suite(tell: Tell) -> Iterator[Row]:
    tell("the whole suite …")
    whole = run_suite()
    yield from rows_of(whole.record)
    tell("the whole suite in two workers …")
    two = run_suite("-n", "2")
    for name, run in (("one process", whole), ("-n 2", two)):
        yield f"the whole suite, {name}", f"{run.wall:.1f} s wall, {run.peak_mib:.0f} MiB at the peak"
        if not run.green:
            raise NotGreen(f"the whole suite, {name}, was not conformant")


def _seconds(costs: list[Cost]) -> str:
    wall, cpu = (statistics.median(getattr(cost, which) for cost in costs) for which in ("wall", "cpu"))
    return f"{wall:.2f} s wall, {cpu:.2f} s CPU"


if __name__ == "__main__":
    sys.exit(main())
