"""A page that says by its status that there is nothing for a visitor: right of what is not public, and else unknown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.drivers.web.loading import HIDES, check_opened
from greenroom.drivers.web.viewer_page import ViewerPage
from greenroom.people.person import Person
from greenroom.scenario.hidden_rooms import open_room


def world(*, hides: bool, signed_in: bool) -> Any:
    tab = SimpleNamespace(hides=hides, is_signed_in=signed_in, there=lambda: "404")
    browser = SimpleNamespace(tab=tab, viewer=SimpleNamespace(open=lambda _: None))
    return SimpleNamespace(browsers=SimpleNamespace(of=lambda _: browser))


def host(hidden: str) -> Person:
    person = Person("Ada", None)
    person.session_id, person.hidden = "s1", hidden
    return person


@pytest.mark.parametrize(
    ("hides", "signed_in", "hidden"), [(True, False, "s1"), (False, False, ""), (True, True, ""), (False, True, "s1")]
)
def test_what_is_not_public_may_be_hidden(hides: bool, signed_in: bool, hidden: str) -> None:
    open_room(world(hides=hides, signed_in=signed_in), Person("Nemo", None), host(hidden))


@pytest.mark.parametrize("hidden", ["", "an earlier one"])
def test_nobody_knows_whether_what_is_public_may_be_hidden(hidden: str) -> None:
    with pytest.raises(Inconclusive):
        open_room(world(hides=True, signed_in=False), Person("Nemo", None), host(hidden))


@pytest.mark.parametrize(("signed_in", "is_another"), [(False, True), (True, False)])
def test_a_visitors_hidden_room_is_not_waited_for(signed_in: bool, is_another: bool) -> None:
    tab = SimpleNamespace(hides=True, is_signed_in=signed_in, was_sent_to_sign_in=lambda: False)
    viewer = ViewerPage.__new__(ViewerPage)
    cast(Any, viewer)._tab = tab
    assert cast(Any, viewer)._is_not_for_visitors() is is_another


def test_a_page_that_failed_is_not_hidden() -> None:
    assert 500 not in HIDES
    check_opened(404, "http://x")
    with pytest.raises(BrokenPromise):
        check_opened(500, "http://x")
