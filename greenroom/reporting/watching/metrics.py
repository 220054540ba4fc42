"""A watch as Prometheus reads it: over HTTP, or as a file for the node exporter's textfile collector.

Every metric is there from the start, with zeros. Labels are few and have few values: an operation, a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from greenroom.core.errors import GreenroomError
from greenroom.record.series import Look
from greenroom.reporting.watching.history import RESULTS, Totals, result_of

_ROWS = (
    ("stuck_rooms", "greenroom_stuck_rooms", "Rooms that are not idle and have no open session of their own."),
    ("orphaned_sessions", "greenroom_orphaned_sessions", "Open sessions that no room points to."),
    ("falsely_listed", "greenroom_falsely_listed_rooms", "Rooms that are listed as live and are not."),
    ("unlisted_sessions", "greenroom_unlisted_rooms", "Rooms that are live and not listed."),
    ("broken_invariants", "greenroom_broken_invariant_rows", "OffendingRows that offend any other invariant."),
)
_QUANTILES = (("listing_delay_p50", "0.5"), ("listing_delay_p95", "0.95"))


class WatchMetrics(Collector):
    """The metrics of one watch, made of its totals when they are asked for."""

    def __init__(
        self, target: str, version: str, totals: Totals, operations: Sequence[str], figures: Sequence[str]
    ) -> None:
        """`operations` and `figures` are there before anything was seen of them."""
        self._target, self._version, self.totals = target, version, totals
        self._operations, self._figures = operations, figures
        self._known: dict[str, float] = {}
        for look in [totals.last] if totals.last is not None else []:
            self._know(look)
        self.registry = CollectorRegistry()
        self.registry.register(self)

    def looked(self, look: Look) -> None:
        """A look is over; it is in the totals already."""
        self._know(look)

    def write(self, path: Path) -> None:
        """Put them into the file in one move. Raises GreenroomError when it can't be written."""
        try:
            write_to_textfile(str(path), self.registry)
        except OSError as error:
            raise GreenroomError(
                f"{path} can't be written: {error.strerror}", hint="--textfile names a file in a writable folder"
            ) from None

    def listen(self, host: str, port: int) -> None:
        """Answer on that address until the process ends. Raises GreenroomError when it is taken."""
        try:
            start_http_server(port, host, self.registry)
        except OSError as error:
            raise GreenroomError(
                f"--listen {host}:{port}: {error.strerror}", hint="name a free port", code="cannot-listen"
            ) from None

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        last = self.totals.last
        yield _gauge("greenroom_info", "What is watched, and by which version.", ("target", "version"),
                     [((self._target, self._version), 1)])  # fmt: skip
        good = last is not None and result_of(last) == "good"
        yield _gauge("greenroom_probe_success", "Whether the last look could tell and found all in bounds.", (),
                     [((), float(good))])  # fmt: skip
        yield _gauge("greenroom_probe_duration_seconds", "How long the last look took.", (),
                     [((), last.seconds if last is not None else 0)])  # fmt: skip
        yield _gauge("greenroom_probe_last_success_timestamp_seconds", "When a look last was so; 0: never.", (),
                     [((), self.totals.last_success or 0)])  # fmt: skip
        yield _counter("greenroom_looks", "Looks by what they came to.", ("result",),
                       [((name.replace(" ", "_"),), self.totals.looks[name]) for name in RESULTS])  # fmt: skip
        for name, metric, about in _ROWS:
            yield _gauge(metric, about, (), [((), self._known.get(name, 0))])
        yield _gauge("greenroom_listing_delay_seconds", "How long changes take to be in the listing.", ("quantile",),
                     [((share,), self._known.get(name, 0)) for name, share in _QUANTILES])  # fmt: skip
        yield _counter("greenroom_go_lives", "Go Lives, those that were answered 409 included.", (),
                       [((), self.totals.go_lives)])  # fmt: skip
        yield _counter("greenroom_go_live_conflicts", "Go Lives that were answered 409.", (),
                       [((), self.totals.conflicts)])  # fmt: skip
        yield from self._of_operations()
        alarms = [] if last is None else [one.name for one in last.alarms]
        yield _gauge("greenroom_alarm", "Whether a figure is an alarm.", ("figure",),
                     [((name,), float(name in alarms)) for name in self._figures])  # fmt: skip

    def _of_operations(self) -> Iterator[Metric]:
        seen = self.totals.operations
        names = list(dict.fromkeys((*self._operations, *seen)))
        calls, wrong, took = (
            [((name,), float(getattr(seen[name], key)) if name in seen else 0.0) for name in names]
            for key in ("calls", "errors", "last")
        )
        label = ("operation",)
        yield _counter("greenroom_operations", "Operations that the canary tried.", label, calls)
        yield _counter("greenroom_operation_errors", "Those of them that went wrong.", label, wrong)
        yield _gauge("greenroom_operation_duration_seconds", "How long the last one took.", label, took)

    def _know(self, look: Look) -> None:
        self._known |= {one.name: one.found for one in look.figures if not one.of and one.found is not None}


Samples = Sequence[tuple[tuple[str, ...], float]]


def _gauge(name: str, about: str, labels: Sequence[str], samples: Samples) -> Metric:
    found = GaugeMetricFamily(name, about, labels=labels)
    for values, value in samples:
        found.add_metric(values, value)
    return found


def _counter(name: str, about: str, labels: Sequence[str], samples: Samples) -> Metric:
    found = CounterMetricFamily(name, about, labels=labels)
    for values, value in samples:
        found.add_metric(values, value)
    return found
