"""`greenroom lint`: what is wrong with feature files, without running them."""

from __future__ import annotations

from pathlib import Path

import typer

from greenroom.cli.catalogue import ask_catalogue
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import FEATURES, in_project
from greenroom.core.verdict import Exit
from greenroom.core.wording import plural
from greenroom.gherkin.feature_folders import feature_files

_HEAD = """\
from pytest_bdd import given, then, when

from greenroom.scenario.world import World
from steps.words import text
"""


def lint(
    features: list[str] = typer.Argument(
        None, metavar="FEATURE", help="Feature files or folders. All of features/ if left out."
    ),
) -> None:
    """Check feature files without running them: Gherkin, step texts, parameters, scenarios that would pass unseen.

    Exit 0: nothing to find. 3: findings.
    """
    files = feature_files_in(features or [str(FEATURES)])
    console = Console(soft_wrap=True)
    count = scenarios = 0
    snippets: dict[str, None] = {}
    for file in ask_catalogue([str(path) for path in files]):
        scenarios += file["scenarios"]
        if file["error"]:
            count += 1
            _say(console, file["error"], file["hint"])
        for finding in file["findings"]:
            count += 1
            _say(console, f"{file['path']}:{finding['line']}: {finding['message']}", finding["hint"])
            snippets.setdefault(finding["snippet"])
    if written := list(filter(None, snippets)):
        console.print(f"\nto begin with, in a module of steps/, where they are not what was meant:\n\n{_HEAD}")
        console.print("\n" + "\n\n\n".join(written) + "\n", markup=False)
    about = f"{plural(len(files), 'file')}, {plural(scenarios, 'scenario')}"
    console.print(f"{plural(count, 'finding')} in {about}" if count else f"nothing to find in {about}")
    if count:
        raise typer.Exit(Exit.ERROR)


def feature_files_in(arguments: list[str]) -> list[Path]:
    """Raises GreenroomError for a path that is not there, and when there is no feature file at all."""
    files: list[Path] = []
    for argument in arguments:
        path = in_project(Path(argument))
        if not path.exists() and not path.is_symlink():
            raise GreenroomError(
                f"no feature file {argument}", hint="a path to a .feature file or a folder", code="usage"
            )
        files += feature_files(path) if path.is_dir() else [path]
    if not files:
        raise GreenroomError(
            f"no feature file in {', '.join(arguments)}", hint="their names end in .feature", code="usage"
        )
    return list(dict.fromkeys(files))


def _say(console: Console, message: str, hint: str) -> None:
    console.print(message, markup=False)
    if hint:
        console.print(f"  hint: {hint}", markup=False)
