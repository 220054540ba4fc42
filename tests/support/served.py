"""A reference that is up already, as a staging is: a target folder of its own, and the command line against it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from greenroom.core.project import ROOT
from tests.support.command_line import GREENROOM, greenroom, verdict_of
from tests.support.plain_environment import environment
from tests.support.running_reference import Running

DESTRUCTIVE = ("migration", "database-faults", "restart")
_A_RUN = 300.0
"""Seconds for a run of many scenarios on a busy machine; a test has a deadline of its own."""


@dataclass
class Served:
    """A running reference, the target folder that describes it, the variables that it needs, and the target's name."""

    ready: dict[str, str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    target: str = "served"

    @property
    def name(self) -> str:
        """How the command line names the target."""
        return str(self.folder)

    def edit(self, old: str, new: str) -> None:
        """Change the target file."""
        file = self.folder / "target.toml"
        text = file.read_text()
        assert old in text, old
        file.write_text(text.replace(old, new))

    def lend_pool(self, number: int, *, rooms: bool = False) -> None:
        """Make so many accounts by hand, with `rooms` of their own, and have the target lease its people from them."""
        entries = []
        for count in range(number):
            email, password = f"pool-{count}@example.test", f"pool-password-{count}"
            answer = requests.post(
                self.ready["auth"] + "/signup",
                headers={"apikey": self.ready["anon_key"]},
                json={"email": email, "password": password, "data": {"display_name": f"Pool {count}"}},
                timeout=10,
            )
            account = answer.json()["user"]["id"]
            if rooms:
                proof = {"Authorization": f"Bearer {answer.json()['access_token']}"}
                made = requests.post(self.ready["gateway"] + "/rooms", headers=proof, json={"title": email}, timeout=10)
                assert made.status_code == 201, made.text
            self.environment[f"POOL_PASSWORD_{count}"] = password
            secret = f"${{POOL_PASSWORD_{count}}}"
            entries.append(
                f'[[people.pool]]\naccount_id = "{account}"\nemail = "{email}"\npassword = "{secret}"\n'
                f'name = "Pool {count}"\n'
            )
        self.edit('source = "api"', 'source = "pool"')
        self.edit("[people.elsewhere]", "\n".join(entries) + "\n[people.elsewhere]")

    def start(self, *arguments: str, reports: Path) -> subprocess.Popen[str]:
        """`greenroom run` against it, in the background."""
        return subprocess.Popen(
            [*GREENROOM, "run", "--target", self.name, "--reports", str(reports), *arguments],
            cwd=ROOT, env=environment(self.environment), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip

    def run(self, *arguments: str, reports: Path) -> tuple[int, str, dict[str, Any]]:
        """`greenroom run` against it: exit code, output, verdict.json, which is empty where there is none."""
        ran = self.command("run", "--reports", str(reports), *arguments)
        return *ran, verdict_of(reports) if (reports / "latest").exists() else {}

    def command(self, *arguments: str) -> tuple[int, str]:
        """A command against it: exit code and output."""
        ran = greenroom(*arguments, "--target", self.name, variables=self.environment, longest=_A_RUN)
        return ran.code, ran.said


@contextmanager
def served(folder: Path, *options: str, name: str = "served", reference: Path = ROOT) -> Iterator[Served]:
    """Start the reference and describe it in `folder` as a shared target that is reached by addresses alone.

    `reference` is the folder of a copy, where it is not the reference itself that is to run.
    """
    running = Running(*options, cwd=reference)
    try:
        ready = {key: str(value) for key, value in running.ready.items()}
        assert ready["ready"] == "True", ready
        describe(folder, name)
        addresses = {f"SERVED_{key.upper()}": value for key, value in ready.items()}
        yield Served(ready, folder, addresses, name)
    finally:
        running.stop()


def describe(folder: Path, name: str) -> None:
    """Write the target folder: addresses are variables called SERVED_, and nothing destructive may be done there."""
    source = ROOT / "targets" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("relations.sql", "arrange.sql"):
        (folder / file).write_text((source / file).read_text())
    text = (source / "target.toml").read_text()
    text = re.sub(r"\n\[launch\]\n.*?\n\n", "\n", text, flags=re.S)
    text = re.sub(r"\n\[migration\]\n.*?\n\n", "\n", text, flags=re.S)
    text = re.sub(r"\$\{launch\.(\w+)\}", lambda found: "${SERVED_" + found.group(1).upper() + "}", text)
    text = text.replace('name = "reference"', f'name = "{name}"').replace('"disposable"', '"shared"')
    for capability in DESTRUCTIVE:
        text = text.replace(f'"{capability}",', "")
    (folder / "target.toml").write_text(text)
