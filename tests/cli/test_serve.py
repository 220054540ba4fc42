"""`greenroom serve --write-target`: a complete target for what it has started, its secrets in a file of their own."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT
from greenroom.targetfile.load import read_target
from greenroom.targetfile.served import write_served
from tests.support.command_line import GREENROOM, greenroom
from tests.support.plain_environment import environment

READY = {
    "gateway": "http://127.0.0.1:1/api", "web": "http://127.0.0.1:2", "data_api": "http://127.0.0.1:3/rest/v1",
    "auth": "http://127.0.0.1:4/auth/v1", "database": r"postgresql://user:p'w\d@/db?host=/tmp",
    "anon_key": "anon.key.value",
    "service_key": "service.key.value", "jwt_secret": "a-secret-of-its-own", "gateway_log": "/tmp/gateway.log",
    "version": "0123456789ab",
}  # fmt: skip
SECRETS = ("p'w", "service.key.value", "a-secret-of-its-own")


def test_the_file_holds_no_secret_and_what_it_refers_to_is_beside_it(tmp_path: Path) -> None:
    source = read_target("reference", ROOT)
    written = write_served(source, READY, tmp_path / "mine")
    assert [path.name for path in written] == ["target.toml", "relations.sql", "arrange.sql", ".env"]
    text = (tmp_path / "mine" / "target.toml").read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in text]
    assert "${launch" not in text and "[launch]" not in text and '"restart"' not in text
    assert stat.S_IMODE((tmp_path / "mine" / ".env").stat().st_mode) == 0o600
    target = read_target(str(tmp_path / "mine"), ROOT).resolve()
    assert (target.name, target.launch, target.addresses["web"]) == ("mine", None, "http://127.0.0.1:2")
    assert target.database is not None and target.database.dsn == READY["database"]
    assert target.sign_in.key == READY["jwt_secret"] and target.migration is not None
    assert (target.folder / target.migration.file).is_file()


def test_what_the_process_says_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_served(read_target("reference", ROOT), READY, tmp_path / "mine")
    monkeypatch.setenv("SERVED_DATABASE", "postgresql:///other")
    target = read_target(str(tmp_path / "mine"), ROOT).resolve()
    assert target.database is not None and target.database.dsn == "postgresql:///other"


def test_another_target_is_never_overwritten_and_its_own_is(tmp_path: Path) -> None:
    source = read_target("reference", ROOT)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "target.toml").write_text('name = "other"\n', encoding="utf-8")
    with pytest.raises(GreenroomError, match="is another target's") as refused:
        write_served(source, READY, tmp_path / "other")
    assert refused.value.code == "cannot-write"
    assert (tmp_path / "other" / "target.toml").read_text(encoding="utf-8") == 'name = "other"\n'
    for _ in range(2):
        write_served(source, READY, tmp_path / "mine")
    (tmp_path / "file").touch()
    with pytest.raises(GreenroomError, match="can't be written"):
        write_served(source, READY, tmp_path / "file")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder that serve wrote while it runs, and what it printed."""
    process = subprocess.Popen(
        [*GREENROOM, "serve", "--empty", "--write-target", str(tmp_path / "mine")],
        cwd=ROOT, env=environment({"PYTHONUNBUFFERED": "1"}), text=True, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    yield tmp_path / "mine", said
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.mark.integration
def test_other_commands_use_it_while_it_runs(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, said = served
    assert f"greenroom run --target {folder}" in said and "…" not in said
    database = re.search(r"^database +(\S+)$", said, re.MULTILINE)
    assert database is not None and database[1].startswith("postgresql://"), "it is whole"
    ran = greenroom("run", "-t", "E1", "--target", str(folder), "--reports", str(tmp_path / "reports"))
    assert ran.code == 0, ran.said
    audited = greenroom("audit", "--target", str(folder))
    assert audited.code == 0, audited.said
