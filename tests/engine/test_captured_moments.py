"""Moments of a captured room: told as how long ago, and understood again."""

from __future__ import annotations

import datetime as dt

import pytest

from greenroom.scenario.captured.moments import from_words, in_words

NOW = dt.datetime(2026, 2, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds ago"),
        (1, "1 second ago"),
        (119, "119 seconds ago"),
        (120, "2 minutes ago"),
        (7_199, "119 minutes ago"),
        (7_261, "121 minutes ago"),
        (3 * 86_400, "72 hours ago"),
        (30 * 86_400, "30 days ago"),
        (-90, "in 90 seconds"),
        (-86_400, "in 1440 minutes"),
    ],
)
def test_told_to_the_unit_that_matters_and_understood(seconds: int, words: str) -> None:
    assert in_words(NOW - dt.timedelta(seconds=seconds), NOW) == words
    found = from_words(words, NOW)
    assert found is not None and abs((NOW - found).total_seconds() - seconds) < 61


@pytest.mark.parametrize("words", ["", "yesterday", "5 fortnights ago", "in 3 moons", "-3 hours ago", "3 hours"])
def test_other_words_are_none(words: str) -> None:
    assert from_words(words, NOW) is None
