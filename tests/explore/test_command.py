"""`greenroom explore` as a person calls it: against the reference, with a planted bug in it, and on a shared target."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.drivers.database import Database
from tests.planted.bug import patch_called
from tests.planted.copies import TARGET, apply, copy_reference, new_work_folder
from tests.support.command_line import Ran, greenroom
from tests.support.other_peoples_rooms import OtherPeoplesRooms
from tests.support.served import Served, served

BUG = "repeated_end_moves_end_time"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--only", "pages"], "Invalid value for '--only'"),
        (["--acts", "0"], "Invalid value for '--acts'"),
        (["--target", "refrence"], "unknown target 'refrence'"),
    ],
)
def test_misuse_is_said(arguments: list[str], complaint: str) -> None:
    ran = greenroom("explore", *arguments)
    assert ran.code == 3 and ran.complaint[0].startswith(complaint)


@pytest.mark.integration
@pytest.mark.long
def test_nothing_is_found_on_the_correct_reference(tmp_path: Path) -> None:
    ran = greenroom("explore", "--acts", "80", "--seed", "3", "--out", str(tmp_path))
    assert ran.code == 0, ran.said
    first, second = ran.out.splitlines()
    assert first.startswith("nothing found: reference, ") and first.endswith(", seed 3")
    assert second.startswith("reached ") and not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ran, Path]]:
    """What was found of a planted bug, and where it was written."""
    out, work = tmp_path_factory.mktemp("found"), new_work_folder("explore-")
    copy = copy_reference(work / "copy")
    apply(patch_called(BUG), copy)
    target = str(copy / TARGET)
    yield greenroom("explore", "-x", "--target", target, "--acts", "400", "--seed", "1", "--replays", "2",
                    "--out", str(out)), out  # fmt: skip
    shutil.rmtree(work, ignore_errors=True)


@pytest.mark.integration
@pytest.mark.long
@pytest.mark.xdist_group("explore a planted bug")
def test_a_planted_bug_is_found_by_its_seed(found: tuple[Ran, Path]) -> None:
    ran, out = found
    assert ran.code == 1, ran.said
    (file,) = out.iterdir()
    told = ran.out.startswith(("E9 ", "E6 "))  # an end that comes again, by itself or with all else that comes too late
    assert told and f"{file}: " in ran.out and "fails 2 of 2 times" in ran.out
    assert "\n1 finding: reference, " in ran.out


@pytest.mark.integration
@pytest.mark.xdist_group("explore a planted bug")
def test_its_file_is_a_scenario_that_holds_where_the_bug_is_not(found: tuple[Ran, Path]) -> None:
    (file,) = found[1].iterdir()
    text = file.read_text(encoding="utf-8")
    assert "# Run again, it failed 2 of 2 times." in text and "--seed 1, sequence " in text
    assert text.count("Scenario:") == 1 and 1 <= text.count("When ") <= 2
    assert greenroom("lint", str(file)).code == 0
    ran = greenroom("run", str(file), "-q", "--reports", str(file.parent.parent / "reports"))
    assert ran.code == 0, ran.said


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A reference that others use too, which lends four accounts."""
    with served(tmp_path_factory.mktemp("pooled") / "target", name="explored-pool") as target:
        target.lend_pool(4)
        yield target


@pytest.mark.integration
@pytest.mark.long
def test_a_shared_target_is_left_as_it_was(pooled: Served, tmp_path: Path) -> None:
    database = Database(pooled.ready["database"], pooled.folder, writable=True)
    others = OtherPeoplesRooms(database, pooled.ready["database"])
    others.add(40)
    before = others.found()
    code, said = pooled.command("explore", "--acts", "60", "--seed", "5", "--out", str(tmp_path))
    assert code == 0, said
    assert "nothing found: explored-pool, " in said and "still on the target" not in said
    assert others.found() == before
    database.close()


@pytest.mark.integration
def test_production_is_refused(pooled: Served) -> None:
    text = (pooled.folder / "target.toml").read_text()
    try:
        pooled.edit('environment = "shared"', 'environment = "production"')
        code, said = pooled.command("explore", "--acts", "10")
    finally:
        (pooled.folder / "target.toml").write_text(text)
    assert code == 3 and "is marked production" in said


@pytest.mark.integration
def test_a_target_that_does_not_answer_is_no_finding(pooled: Served, tmp_path: Path) -> None:
    address = pooled.environment["SERVED_GATEWAY"]
    pooled.environment["SERVED_GATEWAY"] = "http://127.0.0.1:9"
    try:
        code, said = pooled.command("explore", "--acts", "10", "--out", str(tmp_path))
    finally:
        pooled.environment["SERVED_GATEWAY"] = address
    assert code == 2, said
