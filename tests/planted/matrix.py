"""docs/planted.md: every planted bug, its story, and which scenarios caught it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from greenroom.gherkin.promises import read_promises, read_subjects
from tests.planted.bug import Bug, promise_order
from tests.planted.campaign import Tried
from tests.planted.copies import ROOT
from tests.planted.finding import Result
from tests.planted.measured import read_measured, section

PAGE = ROOT / "docs" / "planted.md"
_ROW = re.compile(r"\| `(?P<bug>\w+)` \| .* \| (?P<caught>(?:[^|]|(?<=\\)\|)+) \|")

_HEAD = """\
# Planted bugs

A check that never was red proves nothing. Each patch in `tests/planted/bugs/` puts one realistic bug into a copy of the
reference; they lie by the subject of the promise that they break (`bugs/E/`). `make planted` runs the scenarios of that
promise against that copy, and fails when none of them is red; one that could not tell, or that met an error of the
harness, does not count. The correct reference has to pass the scenarios of all promises concerned in the same run.

- `python -m tests.planted --list` says what there is; `python -m tests.planted NAME` tries one.
- One red scenario is enough: the one that this page names is run first, and where it is not red, the others are.
- `--all` runs all scenarios of the promises that a bug breaks, `--whole` the whole suite; then the end of this page
  says as well how many causes were told, and which promises were named as broken. Of a bug in what only a browser
  loads, the whole suite is its scenarios in a browser: no other one loads it.
- `--keep` leaves the reports of every run, and says where.
- Exit codes: 0 every bug was caught, 1 one was not, 3 a patch does not apply or the harness failed.
- Bugs that show only when two things meet are tried fifty times each: [races.md](races.md) has the numbers.
- `older_page/` is the page as it was before the fix, which has to work against the migrated database (M11), with a
  migration on which only that page's fallback fails; `throttled/` is a limiter in the way of a run, which has to end as
  "could not tell". Tests of their own use them.

This page is written by `python -m tests.planted --matrix docs/planted.md`;
`python -m tests.planted NAME --matrix docs/planted.md` tries one bug and writes only its line. "Caught by" is the first
red scenario, with `--all` the quickest.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A bug, and the cell that says what caught it, in Markdown."""

    bug: Bug
    caught_by: str

    @staticmethod
    def of(tried: Tried) -> Row:
        """What was found just now."""
        return Row(tried.bug, _cell(_caught_by(tried)))


def write_matrix(tried: Sequence[Tried], out: Path, bugs: Sequence[Bug], *, whole: bool = False) -> None:
    """Brings the page in the file `out` up to date: what was tried is written anew, others of `bugs` keep what caught
    them. With `whole`, when the whole suite was run on each, so is what was told of causes. Raises OSError when it
    can't be written."""
    rows = {one.bug.name: Row.of(one) for one in tried}
    before = _cells(out)
    kept = {bug.name: Row(bug, before[bug.name]) for bug in bugs if bug.name in before}
    measured = read_measured(out)
    if whole:
        measured |= {one.bug.name: one.finding.measured for one in tried if one.finding and one.finding.measured}
    page = matrix_of([*(kept | rows).values()])
    out.write_text("\n".join([page, *section(bugs, measured)]).rstrip() + "\n", encoding="utf-8")


def known_catches(page: Path) -> dict[str, str]:
    """The first scenario of each bug's cell "caught by", by the bug's name. Empty when there is no such page."""
    return {bug: _read_cell(cell) for bug, cell in _cells(page).items()}


def matrix_of(rows: Sequence[Row]) -> str:
    """The page, in Markdown: bugs by promise."""
    promises = read_promises(ROOT / "docs" / "promises.md")
    subjects = read_subjects(ROOT / "docs" / "promises.md")
    ordered = sorted(rows, key=lambda one: (promise_order(one.bug.promise), one.bug.name))
    lines = [_HEAD]
    for letter, of_subject in groupby(ordered, key=lambda one: one.bug.promise[0]):
        lines.append(f"## {letter}. {subjects.get(letter, 'Others')}\n")
        for promise, of_promise in groupby(of_subject, key=lambda one: one.bug.promise):
            lines += [f"**{promise}** {promises.get(promise, '')}\n", *_table(of_promise), ""]
    return "\n".join(lines).rstrip() + "\n"


def _cells(page: Path) -> dict[str, str]:
    lines = page.read_text(encoding="utf-8").splitlines() if page.is_file() else []
    return {match["bug"]: match["caught"] for line in lines if (match := _ROW.fullmatch(line))}


def _table(rows: Iterable[Row]) -> Iterable[str]:
    yield "| bug | its story, and how it showed | caught by |"
    yield "|---|---|---|"
    for one in rows:
        remark = f" ({one.bug.remark})" if one.bug.remark else ""
        others = f" Breaks {', '.join(one.bug.breaks[1:])} too." if one.bug.breaks[1:] else ""
        story = f"{one.bug.story}{remark} *{one.bug.seen}*{others}"
        yield f"| `{one.bug.name}` | {_cell(story)} | {one.caught_by} |"


def _caught_by(one: Tried) -> str:
    if one.finding is None or one.finding.result is not Result.CAUGHT:
        return "**nothing**"
    names = list(dict.fromkeys(one.finding.caught_by))
    shown = names if len(names) <= 3 else [*names[:2], f"and {len(names) - 2} more"]
    return "; ".join(shown)


def _read_cell(cell: str) -> str:
    return cell.split("; ")[0].replace("&lt;", "<").replace("\\|", "|")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
