"""Shards of a suite: together the suite, disjoint, the same everywhere, and about as long as each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.errors import GreenroomError
from greenroom.gherkin.shards import Part, divide, read_part

_IDS = st.lists(st.text("abcdef[]| ", min_size=1, max_size=8), min_size=1, max_size=60, unique=True)


@given(ids=_IDS, data=st.data())
def test_all_shards_together_are_the_suite_and_no_scenario_is_in_two(ids: list[str], data: st.DataObject) -> None:
    of = data.draw(st.integers(1, len(ids)))
    seconds = data.draw(st.dictionaries(st.sampled_from(ids), st.floats(0, 100)))
    division = divide(ids, of, seconds)
    assert sorted(id_ for shard in division.shards for id_ in shard) == sorted(ids)
    assert all(division.shards)
    assert divide(data.draw(st.permutations(ids)), of, seconds) == division


@given(ids=_IDS, data=st.data())
def test_without_times_every_shard_has_the_same_number(ids: list[str], data: st.DataObject) -> None:
    sizes = [len(shard) for shard in divide(ids, data.draw(st.integers(1, len(ids))), {}).shards]
    assert max(sizes) - min(sizes) <= 1


def test_times_balance_them_and_what_has_none_counts_as_the_middle_one() -> None:
    seconds = {"a": 12.0, **{f"s{number}": 1.0 for number in range(10)}}
    division = divide([*seconds, "new"], 2, seconds)
    assert sorted(map(len, division.shards)) == [1, 11] and {"a"} in division.shards
    assert division.digest != divide([*seconds, "new"], 2, {}).digest


def test_a_shard_with_nothing_to_run_is_refused_for_all_of_them() -> None:
    with pytest.raises(GreenroomError, match=r"2 scenarios can't be shared out to 3 shards"):
        divide(["a", "b"], 3, {})


def test_a_part_is_read() -> None:
    assert read_part("2/5") == Part(2, 5)


@pytest.mark.parametrize("text", ["0/5", "6/5", "2", "2/", "/5", "a/b", "-1/5", "2/5/6", "1.5/2", "٢/٥"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(GreenroomError) as refused:
        read_part(text)
    assert refused.value.code == "usage"
