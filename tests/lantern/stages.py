"""The states of a studio and of a broadcast, and how they belong together."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Stage(StrEnum):
    """A studio's state, as the database and the API name it."""

    REST = "ruhend"
    ANNOUNCED = "geplant"
    DOORS = "einlass"
    ON_AIR = "sendung"
    OVER = "beendet"
    CALLED_OFF = "abgesagt"


class Air(IntEnum):
    """A broadcast's state. What is below `CALLED_OFF` is open."""

    ANNOUNCED = 0
    DOORS = 1
    ON_AIR = 2
    CALLED_OFF = 8
    OVER = 9

    @property
    def open(self) -> bool:
        """Whether it is neither over nor called off."""
        return self < Air.CALLED_OFF

    @property
    def stage(self) -> Stage:
        """The stage of a studio that is in this state."""
        return Stage[self.name]
