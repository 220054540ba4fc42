"""The workflow files of docs/ci and the Dockerfile: what they call exists, and what they count agrees."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from greenroom.cli import main
from greenroom.core.project import ROOT

CI = ROOT / "docs" / "ci"
FILES = ("github-actions.yml", "gitlab-ci.yml", "Jenkinsfile")
PLACEHOLDER = re.compile(r"\$\{\{.*?\}\}|\$\{?\w+\}?|\$\(.*?\)")


def text_of(name: str) -> str:
    return (CI / name).read_text(encoding="utf-8")


def parsed(name: str) -> Any:
    return yaml.safe_load(text_of(name))


def calls(name: str) -> list[list[str]]:
    """The arguments of every call of greenroom in a workflow file, numbers in the place of variables."""
    text = re.sub(r"^\s*(#|//).*$", "", text_of(name), flags=re.MULTILINE)
    text = re.sub(r"(greenroom run .*)\n\s+(--.*)", r"\1 \2", text)
    found = re.findall(r"\.venv/bin/greenroom (.+?)['\"]?$", text, flags=re.MULTILINE)
    return [shlex.split(PLACEHOLDER.sub("1", call)) for call in found]


@pytest.fixture(scope="module")
def commands() -> Any:
    main._register(None)
    return typer.main.get_command(main.app)


@pytest.mark.parametrize("name", FILES)
def test_each_command_exists_with_its_options(name: str, commands: Any) -> None:
    found = calls(name)
    assert [call[0] for call in found] == ["doctor", "run", "run", "merge"], found
    for command, *arguments in found:
        commands.commands[command].make_context(command, list(arguments))  # raises for what there is not
    assert found[1][1:3] == ["-t", "smoke"]
    assert {"--shard", "--seed", "--reports", "-n"} <= set(found[2])
    assert found[3][-2:] == ["--history", "history"]


def test_an_option_that_there_is_not_would_be_seen(commands: Any) -> None:
    with pytest.raises(Exception, match="No such option"):
        commands.commands["run"].make_context("run", ["--no-such-option"])


@pytest.mark.parametrize("name", FILES)
def test_the_verdicts_of_a_night_are_kept_as_a_history(name: str, tmp_path: Path) -> None:
    for run in ("20260301-1", "20260302-1"):
        (tmp_path / "reports" / run).mkdir(parents=True)
        (tmp_path / "reports" / run / "verdict.json").write_text(run, encoding="utf-8")
    [loop] = re.findall(r"for run in reports/2\*/; do.*?; done", re.sub(r"\n\s+", " ", text_of(name)))
    subprocess.run(["sh", "-c", f"mkdir -p history; {loop}"], cwd=tmp_path, check=True)
    kept = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "history").rglob("*.json")}
    assert kept == {"history/20260301-1/verdict.json", "history/20260302-1/verdict.json"}


@pytest.mark.parametrize("name", FILES)
def test_set_up_comes_before_everything_and_is_what_make_has(name: str) -> None:
    text = text_of(name)
    assert text.index("make setup") < text.index("greenroom doctor")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in re.findall(r"make ([a-z]+)", text))


def test_github_has_as_many_shards_as_it_says_and_merges_them() -> None:
    workflow = parsed("github-actions.yml")
    jobs = workflow["jobs"]
    numbers = jobs["shard"]["strategy"]["matrix"]["number"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert re.findall(r"--shard \$\{\{ matrix\.number \}\}/(\d+)", text_of("github-actions.yml")) == [str(len(numbers))]
    assert jobs["shard"]["strategy"]["fail-fast"] is False
    assert jobs["verdict"]["needs"] == "shard" and "!cancelled()" in jobs["verdict"]["if"]
    assert set(workflow[True]) >= {"push", "schedule"}, "YAML reads `on` as true"
    kept = {
        step["with"]["name"]: step["if"]
        for job in jobs.values()
        for step in job["steps"]
        if "retention-days" in step.get("with", {})
    }
    assert len(kept) == 3 and set(kept.values()) == {"${{ !cancelled() }}"}, "reports of a red run are kept as well"


def test_gitlab_has_as_many_shards_as_it_says_and_merges_them() -> None:
    pipeline = parsed("gitlab-ci.yml")
    assert pipeline["shard"]["parallel"] >= 2
    assert "--shard $CI_NODE_INDEX/$CI_NODE_TOTAL" in pipeline["shard"]["script"][0]
    assert pipeline["verdict"]["needs"] == ["shard"] and pipeline["shard"]["allow_failure"] is True
    jobs = [job for job in pipeline.values() if isinstance(job, dict) and "stage" in job]
    assert [job["stage"] for job in jobs] == pipeline["stages"]
    for job in jobs:
        assert job["artifacts"]["when"] == "always"
    for name in ("gate", "verdict"):
        assert pipeline[name]["artifacts"]["reports"]["junit"] == "reports/2*/junit.xml"


def test_jenkins_has_as_many_shards_as_it_says_and_merges_them() -> None:
    text = text_of("Jenkinsfile")
    [values] = re.findall(r"values ('.*')", text)
    [unstashed] = re.findall(r"\[('.*')\]\.each \{ unstash", text)
    assert values == unstashed == ", ".join(f"'{number}'" for number in range(1, values.count(",") + 2))
    assert re.findall(r"--shard \$\{SHARD\}/(\d+)", text) == [str(values.count(",") + 1)]
    code = re.sub(r"'[^']*'|\"[^\"]*\"|//.*", "", text)
    for opening, closing in ("{}", "()", "[]"):
        assert code.count(opening) == code.count(closing)


@pytest.mark.parametrize("name", FILES)
def test_no_value_of_a_secret_stands_in_them(name: str) -> None:
    for line in text_of(name).splitlines():
        found = re.search(r"(\w*(?:URL|KEY|TOKEN|PASSWORD))\s*[:=]\s*(\S+)", line)
        assert found is None or found[2].startswith(("${{", "credentials(")), line


class Instruction:
    """One instruction of the Dockerfile, its lines put together."""

    def __init__(self, text: str) -> None:
        self.name, _, self.rest = text.partition(" ")


@pytest.fixture(scope="module")
def dockerfile() -> list[Instruction]:
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [Instruction(line) for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def test_the_image_is_pinned_and_knows_its_instructions(dockerfile: list[Instruction]) -> None:
    known = {"FROM", "ENV", "RUN", "WORKDIR", "COPY", "ENTRYPOINT", "CMD"}
    assert {one.name for one in dockerfile} <= known
    [base] = [one.rest for one in dockerfile if one.name == "FROM"]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base), "a whole version, and a release of the system"
    assert dockerfile[0].name == "FROM"
    assert [one.rest for one in dockerfile if one.name == "ENTRYPOINT"] == ['["greenroom"]']


def test_the_image_copies_what_exists_and_no_secrets(dockerfile: list[Instruction]) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [source for one in dockerfile if one.name == "COPY" for source in one.rest.split()[:-1]]
    assert {"greenroom/", "features/", "targets/", "docs/", "reference/"} <= set(copied)
    for source in copied:
        assert (ROOT / source).exists(), source
        assert f"!{source.rstrip('/')}" in ignored, source
    assert ignored[1] == "**" and "**/.env" in ignored
    said = " ".join(one.rest for one in dockerfile if one.name in ("ENV", "RUN"))
    assert not re.search(r"(?i)password|token|secret|_key|://", said)


def test_what_set_up_needs_is_in_the_image(dockerfile: list[Instruction]) -> None:
    before = []
    for one in dockerfile:
        if one.rest == "make setup":
            break
        before += one.rest.split()[:-1] if one.name == "COPY" else []
    setup = (ROOT / "tools" / "setup").read_text(encoding="utf-8")
    packages = re.findall(r"compileall -q ([\w ]+) \.venv", setup)[0].split()
    assert {f"{name}/" for name in packages} | {"tools/", "pyproject.toml", "requirements.lock"} <= set(before)


def test_the_pages_name_the_files() -> None:
    page = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
    for name in FILES:
        assert f"(ci/{name})" in page
    assert sorted(path.name for path in CI.iterdir()) == sorted(FILES)
    assert Path(ROOT / "Dockerfile").is_file() and "(../Dockerfile)" in page
