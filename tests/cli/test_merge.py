"""`greenroom run --shard` and `greenroom merge`: three shards put together are what one run is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from greenroom.record.events import Attachment, Shard, Suite
from greenroom.record.reader import read_record
from greenroom.reporting.reports import REPORTS
from tests.support.broken_reference import broken_reference
from tests.support.command_line import greenroom, verdict_of
from tests.support.samples import build

SUITE = Suite(digest="a" * 12, target="b" * 12, scenarios=2)


def written(folder: Path, number: int) -> str:
    """The folder of a shard with a picture in it."""
    picture = Attachment(name="page", media_type="image/png", path="attachments/page.png")
    scenario = build.scenario(f"s{number}", attachments=[picture])
    shard = Shard(number=number, of=2, digest="c" * 12)
    head = build.header(run=f"run-{number}", suite=SUITE, shard=shard, planned=1)
    build.write(build.events([scenario], head), folder / f"run-{number}")
    return str(folder / f"run-{number}")


def test_two_shards_become_a_run_with_every_report(tmp_path: Path) -> None:
    ran = greenroom("merge", written(tmp_path, 2), written(tmp_path, 1), "--reports", str(tmp_path / "out"))
    assert ran.code == 0 and "conformant  2 scenarios" in ran.out, ran.said
    [made] = [path for path in (tmp_path / "out").iterdir() if path.name != "latest"]
    assert {path.name for path in made.iterdir()} >= {*(report.name for report in REPORTS), "record.jsonl"}
    assert (made / "attachments" / "run-1" / "page.png").is_file()
    assert (made / "attachments" / "run-2" / "page.png").is_file()
    assert (tmp_path / "out" / "latest").resolve() == made.resolve()
    assert verdict_of(tmp_path / "out")["run"] == made.name
    assert greenroom("report", str(made)).code == 0, "and its reports can be made again"


def test_a_missing_shard_is_three_and_writes_nothing(tmp_path: Path) -> None:
    ran = greenroom("merge", written(tmp_path, 2), "--reports", str(tmp_path / "out"))
    assert ran.code == 3 and ran.complaint[0] == "of 2 shards 1 is missing: 1", ran
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Where one run wrote its reports, and where three shards of the same, of a reference with a bug, and their merging
    did. The second shard ran in two processes."""
    folder = tmp_path_factory.mktemp("sharded")
    copy = broken_reference(folder / "copy", "anybody_may_end")
    arguments = ["run", "-t", "(E1 or E10) and not browser", "--target", str(copy / "targets" / "reference")]
    variables = {"GREENROOM_REFERENCE": str(copy)}
    one, parts = str(folder / "one"), str(folder / "parts")
    assert greenroom(*arguments, "--seed", "1", "--reports", one, variables=variables).code == 1
    folders = []
    for number in (1, 2, 3):
        workers = ["-n", "2"] if number == 2 else []
        sharing = ["--shard", f"{number}/3", "--times", f"{one}/latest"]
        ran = greenroom(*arguments, *sharing, *workers, "--reports", parts, variables=variables)
        assert ran.code in (0, 1), ran.said
        folders.append(str((Path(parts) / "latest").resolve()))
    ran = greenroom("merge", *reversed(folders), "--reports", parts)
    assert ran.code == 1, ran.said
    yield Path(one), Path(parts)


@pytest.mark.integration
@pytest.mark.long
@pytest.mark.timeout(300)  # four runs come before it
@pytest.mark.xdist_group("sharded")
def test_three_shards_merged_are_one_run(sharded: tuple[Path, Path]) -> None:
    one, whole = (verdict_of(reports) for reports in sharded)
    assert {each["id"]: each["verdict"] for each in whole["scenarios"]} == {
        each["id"]: each["verdict"] for each in one["scenarios"]
    }
    for key in ("verdict", "exit", "counts", "promises", "broken", "touched", "seed", "reason"):
        assert whole[key] == one[key], key
    assert [told(cause) for cause in whole["causes"]] == [told(cause) for cause in one["causes"]]
    footers = [read_record(reports / "latest" / "record.jsonl").footer for reports in sharded]
    assert footers[0] is not None and footers[1] is not None
    assert footers[0].census == footers[1].census and footers[1].complete
    heads = [read_record(reports / "latest" / "record.jsonl").header for reports in sharded]
    assert heads[0].suite == heads[1].suite and heads[0].planned == heads[1].planned and len(heads[1].merged) == 3
    ran = greenroom("compare", *(str(reports / "latest") for reports in sharded), "-q")
    assert ran.code == 0 and "still broken" in ran.out, ran.said


def told(cause: dict[str, Any]) -> tuple[Any, ...]:
    return cause["title"], cause["broken"], sorted(cause["failed"]), sorted(cause["blocked"])


@pytest.mark.integration
@pytest.mark.long  # as the one before it: what they look at is made once
@pytest.mark.timeout(300)
@pytest.mark.xdist_group("sharded")
def test_what_failed_in_a_merged_run_is_run_again(sharded: tuple[Path, Path]) -> None:
    one, parts = sharded
    listed = greenroom("run", "--list", "--json", "--last-failed", "--reports", str(parts))
    red = {each["id"] for each in verdict_of(one)["scenarios"] if each["verdict"] != "passed"}
    assert {each["id"] for each in json.loads(listed.out)["scenarios"]} == red and red
    everything = ["run", "-t", "(E1 or E10) and not browser", "--list", "--json", "--reports", str(parts)]
    first = [each["id"] for each in json.loads(greenroom(*everything, "--failed-first").out)["scenarios"]]
    assert set(first[: len(red)]) == red and len(first) == len(verdict_of(one)["scenarios"])
    ran = greenroom("run", "--last-failed", "--reports", str(parts))  # the reference as it should be: all is right
    assert ran.code == 0, ran.said
    assert {each["id"] for each in verdict_of(parts)["scenarios"]} == red
    again = greenroom("run", "--last-failed", "--reports", str(parts))
    assert again.code == 3 and again.complaint[0].startswith("nothing failed in the last run, ")
