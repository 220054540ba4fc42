"""The troubles that a page's request can meet on purpose, in the words of the features."""

from __future__ import annotations

from typing import Literal, get_args

Trouble = Literal[
    "answers 429",
    "answers 500",
    "answers 502",
    "answers 503",
    "answers 520",
    "answers 200 with another page",
    "refuses the connection",
    "breaks off the connection",
    "never answers",
    "loses its answer",
    "takes too long for its proxy",
    "is slow",
    "answers late",
]
TROUBLES: tuple[Trouble, ...] = get_args(Trouble)
