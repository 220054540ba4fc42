"""An address and what a browser makes of it have one origin."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.origin import origin_of


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://127.0.0.1:8080/api/v1?x=1", "http://127.0.0.1:8080"),
        ("https://Staging.Example.org:443/rooms", "https://staging.example.org"),
        ("http://staging.example.org:443", "http://staging.example.org:443"),
        ("https://qa:secret@staging.example.org", "https://staging.example.org"),
        ("https://bühne.example/", "https://xn--bhne-0ra.example"),
        ("http://[::1]:3000/", "http://[::1]:3000"),
    ],
)
def test_origin(address: str, origin: str) -> None:
    assert origin_of(address) == origin
