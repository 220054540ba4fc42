"""Copies of the reference, and patches put into them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.planted.bug import BadPatch

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path("targets") / "reference"

# A broken state is waited for in vain until its deadline. The correct reference has to make do with these as well.
_DEADLINES = "[deadlines]\nsettle = 2\nlisting = 4\noutage = 2\n"
_START = '"-m", "reference"'
_DEADLINES_TABLE = re.compile(r"^\[deadlines\]\n(?:(?!\[).*\n?)*", re.MULTILINE)


MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Free bytes that the memory's file system must have. Prepared databases take up to 400 MB of it, reports the rest."""


def new_work_folder(prefix: str, *, on_disk: bool = False) -> Path:
    """Makes a folder for copies, prepared databases and reports; in memory where there is room, unless `on_disk`.

    A bug in the schema needs databases of its own, which are written, copied and thrown away: on a disk that takes
    longer than all else that the reference does until it is ready.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy and not on_disk else None))


_BEING_COMPILED = shutil.ignore_patterns("*.pyc.*")
"""What another process writes at this moment, and renames while we read the folder."""


def copy_reference(folder: Path, cache: Path | None = None, *, start: Sequence[str] = (), hurry: bool = True) -> Path:
    """Makes `folder`, with a copy of reference/ and of the target that describes it, and returns it.

    `cache` is a folder of prepared databases to share with other copies; `start` are the words of Python's command line
    that start the copy, instead of `-m reference`; `hurry` shortens the target's deadlines. Compiled files come along:
    they stay good for every file that no patch touches, as the copies keep their times.
    """
    shutil.copytree(ROOT / "reference", folder / "reference", ignore=_BEING_COMPILED)
    shutil.copytree(ROOT / TARGET, folder / TARGET)  # its paths, such as that of the migration, then lead into the copy
    described = folder / TARGET / "target.toml"
    text = described.read_text(encoding="utf-8")
    kept = _DEADLINES_TABLE.sub("", text) if hurry else text
    if start:
        before, usual, after = kept.partition(_START)
        assert usual, f"{TARGET}/target.toml no longer says {_START}"
        kept = before + ", ".join(map(json.dumps, start)) + after
    described.write_text(f"{kept}\n{_DEADLINES}" if hurry else kept, encoding="utf-8")
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (folder / ".greenroom").mkdir()
        (folder / ".greenroom" / "cache").symlink_to(cache, target_is_directory=True)
    return folder


def apply(patch: Path, folder: Path, *, check_only: bool = False) -> None:
    """Applies the patch to the copy in `folder`. Raises BadPatch when it does not apply as it is."""
    # A repository around the folder would make git look for the files in it, and find nothing to do.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CEILING_DIRECTORIES": str(folder.resolve().parent), "LC_ALL": "C"}
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", *(["--check"] if check_only else []), str(patch)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()
        raise BadPatch(f"{patch.name} does not apply: {reason[0] if reason else 'git says no more'}")
