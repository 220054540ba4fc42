"""Every planted bug tells its story, breaks promises that exist, and applies to the reference as it is today."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from greenroom.gherkin.promises import read_promises
from tests.planted.bug import (
    BUGS,
    FOLDER,
    KEYS,
    BadPatch,
    patch_called,
    promise_order,
    promises_of,
    read_bug,
    read_bugs,
)
from tests.planted.copies import ROOT, apply, copy_reference

PATCHES = sorted(BUGS.rglob("*.patch"))
OTHERS = sorted(set(FOLDER.rglob("*.patch")) - set(PATCHES))  # no bugs of the table: what other tests put into a copy
PROMISES = read_promises(ROOT / "docs" / "promises.md")
PAGES = (ROOT / "docs" / "planted.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_reference(tmp_path_factory.mktemp("copy") / "correct")


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_header_and_patch(patch: Path, copy: Path) -> None:
    bug = read_bug(patch)
    assert set(bug.breaks) <= set(PROMISES)
    assert len(set(bug.breaks)) == len(bug.breaks)
    assert f"`{bug.name}`" in PAGES, f"out of date: python -m tests.planted {bug.name} --matrix docs/planted.md"
    apply(patch, copy, check_only=True)


@pytest.mark.parametrize("patch", OTHERS, ids=lambda patch: patch.stem)
def test_other_patches_apply(patch: Path, copy: Path) -> None:
    assert set(read_bug(patch).breaks) <= set(PROMISES)
    apply(patch, copy, check_only=True)


def test_every_promise_has_a_bug() -> None:
    assert [promise for promise in PROMISES if promise not in {bug.promise for bug in read_bugs()}] == []


def write(folder: Path, name: str, header: str, diff: str = "diff --git a/x b/x\n") -> Path:
    patch = folder / f"{name}.patch"
    folder.mkdir(exist_ok=True)
    patch.write_text(f"{header}\n\n{diff}", encoding="utf-8")
    return patch


HEADER = "Breaks: E3, E7 (through the fallback only)\nStory:  it was\n        so.\nSeen:   so it was."


def test_header_is_read(tmp_path: Path) -> None:
    bug = read_bug(write(tmp_path, "forgets", HEADER))
    assert (bug.name, bug.promise, bug.breaks) == ("forgets", "E3", ("E3", "E7"))
    assert (bug.remark, bug.story, bug.seen) == ("through the fallback only", "it was so.", "so it was.")


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("", "it is empty"),
        ("Breaks: E3\nStory:  so", "it is Breaks, Story"),
        ("Story:  so\nBreaks: E3\nSeen:   so", "it is Story, Breaks, Seen"),
        (HEADER.replace("E3, E7", "E3 and E7"), "is not like"),
        (HEADER.replace("E3, E7 (", "E3 E7, ("), "is not like"),
        (f"{HEADER}\nWho: somebody", "must be"),
        (f"{HEADER}\nSeen: twice", "belongs to no key"),
        (f"{HEADER}\nwords", "belongs to no key"),
    ],
)
def test_bad_header_is_refused(tmp_path: Path, header: str, complaint: str) -> None:
    with pytest.raises(BadPatch, match=rf"bad\.patch.*{complaint}"):
        read_bug(write(tmp_path, "bad", header))


def test_patch_without_diff_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPatch, match="no diff"):
        read_bug(write(tmp_path, "bad", HEADER, diff=""))


def test_bugs_come_in_the_order_of_the_promises(tmp_path: Path) -> None:
    for name, promise in (("a", "S1"), ("b", "E10"), ("c", "E2"), ("d", "R1")):
        write(tmp_path / promise[0], name, HEADER.replace("E3, E7", promise))
    bugs = read_bugs(folder=tmp_path)
    assert [bug.promise for bug in bugs] == ["R1", "E2", "E10", "S1"] == promises_of(reversed(bugs))


def test_order_of_subjects_is_that_of_the_promises() -> None:
    assert sorted(PROMISES, key=promise_order) == list(PROMISES)
    assert promise_order("X1") > max(map(promise_order, PROMISES))


def test_every_patch_is_in_the_folder_of_its_subject() -> None:
    assert {bug.patch for bug in read_bugs()} == set(PATCHES)


def test_bug_of_a_new_subject_takes_a_patch_file_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "X", "new", HEADER.replace("E3, E7", "X1"))
    write(tmp_path / "S", "old", HEADER.replace("E3, E7", "S1"))
    assert [bug.name for bug in read_bugs(folder=tmp_path)] == ["old", "new"]


def test_patch_in_another_subjects_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "R", "astray", HEADER)
    with pytest.raises(BadPatch, match=r"astray\.patch: it breaks E3, so it belongs into bugs/E/"):
        read_bugs(folder=tmp_path)


def test_two_bugs_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "E", "twin", HEADER)
    write(tmp_path / "R", "twin", HEADER.replace("E3, E7", "R1"))
    with pytest.raises(BadPatch, match="two planted bugs are called twin"):
        read_bugs(folder=tmp_path)


def test_bugs_are_chosen_by_name(tmp_path: Path) -> None:
    write(tmp_path / "E", "a", HEADER)
    write(tmp_path / "E", "b", HEADER)
    assert [bug.name for bug in read_bugs(["b.patch"], tmp_path)] == ["b"]
    with pytest.raises(BadPatch, match="no planted bug called c"):
        read_bugs(["a", "c"], tmp_path)


def test_patch_that_does_not_apply_is_named(tmp_path: Path, copy: Path) -> None:
    diff = "diff --git a/reference/version.py b/reference/version.py\n--- a/reference/version.py\n"
    diff += "+++ b/reference/version.py\n@@ -1 +1 @@\n-this was never there\n+nor this\n"
    with pytest.raises(BadPatch, match=r"stale\.patch does not apply: .*reference/version\.py"):
        apply(write(tmp_path, "stale", HEADER, diff), copy)


def test_patch_applies_inside_a_repository(tmp_path: Path) -> None:
    """Else git looks for the files in the repository around the copy, finds none, and says that all is well."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    copy = copy_reference(tmp_path / "within" / "copy")
    apply(patch_called("end_leaves_pointer"), copy)
    changed = (copy / "reference/database/schema/060_rooms.sql").read_bytes()
    assert changed != (ROOT / "reference/database/schema/060_rooms.sql").read_bytes()


def test_keys_are_those_of_the_style_guide() -> None:
    assert KEYS == ("Breaks", "Story", "Seen")
