"""Who announces a host is what the file says, or what the capability stands for where it says nothing."""

from __future__ import annotations

import pytest

from greenroom.scenario.presence import by_call
from greenroom.targetfile.model import Target
from greenroom.targetfile.rooms import Channel, Presence
from greenroom.targetfile.soundness import problems


def target(*capabilities: str, operations: tuple[str, ...] = (), **said: list[Channel]) -> Target:
    """A target with these capabilities and operations, whose [presence] says so."""
    return Target.model_validate(
        {
            "name": "small",
            "environment": "disposable",
            "capabilities": list(capabilities),
            "addresses": {"gateway": "http://127.0.0.1:8600"},
            "people": {"source": "pool", "pool": [{"account_id": "ada"}]},
            "sign_in": {"scheme": "none", "headers": {}},
            "operations": {name: {"path": "/rooms/{room}"} for name in operations},
            "presence": said,
        }
    )


@pytest.mark.parametrize("what", ["flag", "inside"])
def test_left_out_it_is_the_call_and_the_page_where_presence_is_known_at_all(what: str) -> None:
    assert target("host-presence").announces(what) == {"call", "page"}  # type: ignore[arg-type]
    assert target().announces(what) == set()  # type: ignore[arg-type]


def test_what_is_said_counts() -> None:
    said = target("host-presence", flag=["go_live"], inside=[])
    assert said.announces("flag") == {"go_live"}
    assert said.announces("inside") == set()


def test_only_an_empty_list_says_that_there_never_is_any() -> None:
    assert (Presence().has_flag, Presence().has_rows) == (True, True)
    assert (Presence(flag=[]).has_flag, Presence(inside=[]).has_rows) == (False, False)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (target(flag=["page"]), "[presence] flag says page, and the capability 'host-presence' is not declared"),
        (target("host-presence", flag=[]), "[presence] flag is empty, and the capability 'host-presence' is declared"),
        (target(inside=["call"]), "[presence] inside says call, and there is no operation 'host_present'"),
        (target(operations=("host_present",), inside=["call"]), ""),
        (target(inside=["go_live"]), ""),
    ],
)
def test_what_contradicts_the_rest_of_the_file_is_told(said: Target, complaint: str) -> None:
    assert [problem.message for problem in problems(said)] == ([complaint] if complaint else [])


def test_a_call_is_asked_for_only_where_one_announces_hosts() -> None:
    assert by_call(target("host-presence"))
    assert by_call(target(operations=("host_present",), inside=["call"]))
    assert not by_call(target("host-presence", flag=["page"], inside=["go_live"]))
    assert not by_call(target())
