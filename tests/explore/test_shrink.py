"""Shrinking, on a system that is a function of the acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from greenroom.scenario.explore.act import Act, Due
from greenroom.scenario.explore.expected import Rules
from greenroom.scenario.explore.offence import Offence, settled
from greenroom.scenario.explore.shrink import Acts, shrink

RULES = Rules(admission=True)
LIVE, END = Act("go live", "Ada"), Act("end", "Ada")
GRACE, JOAN = Act("join", "Ada", ("Grace",)), Act("join", "Ada", ("Joan",))
AT_REST = Offence(Due("Ada's room is at rest", "E1"), "{host}'s room is at rest")


def shrunk(
    acts: Acts, shows: Callable[[Acts], bool], offence: Offence = AT_REST, over: Callable[[], bool] = lambda: False
) -> Acts:
    found, _ = shrink(
        acts,
        offence,
        sense=lambda acts, offence: settled(RULES, acts, offence),
        shows=lambda acts, offence: shows(acts),
        over=over,
    )
    return found


def kinds(acts: Acts) -> list[str]:
    return [act.kind for act in acts]


LONG = (
    Act("end again", "Ada"),
    Act("go live", "Mary"),
    LIVE,
    GRACE,
    JOAN,
    Act("leave", "Ada", ("Grace",)),
    Act("be away", "Ada"),
    Act("join", "Mary", ("Grace",)),
    GRACE,
    END,
)


def test_what_has_no_part_in_it_goes() -> None:
    assert shrunk(LONG, lambda acts: True) == (LIVE, END)


def test_what_has_a_part_in_it_stays() -> None:
    left = Act("leave", "Ada", ("Grace",))

    def somebody_left_and_came_back(acts: Acts) -> bool:
        return left in acts and GRACE in acts[acts.index(left) :]

    assert shrunk(LONG, somebody_left_and_came_back) == (LIVE, GRACE, left, GRACE, END)


def test_only_what_makes_sense_is_tried() -> None:
    tried: list[Acts] = []

    def shows(acts: Acts) -> bool:
        tried.append(acts)
        return True

    shrunk(LONG, shows)
    assert tried and all(settled(RULES, acts, AT_REST) for acts in tried)
    assert len(tried) == len(set(tried))


def test_what_is_wrong_stays_due() -> None:
    offence = Offence(Due("Joan is inside Ada's session", "A1"), "{another} is inside {host}'s session")
    acts = (LIVE, GRACE, JOAN, Act("be away", "Ada"), Act("leave", "Ada", ("Grace",)))
    assert shrunk(acts, lambda acts: True, offence) == (LIVE, GRACE, JOAN, acts[-1])


def test_the_host_is_ada_and_the_guest_grace() -> None:
    offence = AT_REST.of({"Ada": "Mary"})
    acts = (Act("go live", "Mary"), Act("join", "Mary", ("Joan",)), Act("end", "Mary"))
    assert shrunk(acts, lambda acts: len(acts) > 2, offence) == (LIVE, GRACE, END)


def test_what_happens_at_the_same_moment_becomes_one_after_the_other() -> None:
    offence = Offence(Due("Joan is inside Ada's session", "A1"), "")
    acts = (LIVE, Act("join together", "Ada", ("Grace", "Joan")), Act("leave", "Ada", ("Grace",)))
    assert shrunk(acts, lambda acts: True, offence) == (LIVE, GRACE, JOAN, acts[-1])


def test_a_race_stays_one_with_the_smallest_number() -> None:
    acts = (Act("go lives meet", "Ada", (), "5"),)
    offence = Offence(Due("Ada is live with exactly one open session", "C1"), "")
    assert shrunk(acts, lambda acts: acts[-1].kind == "go lives meet", offence) == (
        Act("go lives meet", "Ada", (), "2"),
    )


def test_a_whole_course_becomes_the_acts_in_it_that_matter() -> None:
    offence = Offence(Due("", "E3"), "invariant: nobody-left-inside", invariant="nobody-left-inside")
    acts = (Act("every deed tried", "Ada", (), "a guest"),)
    matters = {"end", "every deed tried"}
    assert kinds(shrunk(acts, lambda acts: not matters.isdisjoint(kinds(acts)), offence)) == ["go live", "end"]


def test_when_the_time_is_over_the_smallest_so_far_is_it() -> None:
    replays: list[Acts] = []

    def shows(acts: Acts) -> bool:
        replays.append(acts)
        return True

    found = shrunk(LONG, shows, over=lambda: len(replays) == 1)
    assert found == replays[0] and len(found) < len(LONG)
    assert shrunk(LONG, lambda acts: True, over=lambda: True) == LONG


@pytest.mark.parametrize("invariant", ["nobody-left-inside", "listing-once", "nothing-stuck", "one-room-a-host"])
def test_an_invariant_is_named_by_how_the_room_has_to_be(invariant: str) -> None:
    offence = Offence(Due("", "O1"), f"invariant: {invariant}", invariant=invariant)
    names = [found.due.text for acts in ((LIVE,), (LIVE, END)) if (found := settled(RULES, acts, offence))]
    assert len(names) == 2 and all("Ada" in name for name in names)
