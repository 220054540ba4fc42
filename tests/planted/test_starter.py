"""The starter of the planted campaign: it starts the reference of the folder that asks, as Python itself would."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.planted.copies import TARGET, copy_reference
from tests.planted.starter_process import StarterProcess

REFERENCE = """
import json, os, sys
from reference.told import STORY
told = {"story": STORY, "words": sys.argv[1:], "folder": os.getcwd(), "says": os.environ.get("SAYS")}
print(json.dumps(told | {"pid": os.getpid()}), flush=True)
sys.stdin.read()
print("let go", file=sys.stderr)
sys.exit(4)
"""


@pytest.fixture(scope="module")
def starter() -> Iterator[StarterProcess]:
    with StarterProcess() as process:
        yield process


class Copy:
    """A folder with a stand-in for the reference, which says what it is, and ends with 4 when it is let go."""

    def __init__(self, folder: Path, story: str, starter: StarterProcess) -> None:
        (folder / "reference").mkdir(parents=True)
        for name, text in (("__init__", ""), ("__main__", REFERENCE), ("told", f"STORY = {story!r}")):
            (folder / "reference" / f"{name}.py").write_text(text, encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, *starter.words, "up", "--stdin"],
            cwd=folder,
            env={**os.environ, "SAYS": story},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said: dict[str, Any] = json.loads(self.process.stdout.readline())


def test_each_copy_is_its_own(starter: StarterProcess, tmp_path: Path) -> None:
    copies = [Copy(tmp_path / story, story, starter) for story in ("one", "two")]
    for copy, story in zip(copies, ("one", "two"), strict=True):
        pid = copy.said.pop("pid")
        assert pid != copy.process.pid
        assert copy.said == {
            "story": story, "words": ["up", "--stdin"], "folder": str(tmp_path / story), "says": story,
        }  # fmt: skip
    for copy in copies:
        assert copy.process.communicate(timeout=20) == ("", "let go\n")
        assert copy.process.returncode == 4


def test_killing_who_asked_ends_what_was_started(starter: StarterProcess, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "one", "one", starter)
    end = os.pidfd_open(copy.said["pid"])
    copy.process.kill()
    ended(end)


def test_closing_the_starter_ends_what_was_started(tmp_path: Path) -> None:
    with StarterProcess() as starter:
        copy = Copy(tmp_path / "one", "one", starter)
        end = os.pidfd_open(copy.said["pid"])
    ended(end)
    copy.process.communicate(timeout=20)


def test_fault_of_the_reference_is_told(starter: StarterProcess, tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__main__.py").write_text("raise ValueError('so it was')", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *starter.words], cwd=tmp_path, capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 1 and "ValueError: so it was" in done.stderr


def test_copy_of_the_reference_is_started_by_these_words(tmp_path: Path) -> None:
    copy = copy_reference(tmp_path / "copy", start=("-IS", "ask.py", "socket"))
    assert '"${python}", "-IS", "ask.py", "socket", "up"' in (copy / TARGET / "target.toml").read_text(encoding="utf-8")


def ended(process: int) -> None:
    """Waits for the end of the process behind the descriptor."""
    readable, _, _ = select.select([process], [], [], 20)
    os.close(process)
    assert readable
