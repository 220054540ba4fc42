"""`greenroom run`: hands the scenarios to pytest, whose plugin judges, records and reports."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import typer

from greenroom.core import garbage
from greenroom.core.errors import GreenroomError
from greenroom.core.project import FEATURES, PROMISES, ROOT, target_name
from greenroom.gherkin.promises import read_promises
from greenroom.gherkin.selection import TagExpression, split_place
from greenroom.isolation.production import refuse_production
from greenroom.outcome.known_failures import check_promises
from greenroom.targetfile.load import read_target

# What a run needs, and nothing that happens to be installed beside it: each plugin that is loaded costs its start-up.
_PLUGINS = ["--disable-plugin-autoload", "-p", "pytest_bdd.plugin", "-p", "pytest_timeout", "-p", "fixtures.plugin"]
_WITH_WORKERS = ["-p", "xdist.plugin", "-p", "xdist.looponfail"]


def run(
    features: list[str] = typer.Argument(
        None,
        metavar="FEATURE",
        help="Feature files or folders; FILE:LINE for one scenario. All of features/ if left out.",
    ),
    target: str = typer.Option("", "--target", metavar="NAME", help="A folder below targets/, or the path of one."),
    tags: str = typer.Option(
        "", "-t", "--tags", metavar="EXPR", help='Only these: "T1", "E and not browser", "smoke".'
    ),
    keyword: str = typer.Option("", "-k", metavar="TEXT", help="Only scenarios whose name holds the text."),
    workers: str = typer.Option("", "-n", "--workers", metavar="N", help="Run in N processes at once."),
    seed: int = typer.Option(None, "--seed", help="Names, titles and order come from it. Default: a new one."),
    order: str = typer.Option("file", "--order", metavar="file|random", help="Order of the scenarios."),
    stop: bool = typer.Option(False, "-x", "--stop", help="Stop after the first scenario that is not right."),
    patience: float = typer.Option(
        None, "--patience", min=0, metavar="SECONDS", help="Wait out a limiter's 429 that long."
    ),
    headed: bool = typer.Option(False, "--headed", help="Show the browser."),
    trace: bool = typer.Option(False, "--trace", help="Keep a Playwright trace of each failing page."),
    plan: bool = typer.Option(False, "--plan", help="Only say what it costs: people, Go Lives, minutes."),
    reports: str = typer.Option("", "--reports", metavar="DIR", help="Where runs write. Default: reports."),
    quiet: bool = typer.Option(False, "-q", "--quiet", help="Only failures and the verdict."),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="Every step of every scenario."),
) -> None:
    """Run scenarios against a target and say what holds.

    The target is reference, or what GREENROOM_TARGET names. Writes reports/latest/: report.html, verdict.json,
    junit.xml, record.jsonl, allure-results/.

    Exit 0: every promise that applies holds. 1: a promise is broken. 2: could not tell. 3: misuse, or cut short.
    """
    if order not in ("file", "random"):
        raise GreenroomError(f"--order {order!r} is neither file nor random", code="usage")
    if not re.fullmatch(r"auto|\d*", workers):
        raise GreenroomError(f"-n {workers!r} is no number of processes", hint="-n 2, or -n auto", code="usage")
    if quiet and verbose:
        raise GreenroomError("-q and -v contradict each other", hint="leave one of them out", code="usage")
    if tags.strip():
        TagExpression(tags)  # what is no expression is said at once
    file = read_target(target_name(target), ROOT)
    described = file.resolve()
    refuse_production(described)
    file.check_runnable(described)
    check_promises(file, described.known_failures, read_promises(PROMISES))
    arguments = ["--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *_PLUGINS]
    arguments += ["--assert=plain"]  # failures are told in our own words; what was compiled at set-up is used as it is
    arguments += _paths(features or [])
    arguments += _WITH_WORKERS if workers else []
    for option, value in (
        ("--target", target),
        ("--tags", tags),
        ("--named", keyword),
        ("-n", workers),
        ("--dist", "worksteal" if workers else ""),  # the last scenarios are shared out as well
        ("--reports", reports),
    ):
        if value:
            arguments.append(f"{option}={value}")  # by itself, "@T1" would name a file of arguments
    if seed is not None:
        arguments += ["--seed", str(seed)]
    if patience is not None:
        arguments += ["--patience", str(patience)]
    arguments += ["--order", order, *(["-x"] if stop else []), *(["--headed"] if headed else [])]
    arguments += [*(["--page-trace"] if trace else []), *(["--plan"] if plan else [])]
    arguments += ["--greenroom-ui", "quiet" if quiet else "verbose" if verbose else "normal"]
    os.environ["GREENROOM_COMMAND"] = shlex.join(["greenroom", *sys.argv[1:]])
    garbage.pause()  # until the scenarios begin: the plugin resumes it
    import pytest  # takes a while: only once all that can be told without it has been told

    raise typer.Exit(int(pytest.main(arguments)))


def _paths(features: list[str]) -> list[str]:
    """Feature files as pytest takes them; a line goes into an option. Raises GreenroomError for a path that is not."""
    found: list[str] = []
    for argument in features:
        path, line = split_place(argument)
        place = Path(path)
        if not place.exists():
            raise GreenroomError(f"no feature file {path}", hint="a path to a .feature file or a folder", code="usage")
        if place.is_dir() and not any(place.rglob("*.feature")) and not any(place.rglob("*.py")):
            raise GreenroomError(f"no feature file in {path}", hint="their names end in .feature", code="usage")
        if place.is_file() and place.suffix not in (".feature", ".py"):
            raise GreenroomError(f"{path} is no feature file", hint="its name ends in .feature", code="usage")
        if path not in found:
            found.append(path)
        if line is not None:
            found += ["--at", argument]
    return found or [str(FEATURES)]
