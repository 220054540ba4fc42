"""The closed lists of the vocabulary: a word that is not on its list is refused before a run, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.plugin.bdd_internals import step_definitions, vocabulary
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.lint import LintFinding, lint
from greenroom.relations.stuck_kinds import STUCK_KINDS, STUCK_STATUSES, Pointer
from steps.words import LISTS

LIVE = "Given Ada is live with Grace as a guest"
STUCK = "Given Ada's room is stuck in {} with {}, and Grace inside"
THEN = "Then nothing about Ada's room has changed"


@pytest.mark.parametrize(
    ("what", "word", "steps"),
    [
        ("pointer", "a banana", [STUCK.format("lobby", "a banana")]),
        ("pointer", "an endd session", [STUCK.format("lobby", "an endd session")]),
        ("status of a stuck room", "limbo", [STUCK.format("limbo", "no session")]),
        ("status of a stuck room", "limbo", [LIVE, "And Ada's room is stuck again in limbo with no session"]),
        ("refusal", "not alive", [LIVE, "When Grace tries to end Ada's room through the gateway"]),
        ("trouble", "sulks", [LIVE, "And the gateway sulks when Ada ends the room"]),
        ("trouble", "sulks", [LIVE, "And the gateway sulks when Ada goes live"]),
        ("trouble", "sulks", [LIVE, "And the gateway sulks when Ada asks for a room"]),
        ("trouble", "sulks", [LIVE, "And the data API sulks when Ada resets the room"]),
        ("trouble", "sulks", [LIVE, "And the data API sulks when Ada falls back on it"]),
        ("trouble", "sulks", [LIVE, "And the data API sulks when Ada looks the host up"]),
        ("relation", "teapots", [LIVE, "And every write to the teapots of Ada's room fails"]),
        ("relation", "teapots", [LIVE, "And the next write to the teapots of Ada's room fails"]),
        ("relation", "teapots", ["Given every write to the teapots of one stuck room fails"]),
        ("proof", "a kind word", [LIVE, "When somebody with a kind word for Ada tries to go live through the gateway"]),
        (
            "deed through the gateway",
            "dance",
            [LIVE, "When somebody with a forged token for Ada tries to dance through the gateway"],
        ),
        ("deed through the data API", "paint it", [LIVE, "When Grace tries to paint it of Ada through the data API"]),
        ("nonsense", "a poem", [LIVE, "When Ada sends a poem through the gateway"]),
        ("claim", "all is well", ["Given a scratch database with every kind of stuck and healthy room"]),
    ],
)
def test_an_unknown_word_is_found_before_a_run(tmp_path: Path, what: str, word: str, steps: list[str]) -> None:
    then = {"refusal": f"Then Grace is refused as {word}", "claim": f"Then in the scratch database {word}"}
    lines = [*steps, then.get(what, THEN)]
    found = found_in(tmp_path, lines)
    assert len(found) == 1
    (finding,) = found
    assert finding.message.startswith(f"unknown {what} {word!r}: ")
    assert finding.line == 2 + len(lines) - (0 if what in then else 1)
    assert "one of: " in finding.hint


def test_a_close_word_is_offered(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, [STUCK.format("lobby", "an endd session"), THEN])
    assert found.hint.startswith("did you mean 'an ended session'? one of: ")


def test_a_word_of_an_examples_table_is_looked_at_too(tmp_path: Path) -> None:
    path = tmp_path / "some.feature"
    path.write_text(
        "Feature: f\n  Scenario Outline: s\n"
        f"    {STUCK.format('lobby', '<pointer>')}\n    {THEN}\n"
        "    Examples:\n      | pointer    |\n      | no session |\n      | a banana   |\n",
        encoding="utf-8",
    )
    (found,) = lint(read_feature(path), vocabulary())
    assert (found.line, found.message.split(":")[0]) == (8, "unknown pointer 'a banana'")


@pytest.mark.parametrize("kind", STUCK_KINDS, ids=str)
def test_every_stuck_kind_can_be_written(tmp_path: Path, kind: object) -> None:
    status, _, pointer = str(kind).partition(" with ")
    assert found_in(tmp_path, [STUCK.format(status, pointer), THEN]) == []


def test_the_table_of_stuck_kinds_is_complete() -> None:
    assert {(kind.status, kind.pointer) for kind in STUCK_KINDS} == {
        (status, pointer) for status in STUCK_STATUSES for pointer in Pointer
    }


def test_the_catalogue_tells_the_words_of_every_list() -> None:
    told = {tuple(words) for step in step_definitions() for words in step.words.values()}
    assert {tuple(known.words) for known in LISTS.values()} <= told


def found_in(folder: Path, steps: list[str]) -> list[LintFinding]:
    """The findings in a scenario of these steps, the first of which stands in line 3."""
    path = folder / "some.feature"
    text = "".join(f"    {step}\n" for step in steps)
    path.write_text(f"Feature: f\n  Scenario: s\n{text}", encoding="utf-8")
    return lint(read_feature(path), vocabulary())
