"""Whatever is explored is written in steps that there are: acts, dues, and the files that are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

from fixtures.plugin import PARTS
from fixtures.plugin.bdd_internals import vocabulary
from greenroom.claims.invariants import INVARIANTS
from greenroom.core.project import PROMISES
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.lint import lint
from greenroom.gherkin.promises import read_promises
from greenroom.gherkin.vocabulary import UnknownWord, Vocabulary
from greenroom.scenario.explore.act import THEN, Act, Due, SaidStep
from greenroom.scenario.explore.expected import Expected
from greenroom.scenario.explore.explorer import Suspicion
from greenroom.scenario.explore.feature_file import Origin, feature_text, file_name, fingerprint
from greenroom.scenario.explore.generate import Drawing
from greenroom.scenario.explore.offence import Offence, dues_of, settled, without_names
from greenroom.scenario.explore.repertoire import KINDS, Repertoire
from greenroom.scenario.explore.script import beginning, people_of, script
from tests.explore.fake_stage import REPERTOIRES, reference

ORIGIN = Origin("reference 1.0", "greenroom 0.1", "2026-02-15", "--seed 41")


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    for module in PARTS:
        if module.startswith("steps."):
            import_module(module)
    return vocabulary()


def unknown(steps: set[SaidStep], known: Vocabulary) -> list[SaidStep]:
    """The steps that no definition fits, or several, or that hold a word which is on no list."""
    found = []
    for step in steps:
        matches = known.matches(step.type, step.text)
        if len(matches) != 1 or any(isinstance(value, UnknownWord) for value in matches[0].bound.values()):
            found.append(step)
    return found


def drawn(repertoire: Repertoire, seed: int, batches: int) -> list[tuple[Act, ...]]:
    drawing = Drawing(seed)
    return [acts for _ in range(batches) for acts in drawing.batch(repertoire)]


def every_act(repertoire: Repertoire) -> list[Act]:
    return [
        Act(kind.name, "Ada", others, word)
        for kind in repertoire.kinds
        for others in kind.others
        for word in kind.words
    ]


@pytest.mark.parametrize("name", REPERTOIRES)
def test_every_act_is_in_the_vocabulary(name: str, known: Vocabulary) -> None:
    acts = every_act(REPERTOIRES[name]())
    assert unknown({step for act in acts for step in KINDS[act.kind].said(act)}, known) == []


@pytest.mark.parametrize("name", ["reference", "pages of the reference"])
def test_every_due_and_every_given_is_in_the_vocabulary(name: str, known: Vocabulary) -> None:
    repertoire, said = REPERTOIRES[name](), set[SaidStep]()
    for acts in drawn(repertoire, 9, 12):
        expected = beginning(repertoire.rules, acts)
        said.update(people_of(acts))
        for act in acts:
            kind = KINDS[act.kind]
            after = kind.after(expected, act)
            said.update(SaidStep(THEN, due.text) for due in dues_of(expected, after, act))
            if given := kind.as_given(expected, act):
                said.add(SaidStep("given", given))
            expected = after
    assert unknown(said, known) == []
    assert {kind.calmer for kind in KINDS.values()} - {""} <= KINDS.keys()


@pytest.mark.parametrize("name", ["reference", "pages of the reference"])
def test_every_promise_of_a_due_exists(name: str) -> None:
    repertoire, promises = REPERTOIRES[name](), read_promises(PROMISES)
    for acts in drawn(repertoire, 4, 4):
        expected = beginning(repertoire.rules, acts)
        for act in acts:
            after = KINDS[act.kind].after(expected, act)
            assert {due.promise for due in dues_of(expected, after, act)} <= promises.keys(), act
            expected = after


def test_what_an_act_claims_on_its_way_ends_its_scenario() -> None:
    acts = (Act("look while the lookup fails", "Ada", ("Grace",), "answers 500"),)
    (claim,) = KINDS[acts[0].kind].claims(acts[0])
    named = settled(REPERTOIRES["pages of the reference"]().rules, acts, Offence(claim, claim.text))
    assert named is not None and named.due.promise == "H6"
    said = [f"{step.type} {step.text}" for step in script(reference().rules, acts, named.due).steps]
    assert said[-2:] == ["when Grace opens Ada's room in the browser", "then Grace does not see End Room"]
    assert all(kind.promise for kind in KINDS.values() if any(step.type == THEN for step in kind.steps))


def suspicions(repertoire: Repertoire) -> list[Suspicion]:
    """One for every kind of act that comes in some sequences, and one for every invariant."""
    found: dict[str, Suspicion] = {}
    for acts in drawn(repertoire, 2, 8):
        expected = beginning(repertoire.rules, acts)
        for number, act in enumerate(acts, start=1):
            after = KINDS[act.kind].after(expected, act)
            dues = dues_of(expected, after, act)
            if dues and act.kind not in found:
                offence = Offence(
                    dues[-1], without_names(dues[-1].text, act), message="no\n  expected  a\n  found     b"
                )
                found[act.kind] = Suspicion(acts[:number], offence, acts, 7)
            expected = after
    acts = (Act("go live", "Ada"), Act("join", "Ada", ("Grace",)), Act("end", "Ada"))
    for one in INVARIANTS:
        named = settled(repertoire.rules, acts, Offence(due_of(one.promise), one.name, invariant=one.name))
        assert named is not None
        found[one.name] = Suspicion(acts, named, acts, 7)
    return list(found.values())


def due_of(promise: str) -> Due:
    return Due("", promise)


@pytest.mark.parametrize(("name", "enough"), [("reference", 60), ("pages of the reference", 30)])
def test_every_file_lints_clean(name: str, enough: int, tmp_path: Path, known: Vocabulary) -> None:
    repertoire, promises = REPERTOIRES[name](), read_promises(PROMISES)
    found = suspicions(repertoire)
    assert len(found) > enough
    for one in found:
        file = tmp_path / file_name(one)
        file.write_text(feature_text(one, repertoire.rules, ORIGIN, promises, "10 of 10"), encoding="utf-8")
        assert lint(read_feature(file), known) == [], file.read_text(encoding="utf-8")


def test_a_file_says_where_it_comes_from(tmp_path: Path) -> None:
    acts = (Act("go live", "Ada"), Act("join", "Ada", ("Grace",)), Act("end", "Ada"), Act("end again", "Ada"))
    due = compared_by(acts)
    message = "E9 broken\n  expected  ended 12:00\n  found     ended 12:01\n  since     step 4"
    offence = Offence(due, without_names(due.text, acts[-1]), (("sessions", "changed"),), message)
    found = Suspicion(acts, offence, (*acts, *acts), 17)
    text = feature_text(found, reference().rules, ORIGIN, {"E9": "Ending what is not live is refused."}, "10 of 10")
    assert (
        text
        == f"""\
# Found by greenroom explore on reference 1.0, 2026-02-15: --seed 41, sequence 17, act 8. greenroom 0.1.
# Fingerprint {fingerprint(found)}: nothing about {{host}}'s room has changed; after go live, join, end, end again.
# Run again, it failed 10 of 10 times.
#   expected  ended 12:00
#   found     ended 12:01
@explored @found-{fingerprint(found)}
Feature: Found by exploring: nothing about Ada's room has changed
  E9: Ending what is not live is refused.

  @E9
  Scenario: go live, join, end, then end again
    Given Ada is live with Grace as a guest
    And Ada has ended the room
    When Ada tries to end the room through the gateway
    Then nothing about Ada's room has changed
"""
    )


def compared_by(acts: Sequence[Act]) -> Due:
    """The last due that looks back to before the last of these acts."""
    return [due for due in dues_of(*before_and_after(acts), acts[-1]) if due.compares][-1]


def before_and_after(acts: Sequence[Act]) -> tuple[Expected, Expected]:
    expected = beginning(reference().rules, acts)
    for act in acts[:-1]:
        expected = KINDS[act.kind].after(expected, act)
    return expected, KINDS[acts[-1].kind].after(expected, acts[-1])


def test_findings_that_differ_in_people_only_are_one() -> None:
    def found(guest: str) -> Suspicion:
        act = Act("join", "Ada", (guest,))
        known_by = without_names(f"{guest} is inside Ada's session", act)
        return Suspicion((Act("go live", "Ada"), act), Offence(due_of("A1"), known_by), (), 1)

    assert fingerprint(found("Grace")) == fingerprint(found("Joan"))


def test_a_then_stands_before_an_act_that_has_to_change_nothing() -> None:
    acts = (Act("use it again and again", "Ada", (), "2"), Act("end again", "Ada"))
    due = compared_by(acts)
    said = [f"{step.type} {step.text}" for step in script(reference().rules, acts, due).steps]
    assert said == [
        "given Ada has a room",
        "when Ada goes live and ends the room 2 times",
        "then Ada's room is at rest",
        "when Ada tries to end the room through the gateway",
        "then nothing about Ada's room has changed",
    ]
