"""docs/differences.md: every planted difference, its story, what a target file says of it, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.differences.campaign import Tried
from tests.differences.difference import Difference
from tests.planted.copies import ROOT

PAGE = ROOT / "docs" / "differences.md"
_ROW = re.compile(r"\| `(?P<name>\w+)` \| .* \| (?P<seen>[^|]+) \|")

_HEAD = """\
# Planted differences

Planted bugs must be caught; planted differences must not. Each patch in `tests/differences/patches/` makes one
legitimate variation of the reference, together with the lines of its target file that say so. The whole suite has to be
conformant on each without any known failure, with every scenario judged that can be; and the planted bugs that a
difference names have to be caught there as well. What is not applicable has to say why, in the words that the patch
expects (`Leaves`), and in no others.

- `make differences` runs them all; `python -m tests.differences NAME` one; `--list` says what there is; `--part` runs
  the part that is due today.
- This page is written by `python -m tests.differences --page docs/differences.md`; with names it writes only their
  lines.

| difference | what differs, and its story | a target file says | seen |
|---|---|---|---|
"""


def write_page(tried: Sequence[Tried], out: Path, differences: Sequence[Difference]) -> None:
    """Bring the page in the file `out` up to date: what was tried is written anew, others keep what was seen. Raises
    OSError when it can't be written."""
    lines = out.read_text(encoding="utf-8").splitlines() if out.is_file() else []
    seen = {match["name"]: match["seen"] for line in lines if (match := _ROW.fullmatch(line))}
    seen |= {one.difference.name: _seen(one) for one in tried}
    out.write_text(_HEAD + "".join(_rows(differences, seen)), encoding="utf-8")


def _rows(differences: Iterable[Difference], seen: dict[str, str]) -> Iterable[str]:
    for one in differences:
        story = f"{one.differs} *{one.story}*"
        yield f"| `{one.name}` | {_cell(story)} | {_cell(one.says)} | {seen.get(one.name, 'not run yet')} |\n"


def _seen(one: Tried) -> str:
    if one.wrong:
        return "**wrong**"
    left = f", {one.not_applicable} not applicable ({'; '.join(one.difference.leaves)})" if one.not_applicable else ""
    return _cell(f"{one.passed} passed{left}; caught: {', '.join(one.caught) or 'not tried'}")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
