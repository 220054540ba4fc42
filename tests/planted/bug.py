"""A planted bug as its patch file tells it: which promises it breaks, how it came to be, how it showed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from greenroom.gherkin.promises import read_subjects

FOLDER = Path(__file__).resolve().parent
BUGS = FOLDER / "bugs"
"""One folder a subject, called by its letter; in it the patches of the bugs whose first promise is of that subject."""
PROMISES = FOLDER.parents[1] / "docs" / "promises.md"

KEYS = ("Breaks", "Story", "Seen")
RACE = "Race"  # a fourth key, for bugs that show only when two things meet: which ones

_BREAKS = re.compile(r"(?P<promises>[A-Z]\d{1,2}(?:,? [A-Z]\d{1,2})*)(?: \((?P<remark>[^()]+)\))?")
_ENTRY = re.compile(r"(?P<key>[A-Z][a-z]+):\s*(?P<text>\S.*)")
_DIFF = ("diff --git ", "--- ")
_CHANGED = re.compile(r"^diff --git a/(\S+)", re.MULTILINE)
_LOADED_BY_A_BROWSER = "reference/web/static/"


class BadPatch(Exception):
    """A patch file whose header can't be read, or that does not apply. Says which one and why."""


@dataclass(frozen=True, slots=True)
class Bug:
    """One planted bug. `breaks` are numbers of promises; the first is the one that it is the bug of.

    `race` says what has to meet for it to show, and is empty for a bug that always shows.
    """

    name: str
    patch: Path
    breaks: tuple[str, ...]
    remark: str
    story: str
    seen: str
    race: str = ""

    @property
    def promise(self) -> str:
        """The promise that a scenario must find broken."""
        return self.breaks[0]

    @property
    def of_pages_alone(self) -> bool:
        """Whether it changes only what a browser loads: no service reads these files, so no scenario over HTTP can
        tell."""
        return all(file.startswith(_LOADED_BY_A_BROWSER) for file in self._changed())

    def _changed(self) -> list[str]:
        return _CHANGED.findall(self.patch.read_text(encoding="utf-8"))


def read_bug(patch: Path) -> Bug:
    """The bug that a patch file plants. Raises BadPatch when its header is not the keys in their order."""
    entries = read_header(patch)
    if tuple(entries) not in (KEYS, (*KEYS, RACE)):
        raise BadPatch(f"{patch.name}: its header must be {', '.join(KEYS)}; it is {', '.join(entries) or 'empty'}")
    match = _BREAKS.fullmatch(entries["Breaks"])
    if match is None:
        raise BadPatch(f'{patch.name}: Breaks: {entries["Breaks"]!r} is not like "E3" or "E3, E7 (words)"')
    breaks = tuple(re.split(r",? ", match["promises"]))
    told = entries["Story"], entries["Seen"], entries.get(RACE, "")
    return Bug(patch.stem, patch, breaks, match["remark"] or "", *told)


def read_bugs(names: Sequence[str] = (), folder: Path = BUGS) -> list[Bug]:
    """The bugs called so, or all of the folder, in the order of their promises. Raises BadPatch."""
    bugs = [_in_its_place(read_bug(patch)) for patch in sorted(folder.glob("*/*.patch"))]
    count = Counter(bug.name for bug in bugs)
    if twice := [name for name, number in count.items() if number > 1]:
        raise BadPatch(f"two planted bugs are called {', '.join(twice)}; rename one of each")
    if names:
        wanted = [name.removesuffix(".patch") for name in names]
        unknown = [name for name in wanted if name not in count]
        if unknown:
            raise BadPatch(f"there is no planted bug called {', '.join(unknown)}; --list names them")
        bugs = [bug for bug in bugs if bug.name in wanted]
    return sorted(bugs, key=lambda bug: (promise_order(bug.promise), bug.name))


def patch_called(name: str) -> Path:
    """The patch file of the bug of that name. Raises BadPatch when there is none."""
    return read_bugs([name])[0].patch


def races(bugs: Iterable[Bug]) -> list[Bug]:
    """Those that show only when two things meet."""
    return [bug for bug in bugs if bug.race]


def promise_order(promise: str) -> tuple[int, int]:
    """Promises sort as docs/promises.md has them, by subject and by number; those of an unknown subject come last."""
    subjects = _subjects()
    return (subjects.index(promise[0]) if promise[0] in subjects else len(subjects)), int(promise[1:])


def promises_of(bugs: Iterable[Bug]) -> list[str]:
    """Every promise that one of the bugs breaks, in order."""
    return sorted({promise for bug in bugs for promise in bug.breaks}, key=promise_order)


@cache
def _subjects() -> tuple[str, ...]:
    return tuple(read_subjects(PROMISES))


def _in_its_place(bug: Bug) -> Bug:
    """Raises BadPatch for a patch in the folder of another subject: nobody would look for it there."""
    if bug.patch.parent.name != bug.promise[0]:
        raise BadPatch(f"{bug.patch.name}: it breaks {bug.promise}, so it belongs into bugs/{bug.promise[0]}/")
    return bug


def read_header(patch: Path) -> dict[str, str]:
    """The entries above a patch file's diff; an indented line goes on with the one before. Raises BadPatch."""
    entries: dict[str, str] = {}
    for line in patch.read_text(encoding="utf-8").splitlines():
        if line.startswith(_DIFF):
            return entries
        match = _ENTRY.fullmatch(line)
        if match and match["key"] not in entries:
            entries[match["key"]] = match["text"].strip()
        elif line.startswith(" ") and line.strip() and entries:
            last = next(reversed(entries))
            entries[last] += f" {line.strip()}"
        elif line.strip():
            raise BadPatch(f"{patch.name}: its header has a line that belongs to no key: {line!r}")
    raise BadPatch(f"{patch.name}: there is no diff in it")
