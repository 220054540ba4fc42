"""Which of the target's pages an address is."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.whereabouts import is_place

HOST = "https://rooms.example.test"


@pytest.mark.parametrize(
    ("address", "place", "same"),
    [
        ("/sign-in", "/sign-in", True),
        ("/sign-in/?next=/rooms/1", "/sign-in", True),
        ("/sign-in#email", "/sign-in/", True),
        ("/sign-in-again", "/sign-in", False),
        ("/#/sign-in?next=1", "/#/sign-in", True),
        ("/#/rooms/1", "/#/sign-in", False),
        ("/#!/rooms/", "/#!/rooms", True),
        ("/", "/#/sign-in", False),
        ("/?page=sign-in&next=1", "/?page=sign-in", True),
        ("/?page=room&id=1", "/?page=sign-in", False),
    ],
)
def test_a_place_is_told_by_path_route_and_what_is_asked_for(address: str, place: str, same: bool) -> None:
    assert is_place(HOST + address, HOST + place, with_host=True) is same


@pytest.mark.parametrize("with_host", [True, False])
def test_the_host_counts_where_pages_have_several(with_host: bool) -> None:
    assert is_place("https://other.example.test/rooms", f"{HOST}/rooms", with_host=with_host) is not with_host
