"""`greenroom run`: hands the scenarios to pytest, whose plugin judges, records and reports."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import typer

from greenroom.cli.asked import Asked
from greenroom.cli.histories import check_history
from greenroom.cli.listed import show_list
from greenroom.cli.pausing import check_pause
from greenroom.core import garbage, interruption
from greenroom.core.ending import Ending
from greenroom.core.errors import GreenroomError
from greenroom.core.project import FEATURES, PROMISES, REPORTS, ROOT, in_project, target_name
from greenroom.core.verdict import Exit
from greenroom.gherkin.feature_folders import Once, feature_files, is_feature
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.promises import read_promises
from greenroom.gherkin.selection import Selection, TagExpression, all_of, split_place
from greenroom.isolation.production import refuse_production
from greenroom.outcome.known_failures import check_promises
from greenroom.outcome.listing_known import check_known_file
from greenroom.record.writer import check_writable
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import Target

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
    tags: list[str] = typer.Option(
        [], "-t", "--tags", metavar="EXPR", help='Only these: "T1", "E and not browser". Again: these as well must fit.'
    ),
    keyword: str = typer.Option("", "-k", metavar="TEXT", help="Only scenarios whose name holds the text."),
    workers: str = typer.Option("", "-n", "--workers", metavar="N", help="Run in N processes at once."),
    seed: int = typer.Option(None, "--seed", help="Names, titles and order come from it. Default: a new one."),
    order: str = typer.Option("file", "--order", metavar="file|random", help="Order of the scenarios."),
    shard: str = typer.Option("", "--shard", metavar="N/M", help="Only this part: 2/5 is the second of five."),
    times: str = typer.Option(
        "", "--times", metavar="RECORD", help="Balance shards by its times. Default: the last whole run's, if any."
    ),
    last_failed: bool = typer.Option(False, "--last-failed", help="Only what was not right in the last run."),
    failed_first: bool = typer.Option(False, "--failed-first", help="First what was not right in the last run."),
    repeat: int = typer.Option(1, "--repeat", min=1, metavar="N", help="Each scenario N times, in changing order."),
    retries: int = typer.Option(
        0,
        "--retries",
        min=0,
        max=10,
        metavar="N",
        help="Try what failed again, N times at most. What passes then is flaky, and not green.",
    ),
    write_known: str = typer.Option(
        "", "--write-known", metavar="FILE", help="Add what failed to a target file's known failures, for 30 days."
    ),
    stop: bool = typer.Option(False, "-x", "--stop", help="Stop after the first scenario that is not right."),
    patience: float = typer.Option(
        None, "--patience", min=0, metavar="SECONDS", help="Wait out a limiter's 429 that long."
    ),
    headed: bool = typer.Option(False, "--headed", help="Show the browser."),
    slow_mo: float = typer.Option(0.0, "--slow-mo", min=0, metavar="MS", help="Slow down what is done on pages."),
    pause: bool = typer.Option(False, "--pause", help="Stop at a failing step, its page open, its rows printed."),
    trace: bool = typer.Option(False, "--trace", help="Keep a Playwright trace of each failing page."),
    plan: bool = typer.Option(False, "--plan", help="Only say what it costs: people, Go Lives, minutes."),
    listed: bool = typer.Option(False, "--list", help="Only list the scenarios: id, promises, tags, file and line."),
    as_json: bool = typer.Option(False, "--json", help="With --list: as JSON."),
    reports: str = typer.Option("", "--reports", metavar="DIR", help="Where runs write. Default: reports."),
    history: str = typer.Option("", "--history", metavar="DIR", help="Where former runs are. Default: as --reports."),
    quiet: bool = typer.Option(False, "-q", "--quiet", help="Only failures and the verdict."),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="Every step of every scenario."),
) -> None:
    """Run scenarios against a target and say what holds.

    Shards of one suite, target and seed, put together by greenroom merge, are one run. Their seed is 1 unless given.

    The target is reference, or what GREENROOM_TARGET names. Writes reports/latest/: report.html, verdict.json,
    junit.xml, record.jsonl, allure-results/, har/ with the requests of what failed.

    Exit 0: every promise that applies holds. 1: a promise is broken. 2: could not tell. 3: misuse, or cut short.
    """
    if order not in ("file", "random"):
        raise GreenroomError(f"--order {order!r} is neither file nor random", code="usage")
    if not re.fullmatch(r"auto|\d*", workers):
        raise GreenroomError(f"-n {workers!r} is no number of processes", hint="-n 2, or -n auto", code="usage")
    if quiet and verbose:
        raise GreenroomError("-q and -v contradict each other", hint="leave one of them out", code="usage")
    if as_json and not listed:
        raise GreenroomError("--json goes with --list", hint="verdict.json of a run is what a gate reads", code="usage")
    for expression in filter(str.strip, tags):
        TagExpression(expression)  # what is no expression is said at once, as it was written
    asked_for = [_as_found(one) for one in features or []]
    files, places = _files(asked_for), _places(asked_for)
    selection = Selection(all_of(tags), keyword, places)
    file = read_target(target_name(target), ROOT)
    described = file.resolve()
    refuse_production(described)
    file.check_runnable(described)
    check_promises(file, described.known_failures, read_promises(PROMISES))
    asked = Asked(shard=shard, times=times, last_failed=last_failed, failed_first=failed_first)
    former = asked.options(Path(reports or REPORTS), described.name)
    check_history(history)
    if pause:
        check_pause(workers)
    if retries and repeat > 1:
        raise GreenroomError(
            "--retries and --repeat contradict each other", hint="--repeat N tells how steady it is", code="usage"
        )
    if write_known:
        if listed or plan:
            raise GreenroomError("--write-known goes with a run", hint="leave --plan or --list out", code="usage")
        check_known_file(Path(write_known))
    if listed:
        drawn = seed if order == "random" else None
        show_list(selection, map(Path, files), asked.wish(former, drawn), described.folder, as_json=as_json)
        return
    if workers and not plan:  # to end workers that have begun takes a while
        check_writable(Path(reports or REPORTS).absolute() / "run", leave=False)
    arguments = ["--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *_PLUGINS]
    arguments += ["--assert=plain"]  # failures are told in our own words; what was compiled at set-up is used as it is
    arguments += [*files, *(f"--at={place}" for place in places)]
    arguments += _WITH_WORKERS if workers else []
    for option, value in (
        ("--target", target),
        ("--tags", all_of(tags)),
        ("--named", keyword),
        ("-n", workers),
        ("--dist", "worksteal" if workers else ""),  # the last scenarios are shared out as well
        ("--reports", reports),
        ("--history", history),
        ("--write-known", write_known),
        *former.items(),
    ):
        if value:
            arguments.append(f"{option}={value}")  # by itself, "@T1" would name a file of arguments
    if seed is not None:
        arguments += ["--seed", str(seed)]
    if patience is not None:
        arguments += ["--patience", str(patience)]
    arguments += ["--repeat", str(repeat)] if repeat > 1 else []
    arguments += ["--retries", str(retries)] if retries else []
    arguments += ["--order", order, *(["-x"] if stop else []), *(["--headed"] if headed else [])]
    arguments += [*(["--slow-mo", str(slow_mo)] if slow_mo else []), *(["--pause"] if pause else [])]
    arguments += [*(["--page-trace"] if trace else []), *(["--plan"] if plan else [])]
    arguments += ["--greenroom-ui", "quiet" if quiet else "verbose" if verbose else "normal"]
    os.environ["GREENROOM_COMMAND"] = shlex.join(["greenroom", *sys.argv[1:]])
    garbage.pause()  # until the scenarios begin: the plugin resumes it
    os.environ.pop("PYTEST_ADDOPTS", None)  # meant for tests: --setup-plan in it would make a run green unseen
    one_process = not workers and not plan
    shown = {"headed": headed, "slow_mo": slow_mo}
    raise typer.Exit(_run_pytest(arguments, described, selection, files, shown, one_process=one_process))


def _run_pytest(
    arguments: list[str],
    target: Target,
    selection: Selection,
    files: list[str],
    shown: dict[str, Any],
    *,
    one_process: bool,
) -> int:
    """The exit code. Pytest takes a while to import: only once all that can be told without it has been told.

    A run in one process gets the browser, where it needs one, as it is being started; workers start their own.
    """
    from greenroom.cli.early_browser import browser_needed, start_early

    browser = None
    if one_process and browser_needed(target, selection, map(Path, files)):
        browser = start_early(target, **shown)
    try:
        import pytest

        ending = Ending()
        code = pytest.main(arguments, plugins=[ending, *([browser] if browser else [])])
        if ending.code == Exit.ERROR and code == pytest.ExitCode.INTERRUPTED and interruption.said():
            raise KeyboardInterrupt  # before there was a run to say so
        return ending.code
    finally:
        if browser is not None:
            browser.close()


def _as_found(argument: str) -> str:
    """A feature file as it is given, or that of the wheel, with its lines."""
    path, lines = split_place(argument)
    meant = in_project(Path(path))
    return argument if meant == Path(path) else "".join([str(meant), *(f":{line}" for line in lines)])


def _files(features: list[str]) -> list[str]:
    """Feature files and folders as pytest takes them, without lines. Raises GreenroomError for a path that is not."""
    found: list[str] = []
    once = Once()
    for argument in features:
        path, _ = split_place(argument)
        place = Path(path)
        if not place.exists() and not place.is_symlink():
            raise GreenroomError(f"no feature file {path}", hint="a path to a .feature file or a folder", code="usage")
        if place.is_dir():
            inside = list(feature_files(place))
            if not inside and not any(place.rglob("*.py")):
                raise GreenroomError(f"no feature file in {path}", hint="their names end in .feature", code="usage")
            unread = [file for file in inside if not file.is_file()]
        elif not is_feature(place) and place.suffix != ".py":
            raise GreenroomError(f"{path} is no feature file", hint="its name ends in .feature", code="usage")
        else:
            unread = [place] * is_feature(place)
        for file in unread:  # pytest would leave out what is no file, and say nothing
            read_feature(file)
        if once.is_new(place):
            found.append(path if path[0] not in "-@" else f"./{path}")  # to pytest these are no paths
    return found or [str(FEATURES)]


def _places(features: list[str]) -> list[str]:
    """The lines that are named. Places add up: once there is one, a file without a line is a place as well."""
    named = [split_place(argument) for argument in features]
    if not any(lines for _, lines in named):
        return []
    return [place for path, lines in named for place in ([f"{path}:{line}" for line in lines] or [path])]
