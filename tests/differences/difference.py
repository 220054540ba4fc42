"""A planted difference as its patch file tells it: a legitimate variation of the reference, and how a target file says
so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.planted.bug import BadPatch, read_header

PATCHES = Path(__file__).resolve().parent / "patches"
KEYS = ("Differs", "Story", "Says", "Bugs")
LEAVES = "Leaves"  # a fifth key: why some scenarios are not applicable to a system like this, as they say it
BUGS_EACH = 3

_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Difference:
    """One variation: what differs, its story, what a target file says of it, and the planted bugs that have to be found
    all the same. `leaves` are the notes of scenarios that are not applicable to such a system: each has to occur, no
    other may."""

    name: str
    patch: Path
    differs: str
    story: str
    says: str
    bugs: tuple[str, ...]
    leaves: tuple[str, ...] = ()

    @property
    def starts_itself(self) -> bool:
        """Whether the command that starts the reference is a part of what differs."""
        return "\n-command = " in self.patch.read_text(encoding="utf-8")


def read_difference(patch: Path) -> Difference:
    """The difference that a patch file makes. Raises BadPatch when its header is not the keys in their order."""
    entries = read_header(patch)
    if tuple(entries) not in (KEYS, (*KEYS, LEAVES)):
        raise BadPatch(f"{patch.name}: its header must be {', '.join(KEYS)}; it is {', '.join(entries) or 'empty'}")
    bugs = tuple(entries["Bugs"].split())
    if len(set(bugs)) < BUGS_EACH:
        raise BadPatch(f"{patch.name}: Bugs: needs {BUGS_EACH} planted bugs that are found all the same")
    leaves = entries[LEAVES].split(_BETWEEN) if LEAVES in entries else []
    told = entries["Differs"], entries["Story"], entries["Says"]
    return Difference(patch.stem, patch, *told, bugs, tuple(leaves))


def read_differences(names: Sequence[str] = (), folder: Path = PATCHES) -> list[Difference]:
    """The differences called so, or all of the folder. Raises BadPatch."""
    found = [read_difference(patch) for patch in sorted(folder.glob("*.patch"))]
    known = {one.name for one in found}
    wanted = [name.removesuffix(".patch") for name in names]
    if unknown := [name for name in wanted if name not in known]:
        raise BadPatch(f"there is no planted difference called {', '.join(unknown)}; --list names them")
    return [one for one in found if not wanted or one.name in wanted]


def part_of_day(differences: Sequence[Difference], day: int, parts: int) -> list[Difference]:
    """The part that is due on a day: `day` counts days, and so many days in a row get through all of them."""
    return [one for number, one in enumerate(differences) if number % parts == day % parts]
