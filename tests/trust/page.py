"""`docs/trust.md`: every trouble, the verdict due and the verdict seen, one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.project import ROOT
from tests.planted.bug import read_bugs
from tests.trust.campaign import BUGS, Tried
from tests.trust.report import seen_words
from tests.trust.scenarios import SCENARIOS
from tests.trust.trouble import WHOM, Trouble

PAGE = ROOT / "docs" / "trust.md"

_HEAD = """# Trust

A verdict is worth something when it is never green unseen and never red for somebody else's fault. `make trust` tries
every trouble of this page: something between the harness and the target, on the machine, or with the run itself goes
wrong, and the verdict has to be the one that is due. Each is tried on the correct reference, where nobody may be called
broken and nothing may pass that could not be judged, and on a copy with {bugs} planted bugs of {subjects} subjects,
where the scenario that catches a bug may never be green.

- `python -m tests.trust` tries all, `python -m tests.trust NAME...` some, or all of a table (`gateway`), `--fifth` a
  fifth that the date chooses, as `make test` does; after five days all were tried. `--list` says what there is.
- The troubles are lines of `tests/trust/troubles.toml`. Real proxies on this machine make them, before each service,
  the page's own requests and the database; a trouble that never was met counts as not tried, which is wrong.
- A scenario that a trouble does not reach has its usual verdict. What is red was judged as without the trouble, also
  where it is not due: a bug that shows in spite of a trouble is shown.
- Exit codes: 0 every verdict was the one due, 1 one was not, 3 the runs without any trouble are wrong already.

This page is written by `python -m tests.trust --page docs/trust.md`; with names it writes only their lines.

## Anywhere, by chance

The tables below try seven scenarios at chosen moments. `python -m tests.trust.by_chance` has any request and any
statement of any scenario meet trouble, as a seed draws it: on the correct reference none may be red, and with the bugs
planted none of the seven may be green. What was met is told, and the seed brings it again. `make chance`, a part of
`make test`, draws forty scenarios with the date as the seed; without `--sample` all scenarios are run.

Seen on 27 November 2026, with seed 3 and all 621 scenarios that there were: 284 met trouble, 164 could not tell, none
was red. With seed 4 and the bugs planted, of the 78 scenarios over HTTP that are red without trouble 46 were red, 32
could not tell, and none was green.

## The scenarios, and the bugs that they catch

| | scenario | planted bug | what it does |
|---|---|---|---|
{scenarios}
"""
_ROW = re.compile(r"^\| `([^`]+)` \|.*")


@dataclass(frozen=True, slots=True)
class Row:
    """What was seen of a trouble: without a bug, with the bugs; and whether it was what is due."""

    correct: str
    planted: str
    right: bool

    @classmethod
    def of(cls, tried: Tried) -> Row:
        """From the runs."""
        trouble = tried.trouble
        return cls(seen_words(trouble, tried.correct), seen_words(trouble, tried.planted), not tried.faults)


def write_page(page: Path, tried: Sequence[Tried], troubles: Sequence[Trouble]) -> None:
    """Write the lines of what was tried anew, and keep the others. Of several times, one that was wrong counts."""
    rows = read_rows(page)
    fresh: dict[str, Row] = {}
    for one in tried:
        known = fresh.get(one.trouble.name)
        if known is None or known.right:
            fresh[one.trouble.name] = Row.of(one)
    page.write_text(page_of(rows | fresh, troubles), encoding="utf-8")


def page_of(rows: Mapping[str, Row], troubles: Sequence[Trouble]) -> str:
    """The whole page."""
    stories = {bug.name: bug for bug in read_bugs(BUGS)}
    lines = [f"| {key} | {one.name} | `{one.bug}` | {_cell(stories[one.bug].seen)} |" for key, one in SCENARIOS.items()]
    subjects = len({stories[bug].promise[0] for bug in BUGS})
    text = _HEAD.format(bugs=len(BUGS), subjects=subjects, scenarios="\n".join(lines))
    for whom, (words, _) in WHOM.items():
        mine = [one for one in troubles if one.whom == whom]
        if mine:
            text += f"\n## {words[0].upper()}{words[1:]}\n\n"
            text += "| trouble | what is done | when | due | seen without a bug | seen with the bugs |\n"
            text += "|---|---|---|---|---|---|\n"
            text += "".join(_line(one, rows.get(one.name)) for one in mine)
    return text


def read_rows(page: Path) -> dict[str, Row]:
    """What the page says was seen, by the trouble's name."""
    if not page.is_file():
        return {}
    rows = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        name = cells[1].strip("`") if len(cells) == 8 else ""
        if "/" in name:
            right = not cells[5].startswith("**not as due** ")
            rows[name] = Row(cells[5].removeprefix("**not as due** "), cells[6], right)
    return rows


def _line(trouble: Trouble, row: Row | None) -> str:
    seen = row or Row("not tried yet", "not tried yet", True)
    mark = "" if seen.right else "**not as due** "
    what = f"{trouble.does}{f' ({trouble.why})' if trouble.why else ''}"
    cells = (_cell(what), _cell(trouble.when.words), _cell(trouble.due.words))
    return f"| `{trouble.name}` | {' | '.join(cells)} | {mark}{seen.correct} | {seen.planted} |\n"


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")
