"""A copy of the reference with planted bugs in it."""

from __future__ import annotations

from pathlib import Path

from greenroom.core.project import PRIVATE
from tests.planted.bug import patch_called
from tests.planted.copies import apply, copy_reference


def broken_reference(folder: Path, *bugs: str) -> Path:
    """Make `folder`, a copy of the reference with the planted bugs of these names; gives the folder.

    Its database is prepared in the project's cache, as that of the reference itself is.
    """
    copy_reference(folder, PRIVATE / "cache")
    for bug in bugs:
        apply(patch_called(bug), folder)
    return folder
