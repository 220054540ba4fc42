"""What a wheel holds beside its packages, so that it is of use without a clone: all of it below greenroom/project."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
FOLDERS = ("features", "targets/reference")
FILES = ("docs/promises.md", "pyproject.toml")
MIGRATIONS = "reference/database/migrations"
"""The target's migration, which its file looks for beside targets/."""


class WithProject(build_py):
    """Packages, then features, the embedded target, the promises and the settings of pytest."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:  # a clone has them
            return
        project = Path(self.build_lib) / "greenroom" / "project"
        for folder in (*FOLDERS, MIGRATIONS):
            shutil.copytree(HERE / folder, project / folder, dirs_exist_ok=True)
        for file in FILES:
            (project / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(HERE / file, project / file)


setup(cmdclass={"build_py": WithProject})
