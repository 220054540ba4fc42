"""A promise that a target is known to break: an entry of `[[known_failures]]`, documented in docs/targets.md."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

_Text = Annotated[str, StringConstraints(min_length=1)]
_Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]  # of a person; blanks are none


class KnownFailure(BaseModel):
    """What is reported and does not gate, until it expires."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    promise: str
    scenario: _Text  # its name; * stands for any letters
    reason: _Words
    ticket: _Words
    expires: date
    flaky: bool = False  # it fails now and then, and passes on a retry
