"""The gateway can be restarted."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import BadTarget, Inconclusive
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import MEMBERS


@doctor_check(CheckSubject.CAPABILITIES, "restart", needs=(MEMBERS,))
def check_restart(examination: Examination) -> Iterator[Finding]:
    """The gateway restarts, and answers again."""
    launch = examination.target.launch
    if launch is None or "restart-gateway" not in launch.controls or not examination.target.can("restart"):
        return
    worker = examination.world.worker
    try:
        worker.control("restart-gateway")
        worker.probe()
    except (Inconclusive, BadTarget) as error:
        where = examination.where("launch", "controls")
        examination.observed["restart"] = False
        yield wrong("restart", f"{where}: {error}", "[launch] controls, or a longer [deadlines] restart")
        return
    examination.observed["restart"] = True
    yield ok("restart", f"within {examination.target.deadlines.restart:g} s")
