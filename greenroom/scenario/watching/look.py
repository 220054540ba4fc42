"""One look: the audit, the gateway's log, the canary, and what they come to."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from contextlib import closing

import psycopg

from greenroom.claims.watching.alarm import Alarm
from greenroom.claims.watching.figures import judged
from greenroom.claims.watching.log import GoLiveLog
from greenroom.claims.watching.rows import look_at_rows
from greenroom.claims.watching.seen import AuditSeen, LookSeen
from greenroom.claims.watching.window import WindowPart
from greenroom.core.errors import BrokenPromise, GreenroomError, Inconclusive, NotApplicable
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.record.series import CanarySeen, Look, Silence
from greenroom.record.times import instant
from greenroom.scenario.watching.canary import send_canary
from greenroom.scenario.watching.subject import Subject
from greenroom.targetfile.maintenance import Maintenance


class Looker:
    """Looks at one target, again and again."""

    def __init__(self, subject: Subject, maintenance: Sequence[Maintenance]) -> None:
        self._subject, self._maintenance = subject, maintenance
        self._log = GoLiveLog(subject.logs, subject.folder) if GoLiveLog.is_named(subject.logs) else None
        self._number = int(time.time())  # another process goes on with other numbers

    def look(self, at: dt.datetime, earlier: Sequence[Look], tell: Callable[[str], object]) -> Look:
        """One look, after `earlier` ones of the same watch; `tell` is told what it is doing.

        Nothing that the target does ends a watch: what can't be told is said in the look.
        """
        began = time.monotonic()
        before = earlier[-1] if earlier else None
        seen = self._see(before, tell)
        window = next((one for one in self._maintenance if one.covers(at)), None)
        figures = judged(
            seen,
            self._subject.watch,
            at.timestamp(),
            before=before.figures if before is not None else (),
            earlier=[WindowPart(one.canary, one.log) for one in self.in_window(earlier, at) if not one.maintenance],
            maintenance=window is not None,
        )
        return Look(
            event="look",
            at=written(at),
            seconds=round(time.monotonic() - began, 4),
            could_not_tell=[self._subject.redactor.text(why) for why in seen.could_not_tell],
            maintenance=window.text if window is not None else "",
            documented_stuck=seen.audit.documented_stuck if seen.audit is not None else None,
            canary=seen.canary,
            log=seen.log,
            figures=figures,
            silence=self._silence(before, at, could_tell=not seen.could_not_tell, judged=window is None),
        )

    def in_window(self, looks: Sequence[Look], at: dt.datetime) -> list[Look]:
        """Those of the looks that lie in the window before `at`."""
        since = at - dt.timedelta(minutes=self._subject.watch.window)
        found = []
        for look in reversed(looks):
            moment = instant(look.at)
            if moment is None or moment < since:
                break
            found.append(look)
        return found[::-1]

    def _silence(self, before: Look | None, at: dt.datetime, *, could_tell: bool, judged: bool) -> Silence:
        was = before.silence if before is not None else Silence()
        rule = self._subject.watch.rule("")
        now = Alarm(was.lasting, tuple(was.recent), was.turning_since).after(
            at.timestamp(), not could_tell if judged else None, rule
        )
        return Silence(lasting=now.raised, recent=list(now.recent), turning_since=now.turning_since)

    def _see(self, before: Look | None, tell: Callable[[str], object]) -> LookSeen:
        unclear: list[str] = []
        audit = canary = None
        position = self._position(before)
        if self._subject.database is not None:
            tell("the audit")
            try:
                audit = self._audit()
            except (Inconclusive, GreenroomError) as error:
                unclear.append(f"audit: {error.message}")
        if not self._subject.no_canary:
            tell("the canary")
            canary = self._canary(unclear)
        log = None
        if self._log is not None:  # last, so that the canary's own lines are in it
            log = self._log.look(position)
            if log.could_not_tell:
                unclear.append(f"log: {log.could_not_tell}")
            clean = self._subject.redactor.text
            log = log.model_copy(update={"lines": [clean(line) for line in log.lines]})
        return LookSeen(audit, canary, log, tuple(unclear))

    def _position(self, before: Look | None) -> str:
        """From where on the log counts: where the look before came to, else where it ends now."""
        if before is not None and before.log is not None:
            return before.log.position
        return self._log.look("").position if self._log is not None else ""

    def _audit(self) -> AuditSeen:
        subject = self._subject
        assert subject.database is not None
        database = ReadOnlyDatabase(subject.database.dsn, subject.folder, writable=False, elsewhere=subject.elsewhere)
        with closing(database), database.one_look():
            database.check_relations()
            return look_at_rows(database)

    def _canary(self, unclear: list[str]) -> CanarySeen | None:
        self._number += 1
        try:
            seen = send_canary(self._subject.worker(), self._number)
        except (Inconclusive, GreenroomError) as error:
            unclear.append(f"canary: {error.message}")
            return None
        except (NotApplicable, BrokenPromise, psycopg.Error) as error:
            unclear.append(f"canary: {error}")
            return None
        clean = self._subject.redactor.text
        operations = [one.model_copy(update={"said": clean(one.said)}) for one in seen.operations]
        if seen.could_not_tell:
            unclear.append(f"canary: {seen.could_not_tell}")
        return seen.model_copy(update={"operations": operations, "could_not_tell": clean(seen.could_not_tell)})


def written(moment: dt.datetime) -> str:
    """A moment as a series has it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
