"""A feature file is known as linted only while neither it nor what it was linted with has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fixtures.plugin import linted_before
from fixtures.plugin.linted_before import LintedBefore
from greenroom.gherkin.index import FeatureIndex, read_feature

TEXT_OF_STEP = "given {host:Name} has a room"
TEXT = "Feature: One\n  Scenario: two\n    Given three\n"


@pytest.fixture
def feature(tmp_path: Path) -> FeatureIndex:
    return feature_of(tmp_path / "one.feature", TEXT)


@pytest.fixture
def steps(tmp_path: Path) -> str:
    file = tmp_path / "steps.py"
    file.write_text("pass", encoding="utf-8")
    return str(file)


def feature_of(file: Path, text: str) -> FeatureIndex:
    file.write_text(text, encoding="utf-8")
    return read_feature(file)


def test_what_was_noted_is_known_to_the_next_run(feature: FeatureIndex, steps: str, tmp_path: Path) -> None:
    first = LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "kept" / "linted")
    assert not first.knows(feature)
    first.note(feature)
    assert first.knows(feature) and LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "kept" / "linted").knows(feature)
    changed = feature_of(tmp_path / "one.feature", TEXT + "    Then four\n")
    assert not LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "kept" / "linted").knows(changed)


def test_whatever_is_linted_with_has_to_be_the_same(feature: FeatureIndex, steps: str, tmp_path: Path) -> None:
    LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "linted").note(feature)
    assert not LintedBefore([], tmp_path / "linted").knows(feature)
    assert not LintedBefore([(steps, TEXT_OF_STEP + " [lobby]")], tmp_path / "linted").knows(feature)
    os.utime(steps, ns=(1, 1))
    assert not LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "linted").knows(feature)


def test_what_can_not_be_kept_or_read_is_linted(feature: FeatureIndex, steps: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xff\x00 nothing that is a checksum")
    assert not LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "file").knows(feature)
    LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "file" / "below-a-file").note(feature)
    assert not LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "file" / "below-a-file").knows(feature)


def test_the_file_begins_anew_before_it_grows_too_long(
    feature: FeatureIndex, steps: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linted_before, "_MOST", 2)
    for number in range(4):
        LintedBefore([(steps, TEXT_OF_STEP)], tmp_path / "linted").note(
            feature_of(tmp_path / "one.feature", f"{TEXT}# {number}\n")
        )
    assert len((tmp_path / "linted").read_text(encoding="ascii").split()) <= 2
