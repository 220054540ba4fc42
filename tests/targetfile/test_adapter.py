"""What TOML can't say, adapter.py says; what is wrong with it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import BadTarget
from greenroom.drivers.adapter import gateway_of
from greenroom.drivers.gateway import Gateway

_ONE = """
from greenroom.drivers.gateway import Gateway

class Mine(Gateway):
    def perform(self, name, operation, who, values):
        return super().perform(name, operation, who, {**values, "extra": "1"})
"""


def test_without_an_adapter_the_driver_is_the_plain_one(tmp_path: Path) -> None:
    assert gateway_of(tmp_path) is Gateway


def test_an_adapter_overrides_one_method(tmp_path: Path) -> None:
    (tmp_path / "adapter.py").write_text(_ONE)
    found = gateway_of(tmp_path)
    assert found.__name__ == "Mine" and issubclass(found, Gateway)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "0 subclasses of Gateway"),
        (_ONE + "\nclass Other(Gateway):\n    pass\n", "2 subclasses"),
        ("import nowhere_at_all", "ModuleNotFoundError"),
        ("def broken(:", "SyntaxError"),
    ],
)
def test_an_adapter_that_is_none_is_said(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "adapter.py").write_text(text)
    with pytest.raises(BadTarget, match=words):
        gateway_of(tmp_path)
