"""Which scenarios are newer than a commit: those whose name and steps its feature files do not have."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from greenroom.gherkin.index import ScenarioIndex, read_feature
from tests.planted.bug import BadPatch
from tests.planted.copies import ROOT


def newer_places(commit: str, root: Path = ROOT) -> tuple[Path, ...]:
    """The places, file and line, of scenarios below `root`/features that are new or changed since that commit.

    Raises BadPatch when git knows no such commit, or it has no features.
    """
    with tempfile.TemporaryDirectory(prefix="features-") as folder:
        before = {_words(one) for one in _scenarios(_features_at(commit, root, Path(folder)))}
    now = sorted((root / "features").rglob("*.feature"))
    return tuple(Path(f"{path}:{one.line}") for path in now for one in _scenarios([path]) if _words(one) not in before)


def _features_at(commit: str, root: Path, folder: Path) -> list[Path]:
    made = subprocess.run(["git", "-C", str(root), "archive", commit, "features"], capture_output=True, check=False)
    if made.returncode:
        raise BadPatch(f"no features at {commit}: {made.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return sorted(folder.rglob("*.feature"))


def _scenarios(paths: list[Path]) -> list[ScenarioIndex]:
    return [one for path in paths for one in read_feature(path).scenarios]


def _words(scenario: ScenarioIndex) -> tuple[str, ...]:
    rows = (repr(sorted(case.values.items())) for case in scenario.cases)
    return (scenario.name, *(step.text for step in scenario.steps), *rows)
