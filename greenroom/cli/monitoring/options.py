"""The options of `greenroom monitor`, read and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.core.spans import seconds_of
from greenroom.drivers.heartbeat import check_heartbeat
from greenroom.targetfile.maintenance import Maintenance, read_maintenance


@dataclass(frozen=True)
class Options:
    """What was asked for. Times are seconds; `every_text` and `lasts_text` are how they were written."""

    every: float
    every_text: str
    lasts: float | None
    lasts_text: str
    once: bool
    canary: bool
    series: Path | None
    maintenance: tuple[Maintenance, ...]
    on_alert: str
    heartbeat: str
    nagios: bool
    listen: tuple[str, int] | None
    textfile: Path | None


def told_options(
    *,
    every: str,
    lasts: str,
    once: bool,
    canary: bool,
    series: Path | None,
    maintenance: Sequence[str],
    on_alert: str,
    heartbeat: str,
    nagios: bool,
    listen: str,
    textfile: Path | None,
) -> Options:
    """Raises GreenroomError (code "usage") for what can't be read, or contradicts itself."""
    if heartbeat:
        check_heartbeat(heartbeat)
    if once and lasts:
        raise GreenroomError("--once looks once: --for says for how long", hint="leave one out", code="usage")
    if once and listen:
        raise GreenroomError(
            "--once ends at once: nobody could ask --listen", hint="--textfile keeps the metrics", code="usage"
        )
    if textfile is not None and textfile.suffix != ".prom":
        raise GreenroomError(
            f"--textfile {textfile} is not read by the node exporter", hint="its name ends in .prom", code="usage"
        )
    try:
        windows = tuple(read_maintenance(text) for text in maintenance)
    except ValueError as error:
        raise GreenroomError(f"--maintenance {error}", code="usage") from None
    return Options(
        every=seconds_of(every, "--every"),
        every_text=every,
        lasts=seconds_of(lasts, "--for") if lasts else None,
        lasts_text=lasts,
        once=once,
        canary=canary,
        series=series,
        maintenance=windows,
        on_alert=on_alert,
        heartbeat=heartbeat,
        nagios=nagios,
        listen=_address(listen) if listen else None,
        textfile=textfile,
    )


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise GreenroomError(f"--listen {text!r} is no address", hint="for example 127.0.0.1:9500", code="usage")
    return host.strip("[]"), int(port)
