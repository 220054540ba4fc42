"""A number on a page is read as people read it: in the digits of any script, and as a lower bound where + ends it."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.shown_number import ShownNumber, shown_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 people", ShownNumber(3)),
        ("nobody yet", ShownNumber(0)),
        ("", ShownNumber(0)),
        ("๑๒ คน", ShownNumber(12)),
        ("٤ أشخاص", ShownNumber(4)),
        ("9+ people", ShownNumber(9, or_more=True)),
        ("๙+ คน", ShownNumber(9, or_more=True)),
        ("99 + watching", ShownNumber(99, or_more=True)),
        ("> 10", ShownNumber(10, or_more=True)),
        ("5 watching, 20+ to come", ShownNumber(5)),
    ],
)
def test_the_first_number_counts(text: str, number: ShownNumber) -> None:
    assert shown_number(text) == number


def test_a_number_that_stops_counting_stands_for_all_from_there_on() -> None:
    assert [shown_number("9+").stands_for(count) for count in (8, 9, 10, 200)] == [False, True, True, True]
    assert [shown_number("9").stands_for(count) for count in (8, 9, 10)] == [False, True, False]
