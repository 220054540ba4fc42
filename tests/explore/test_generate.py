"""Sequences come from the seed and from what is expected alone."""

from __future__ import annotations

import pytest

from greenroom.scenario.explore.act import Act
from greenroom.scenario.explore.generate import LONGEST, SHORTEST, Drawing
from greenroom.scenario.explore.repertoire import KINDS, Repertoire, repertoire_of
from tests.explore.fake_stage import REPERTOIRES, reference, target_of


def drawn(repertoire: Repertoire, seed: int, batches: int = 4) -> list[tuple[Act, ...]]:
    drawing = Drawing(seed)
    return [acts for _ in range(batches) for acts in drawing.batch(repertoire)]


def test_the_same_seed_gives_the_same_sequences() -> None:
    assert drawn(reference(), 41) == drawn(reference(), 41)
    assert drawn(reference(), 41) != drawn(reference(), 42)


def test_a_pipeline_draws_what_a_person_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand = drawn(reference(), 41)
    monkeypatch.setenv("CI", "true")
    assert drawn(reference(), 41) == by_hand


@pytest.mark.parametrize("name", REPERTOIRES)
def test_each_act_makes_sense_when_its_turn_comes(name: str) -> None:
    repertoire = REPERTOIRES[name]()
    for acts in drawn(repertoire, 5):
        assert SHORTEST <= len(acts) <= LONGEST
        expected = repertoire.begin(two=True)
        for act in acts:
            assert KINDS[act.kind].can(expected, act), (act, acts)
            expected = KINDS[act.kind].after(expected, act)


def test_no_sequence_is_tried_twice_in_a_batch() -> None:
    acts = drawn(reference(), 3)
    assert len(acts) == len(set(acts)) > 10


def test_most_kinds_come_in_a_hundred_sequences() -> None:
    repertoire = reference()
    reached = {act.kind for acts in drawn(repertoire, 1, 10) for act in acts}
    assert len(reached) > 0.9 * len(repertoire.kinds), {kind.name for kind in repertoire.kinds} - reached


def test_what_is_not_for_the_target_is_left_out() -> None:
    repertoire = reference().without(Act("get stuck", "Ada", ("Grace",), "lobby with an ended session"))
    (stuck,) = (kind for kind in repertoire.kinds if kind.name == "get stuck")
    assert "lobby with an ended session" not in stuck.words
    assert "live with an ended session" in stuck.words
    smaller = repertoire.without(Act("end", "Ada"))
    assert {kind.name for kind in repertoire.kinds} - {kind.name for kind in smaller.kinds} == {"end"}


def test_what_the_target_does_not_describe_is_not_tried() -> None:
    target = target_of("targets/reference")
    few = {name: target.operations[name] for name in ("create_room", "go_live", "end", "join")}
    poor = target.model_copy(update={"operations": few, "capabilities": [], "environment": "shared", "database": None})
    names = {kind.name for kind in repertoire_of(poor, lambda name: False).kinds}
    assert {"go live", "end", "end again", "join", "stranger ends"} <= names
    assert names.isdisjoint({"leave", "get stuck", "restart", "ends meet", "cancel", "reset", "schedule", "put out"})


def test_a_small_pool_is_made_do_with() -> None:
    target = target_of("targets/reference")
    pool = target.people.model_copy(update={"source": "pool", "pool": []})
    assert repertoire_of(target.model_copy(update={"people": pool}), lambda name: True).people == {"Nemo"}
