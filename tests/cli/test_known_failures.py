"""Known failures through the command line: excused while they fail as listed, and no day longer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.core.verdict import Verdict
from tests.planted.copies import TARGET
from tests.support.broken_reference import broken_reference
from tests.support.command_line import Ran, greenroom, verdict_of
from tests.support.samples import build

SCENARIO = "the host ends the room through the gateway"
ENTRY = """
[[known_failures]]
promise = "{promise}"
scenario = "{scenario}"
reason = "the pointer stays behind"
ticket = "ROOMS-17"
expires = {expires}

[limits] # what comes after the entry is none of it
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reference whose end leaves the pointer to the session behind."""
    return broken_reference(tmp_path_factory.mktemp("known") / "copy", "end_leaves_pointer")


class Listed:
    """A target whose file lists one known failure: of the broken copy, or of the reference as it should be."""

    def __init__(self, copy: Path, folder: Path, **entry: str) -> None:
        self.folder, self.reports = folder / "target", folder / "reports"
        self.folder.mkdir()
        for file in (copy / TARGET).iterdir():
            text = file.read_text(encoding="utf-8").replace("${GREENROOM_REFERENCE:-../..}", "${GREENROOM_REFERENCE}")
            (self.folder / file.name).write_text(text, encoding="utf-8")
        told = {"promise": "E1", "scenario": SCENARIO, "expires": "2999-12-31"} | entry
        file = self.folder / "target.toml"
        self.first = file.read_text(encoding="utf-8").count("\n") + 2
        self.place = f"{file}:{self.first}"
        with file.open("a", encoding="utf-8") as out:
            out.write(ENTRY.format(**told))

    def run(self, reference: Path, *arguments: str) -> Ran:
        return greenroom(
            "run", "-k", SCENARIO, "--target", str(self.folder), "--reports", str(self.reports), *arguments,
            variables={"GREENROOM_REFERENCE": str(reference), "COLUMNS": "200"},
        )  # fmt: skip

    def report(self) -> str:
        return (self.reports / "latest" / "report.html").read_text(encoding="utf-8")


@pytest.mark.integration
def test_failing_as_listed_is_excused_and_shown(copy: Path, tmp_path: Path) -> None:
    listed = Listed(copy, tmp_path)
    ran = listed.run(copy)
    assert (ran.code, ran.err) == (0, "")
    assert f"known failure  E1   {SCENARIO}" in ran.out
    assert "1 scenario known to fail, and still failing" in ran.out
    assert "E1  known until 2999-12-31: the pointer stays behind (ROOMS-17)" in ran.out
    found = verdict_of(listed.reports)
    (scenario,) = found["scenarios"]
    assert (found["verdict"], found["exit"], found["promises"]["E1"]) == ("conformant", 0, "known failure")
    assert (scenario["verdict"], scenario["note"]) == (
        "known failure",
        "known until 2999-12-31: the pointer stays behind (ROOMS-17)",
    )
    assert scenario["failure"]["message"], "what is broken is kept"
    assert "known failure: known until 2999-12-31: the pointer stays behind (ROOMS-17)" in listed.report()


@pytest.mark.integration
def test_fixed_closes_the_gate_and_says_which_lines_to_delete(copy: Path, tmp_path: Path) -> None:
    listed = Listed(copy, tmp_path)
    ran = listed.run(ROOT)
    place = f"{listed.place}-{listed.first + 5}"
    assert ran.code == 1
    said = f"it passes: delete {place}: the known failure E1 '{SCENARIO}' (ROOMS-17: the pointer stays behind)"
    assert f"unexpectedly fixed: {said}" in ran.out.replace("\n", " ").replace("  ", "")
    found = verdict_of(listed.reports)
    assert (found["verdict"], found["exit"]) == ("not conformant", 1)
    assert (found["scenarios"][0]["verdict"], found["scenarios"][0]["note"]) == ("unexpectedly fixed", said)
    assert place in listed.report()


@pytest.mark.integration
def test_expired_closes_the_gate_and_says_so(copy: Path, tmp_path: Path) -> None:
    listed = Listed(copy, tmp_path, expires="2026-01-31")
    ran = listed.run(copy)
    assert ran.code == 1
    over = "listed as known until 2026-01-31, which is over: mend it, or renew "
    assert over in ran.out and listed.place in ran.out
    (scenario,) = verdict_of(listed.reports)["scenarios"]
    assert scenario["verdict"] == "failed" and scenario["note"].startswith(f"{over}{listed.place}")
    assert over in listed.report()
    assert over in (listed.reports / "latest" / "junit.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("promise", "hint"), [("E77", "did you mean E7"), ("Z77", "docs/promises.md lists them")])
def test_a_promise_that_does_not_exist_is_refused(copy: Path, tmp_path: Path, promise: str, hint: str) -> None:
    listed = Listed(copy, tmp_path, promise=promise)
    ran = listed.run(copy)
    assert ran.code == 3
    complaint, hinted = ran.complaint
    place = f"{listed.folder / 'target.toml'}:{listed.first + 1}"
    assert complaint == f"{place}: [[known_failures]] there is no promise {promise!r}"
    assert hint in hinted
    assert not listed.reports.exists(), "nothing was run"


def test_of_a_record_what_failed_is_written_and_refused_without_a_reason(copy: Path, tmp_path: Path) -> None:
    failed = build.scenario(SCENARIO, verdict=Verdict.FAILED, failure=build.failure())
    record = build.write(build.events([failed, build.scenario("another")]), tmp_path / "run")
    folder = tmp_path / "target"
    shutil.copytree(copy / TARGET, folder)
    file, before = folder / "target.toml", (copy / TARGET / "target.toml").read_text(encoding="utf-8")
    ran = greenroom("report", str(record), "--write-known", str(file))
    assert ran.code == 1 and ran.err.startswith(f"{file}: 1 known failure written; fill in reason and ticket")
    assert file.read_text(encoding="utf-8").startswith(before), "comments and all"
    again = greenroom("report", str(record), "--write-known", str(file))
    assert again.code == 1 and again.err == f"{file}: 1 failure listed before, and left as they are\n"
    refused = greenroom("run", "--plan", "--target", str(folder))
    line = 1 + file.read_text(encoding="utf-8").splitlines().index('reason = ""')
    assert refused.code == 3
    assert refused.complaint[0].startswith(f"{file}:{line}: [known_failures.0] `reason` is empty"), refused
    assert refused.complaint[1] == "  hint: why the failure is excused: nobody else can tell"


def test_where_nothing_can_be_written_nothing_is_run(tmp_path: Path) -> None:
    for arguments, complaint in (
        (["--write-known", str(tmp_path / "no" / "known.toml")], "its folder is not there"),
        (["--write-known", str(tmp_path / "known.toml"), "--plan"], "--write-known goes with a run"),
    ):
        ran = greenroom("run", *arguments)
        assert ran.code == 3 and complaint in ran.complaint[0]
    record = build.write(build.events([build.scenario()]), tmp_path / "run")
    ran = greenroom("report", str(record), "--write-known", str(tmp_path / "no" / "known.toml"))
    assert ran.code == 3 and "its folder is not there" in ran.complaint[0]


@pytest.mark.integration
def test_what_a_run_wrote_excuses_it_once_the_reasons_are_there(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "target"
    shutil.copytree(copy / TARGET, folder)
    arguments = ["run", "-k", SCENARIO, "--target", str(folder), "--reports", str(tmp_path / "reports")]
    variables = {"GREENROOM_REFERENCE": str(copy)}
    ran = greenroom(*arguments, "--write-known", str(folder / "target.toml"), variables=variables)
    assert ran.code == 1 and "1 known failure written" in ran.err, ran.said
    file = folder / "target.toml"
    text = (
        file.read_text(encoding="utf-8").replace('reason = ""', 'reason = "r"').replace('ticket = ""', 'ticket = "T-1"')
    )
    file.write_text(text, encoding="utf-8")
    ran = greenroom(*arguments, "--write-known", str(file), variables=variables)
    assert ran.code == 0 and "nothing written, since nothing failed" in ran.err, ran.said
