"""M11: the page as it was before the fix still works against the migrated database."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.shared.served import GREENROOM, ROOT

_PATCH = ROOT / "tests" / "planted" / "older_page" / "older_page.patch"


def test_the_older_page_works_against_the_migrated_database(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "reference", tmp_path / "copy" / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path / "copy", check=True)
    subprocess.run(["git", "apply", str(_PATCH)], cwd=tmp_path / "copy", check=True)
    done = subprocess.run(
        [*GREENROOM, "run", "-t", "M11", "--reports", str(tmp_path / "reports")],
        cwd=ROOT, env=os.environ | {"GREENROOM_REFERENCE": str(tmp_path / "copy")}, text=True, capture_output=True,
        timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
