"""One look as monitoring plugins tell it: one line with performance data, and their exit codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from greenroom.record.series import Look, WatchedFigure
from greenroom.reporting.watching.words import beside_bound

_SECONDS = ("listing_delay_p50", "listing_delay_p95", "operation_seconds")


class PluginState(IntEnum):
    """The exit codes of that world."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


def state_of(look: Look) -> PluginState:
    """An alarm is critical; what is out of bounds and no alarm yet is a warning; then what could not be told."""
    if look.alarms:
        return PluginState.CRITICAL
    if any(any(one.recent) for one in look.figures):
        return PluginState.WARNING
    return PluginState.OK if look.could_tell else PluginState.UNKNOWN


def line_of(look: Look) -> str:
    """The line: state, what is wrong, and after a bar every figure as performance data."""
    state = state_of(look)
    told = _told(look, state)
    data = " ".join(_data(look))
    return f"GREENROOM {state.name} - {_plain(told)}" + (f" | {data}" if data else "")


def line_of_error(message: str) -> str:
    """The line when there was no look at all."""
    return f"GREENROOM {PluginState.UNKNOWN.name} - {_plain(message)}"


def _told(look: Look, state: PluginState) -> str:
    match state:
        case PluginState.CRITICAL:
            return "; ".join(beside_bound(one) for one in look.alarms)
        case PluginState.WARNING:
            return "; ".join(beside_bound(one) for one in look.figures if any(one.recent))
        case PluginState.UNKNOWN:
            return "; ".join(look.could_not_tell)
    known = sum(one.found is not None for one in look.figures)
    maintenance = f", in maintenance ({look.maintenance})" if look.maintenance else ""
    return f"{known} figures within bounds{maintenance}"


def _data(look: Look) -> Iterator[str]:
    yield f"look={look.seconds:g}s;;;0"
    for one in look.figures:
        if one.found is not None:
            yield f"{_label(one)}={one.found:.6g}{_unit(one)};;{'' if one.bound is None else f'{one.bound:g}'};0"


def _label(figure: WatchedFigure) -> str:
    return f"{figure.name}_{figure.of}" if figure.of else figure.name


def _unit(figure: WatchedFigure) -> str:
    return "s" if figure.name in _SECONDS else ""


def _plain(text: str) -> str:
    """One line, without what separates the data."""
    return re.sub(r"\s+", " ", text).replace("|", "/").strip()
