"""The loop, on a stage without a target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from greenroom.core.errors import BadFeature, BrokenPromise, NotApplicable, TargetUnavailable
from greenroom.scenario.explore.act import SaidStep
from greenroom.scenario.explore.explorer import Explorer, Suspicion, Travelled
from greenroom.scenario.explore.stage import Pace
from tests.explore.fake_stage import Look, fake_stage, reference


def explored(look: Look, acts: int = 400) -> tuple[Travelled, list[Suspicion]]:
    travelled = Travelled()
    explorer = Explorer(fake_stage(look), reference(), 1, lambda so_far: so_far.acts >= acts, lambda so_far, what: None)
    found: list[Suspicion] = []

    def report(one: Suspicion) -> bool:
        found.append(one)
        return True

    explorer.explore(travelled, report)
    return travelled, found


def forgets_guests_who_left(steps: Sequence[SaidStep]) -> None:
    """A system whose end is wrong once somebody has left."""
    texts = [step.text for step in steps]
    left = any(" leaves Ada" in text or "has left Ada's room" in text for text in texts)
    if left and texts[-1] == "Ada's session is over or cancelled and nobody is left inside":
        raise BrokenPromise("not so", wrong=[("attendance.left_at", "not set")])


def test_a_correct_system_gives_nothing() -> None:
    travelled, found = explored(lambda steps: None)
    assert found == [] and travelled.acts >= 400 and travelled.unclear == [] and not travelled.lost
    assert len(travelled.kinds) > 40 and len(travelled.pairs) > 100


def test_what_is_wrong_is_found_once_and_made_small() -> None:
    travelled, found = explored(forgets_guests_who_left, 900)
    assert found and all(one.offence.due.promise in ("E3", "E12", "E13", "R10") for one in found)
    for one in found:
        kinds = [act.kind for act in one.acts]
        assert kinds[-2] == "leave" and len(kinds) in (3, 4), kinds
    assert len({(one.offence.known_by, one.walked[-1].kind) for one in found}) == len(found)
    assert travelled.replays > 0


def test_what_is_seen_once_is_not_made_small_and_is_looked_into_once_more() -> None:
    seen_last = [""]

    def look(steps: Sequence[SaidStep]) -> None:
        """Wrong every other time that it is claimed."""
        if steps[-1].text == "Ada is on air with exactly one open session":
            seen_last[0] = "" if seen_last[0] else "wrong"
            if seen_last[0]:
                raise BrokenPromise("not so", wrong=[("rooms.status", "not live")])

    travelled, seen = Travelled(), list[Suspicion]()

    def none_of_them(one: Suspicion) -> bool:
        seen.append(one)
        return False

    explorer = Explorer(fake_stage(look), reference(), 1, lambda so_far: so_far.acts >= 400, lambda so_far, what: None)
    explorer.explore(travelled, none_of_them)
    by_kind = Counter(one.walked[-1].kind for one in seen)
    gone = [one for one in seen if not one.shown]
    assert gone and set(by_kind.values()) <= {1, 2}
    assert all(one.acts == one.walked for one in gone)


def test_trouble_of_the_environment_is_no_finding() -> None:
    counted = [0]

    def look(steps: Sequence[SaidStep]) -> None:
        counted[0] += 1
        if counted[0] % 150 == 0:
            raise TargetUnavailable("unreachable", "nobody answered")

    travelled, found = explored(look)
    assert found == [] and travelled.unclear and not travelled.lost
    assert set(travelled.unclear) == {"unreachable: nobody answered"}


def test_a_target_that_is_gone_is_given_up() -> None:
    def look(steps: Sequence[SaidStep]) -> None:
        raise TargetUnavailable("unreachable", "nobody answered")

    travelled, found = explored(look)
    assert found == [] and travelled.lost and travelled.sequences == len(travelled.unclear) == 5


def test_what_is_not_for_the_target_is_not_tried_again() -> None:
    tried: list[str] = []

    def look(steps: Sequence[SaidStep]) -> None:
        if steps[-1].text.endswith("asks for a room again"):
            tried.append(steps[-1].text)
            raise NotApplicable("operation:create_room", "it can't be")

    _, found = explored(look, 300)
    assert found == [] and len(tried) == 1


def test_a_fault_of_ours_is_said() -> None:
    def look(steps: Sequence[SaidStep]) -> None:
        raise BadFeature("no such step")

    with pytest.raises(BadFeature):
        explored(look)


def test_the_declared_limit_is_kept() -> None:
    now, waited = [0.0], []

    def wait(free, seconds):  # type: ignore[no-untyped-def]
        while not free():
            now[0] += 1
            waited.append(seconds)

    pace = Pace(3, 60, now=lambda: now[0], wait=wait)
    for _ in range(3):
        pace.take(1)
    pace.take(0)
    assert not waited
    pace.take(2)
    assert now[0] == 60
    pace.take(1)
    assert now[0] == 60
    pace.take(5)  # more than the limit ever lets through at once: as soon as nothing is under way
    assert now[0] == 120
