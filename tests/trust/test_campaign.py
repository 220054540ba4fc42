"""The campaign itself: the bugs don't hide one another, and it notices what is not as due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import new_process
from tests.trust.lane import Lane, Loop
from tests.trust.one_run import carry_out
from tests.trust.scenarios import SCENARIOS
from tests.trust.trouble import read_troubles

pytestmark = [pytest.mark.integration, pytest.mark.long, pytest.mark.xdist_group("trust")]


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


@pytest.mark.parametrize("key", SCENARIOS)
def test_scenario_is_red_for_its_own_bug_alone(key: str, loop: Loop, tmp_path: Path) -> None:
    """With all the other bugs planted it passes: whatever red it is in the campaign is its own."""
    others = tuple(one.bug for other, one in SCENARIOS.items() if other != key)
    with Lane(tmp_path, key.lower(), others, loop) as lane:
        ran = carry_out(lane, None, (key,), tmp_path / "reports")
    assert ran.scenarios[key].words == "passed"


def test_trouble_that_is_met_changes_the_verdict_and_is_counted(loop: Loop, tmp_path: Path) -> None:
    file = tmp_path / "troubles.toml"
    line = 'reset = { does = "resets", when = "the first request to end", due = "inconclusive", only = ["E4", "C4"] }'
    file.write_text(f"[gateway]\n{line}\n", encoding="utf-8")
    (trouble,) = read_troubles(file)
    with Lane(tmp_path, "one", (), loop) as lane:
        ran = carry_out(lane, trouble, trouble.scenarios, tmp_path / "reports")
    assert {key: seen.words for key, seen in ran.scenarios.items()} == {"E4": "inconclusive (reset)", "C4": "passed"}
    assert (ran.exit, dict(ran.met), ran.left) == (2, {"E4": 1}, 0)


def test_command_lists_and_refuses_unknown_names() -> None:
    listed = new_process("tests.trust", "--list", "clock")
    assert listed.code == 0 and "clock/hour-ahead" in listed.out and "gateway/" not in listed.out
    unknown = new_process("tests.trust", "weather")
    assert unknown.code == 3 and "there is no trouble called weather" in unknown.said
