"""What can be told to be wrong with `[protection]` by reading it alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from greenroom.targetfile.protection import Protection

BEARER = {"Authorization": "Bearer {token}"}
ADDRESSES = {"gateway": "https://api.greenroom.test", "web": "http://pages.greenroom.test"}
FOLDER = Path(__file__).parent
HERE = Path(__file__).name


@pytest.mark.parametrize(
    ("protection", "key", "words"),
    [
        ({"services": ["pages"], "headers": {"X": "y"}}, "services", "unknown service 'pages'"),
        ({"services": ["web"]}, "", "lets nobody through"),
        ({"user": "qa", "password": "p"}, "", "both send Authorization"),
        ({"headers": {"authorization": "Bearer edge"}}, "", "both send authorization"),
        ({"certificate": "gone.pem"}, "certificate", "there is no file gone.pem"),
        ({"certificate": HERE, "key": "gone.key"}, "key", "there is no file gone.key"),
        ({"certificate": HERE, "services": ["web"]}, "certificate", "none of the protected addresses is one of TLS"),
    ],
)
def test_what_is_wrong(protection: dict[str, Any], key: str, words: str) -> None:
    ((found, message, hint),) = Protection.model_validate(protection).problems(ADDRESSES, BEARER, FOLDER)
    assert found == key and words in message and hint


@pytest.mark.parametrize(
    "protection",
    [
        {},
        {"headers": {"X": "y"}},
        {"cookies": {"a": "b"}},
        {"user": "qa", "password": "p", "services": ["web"]},
        {"certificate": HERE},
    ],
)
def test_what_is_right(protection: dict[str, Any]) -> None:
    assert not list(Protection.model_validate(protection).problems(ADDRESSES, BEARER, FOLDER))
