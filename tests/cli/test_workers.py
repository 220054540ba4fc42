"""Runs in several processes that are no `greenroom run`: what is counted as a scenario, and what is not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fixtures.plugin.keys import RUN
from fixtures.plugin.xdist_hooks import pytest_xdist_node_collection_finished


@pytest.mark.parametrize(
    ("ids", "scenarios"),
    [
        (["features/end.feature::test_the_host_ends_the_room", "scenarios/test_end.py::test_the_host_ends"], 2),
        (["/elsewhere/bug.feature::test_s[1]", "tests/test_plain.py::test_reads[end.feature:12]"], 1),
        (["tests/test_plain.py::test_reads[end.feature]", "tests/test_plain.py::test_reads[end.feature::test_s]"], 0),
        (["x::y.feature::test_colons"], 1),
    ],
)
def test_a_scenario_is_told_from_a_test_by_its_file(ids: list[str], scenarios: int) -> None:
    begun: list[int] = []
    node = SimpleNamespace(config=SimpleNamespace(stash={RUN: SimpleNamespace(begin=begun.append)}))
    pytest_xdist_node_collection_finished(node, ids)
    assert begun == [scenarios]
