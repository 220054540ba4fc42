"""What is behind the failures of a run: those that share what is wrong have one cause, which is told once.

How it is found out, so that a reader can follow it:

1. A failure says what failed (`wrong`), and what else was wrong with the rows at that moment (`also`). What was wrong
   before the step since which something fails may explain it (`_explains`), and so may an operation of that step which
   other failures show to be let in, where rows have changed that should not. So may what a visit has done to a room, as
   another failure shows (`consequences`).
2. Failures that nothing explains come first. What most of them share is a cause; those are taken away, and what most of
   the others share is the next one.
3. A failure that something explains belongs to the cause that explains it, else to the cause whose thing it shows
   itself. What is left makes causes of its own, by what explains it.

So a cause is never larger than what its scenarios show, and a second bug that shows alone anywhere is a second cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenroom.core.errors import What
from greenroom.core.verdict import CHARGED, RED, Verdict
from greenroom.record.events import ScenarioFinished, Wrong
from greenroom.reporting.consequences import Overreaches
from greenroom.reporting.failure_text import headline
from greenroom.reporting.promises import PromiseOrder
from greenroom.reporting.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class FailureCause:
    """One thing that is wrong, and what it did to the run."""

    what: What
    """Its subject, and how it is wrong; the failures of an older record have their headline and ""."""
    besides: tuple[What, ...]
    """What else is wrong in its scenarios."""
    since: tuple[str, ...]
    """The operations, or the steps, since which it is so; the most frequent first."""
    scenarios: tuple[ScenarioFinished, ...]
    """All that it made fail, the most telling first; then all that it blocked."""
    standing: Standing
    """The promises that it breaks, at most three, and those that it touches."""

    @property
    def title(self) -> str:
        """What is wrong, in one line: `rooms.session_id: not cleared`, `the operation end: broke`."""
        subject, how = self.what
        kind, _, name = subject.rpartition(":")
        kinds = {
            "operation": f"the operation {name}",
            "refusal": f"the refusal as {name}",
            "page": f"{name} on the page",
        }
        words = kinds.get(kind, subject)
        return f"{words}: {how}" if how else words

    @property
    def broken(self) -> tuple[str, ...]:
        """The promises that it breaks."""
        return self.standing.broken

    @property
    def touched(self) -> tuple[str, ...]:
        """The other promises whose scenarios it made fail or blocked."""
        return self.standing.touched

    @property
    def failed(self) -> tuple[ScenarioFinished, ...]:
        """The scenarios that failed, the most telling first."""
        return tuple(one for one in self.scenarios if one.verdict in RED)

    @property
    def blocked(self) -> tuple[ScenarioFinished, ...]:
        """The scenarios that could not be arranged."""
        return tuple(one for one in self.scenarios if one.verdict is Verdict.BLOCKED)


def causes_of(scenarios: Sequence[ScenarioFinished], order: PromiseOrder) -> tuple[FailureCause, ...]:
    """The causes behind the failed and blocked scenarios of a run, those with most scenarios first."""
    charged = [_Case(one, place) for place, one in enumerate(scenarios) if one.verdict in CHARGED]
    let_in = {
        what for case in charged for what in case.shows if what[0].startswith("operation:") and what[1] == _LET_IN
    }
    for case in charged:
        case.explained_by += [what for what in case.could_have_changed if what in let_in and what not in case.shows]
    overreaches = Overreaches([case.scenario for case in charged])
    for case in charged:
        case.explained_by += [what for what in overreaches.explaining(case.scenario) if what not in case.explained_by]
    groups: dict[What, list[_Case]] = {}
    _cover([case for case in charged if not case.explained_by], lambda case: case.shows, groups)
    later = [case for case in charged if case.explained_by]
    for look in (lambda case: case.explained_by, lambda case: case.shows):
        later = _join(later, look, groups)
    _cover(later, lambda case: case.explained_by, groups)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), min(case.place for case in group[1])))
    return tuple(_cause(what, cases, scenarios, order) for what, cases in ranked)


_LET_IN = "not refused"
_LONG_EXAMPLE = 60  # characters, of which a shorter example is easier to read


class _Case:
    """A failed or blocked scenario: what it shows itself, and what explains that."""

    def __init__(self, scenario: ScenarioFinished, place: int) -> None:
        self.scenario, self.place = scenario, place
        failure = scenario.failure
        wrong = list(failure.wrong) if failure else []
        self.shows = [(one.subject, one.how) for one in wrong] or [(headline(scenario), "")]
        also = failure.also if failure else []
        first = next((one for one in wrong if one.invariant), wrong[0]) if wrong else None
        self.explained_by = [(one.subject, one.how) for one in also if first is not None and _explains(one, first)]
        self.could_have_changed: list[What] = []
        if wrong and all(one.how == "changed" for one in wrong):
            self.could_have_changed = [(f"operation:{name}", _LET_IN) for name in wrong[0].operations]
        self.seen = [*wrong, *also]


def _explains(rows: Wrong, failed: Wrong) -> bool:
    """Whether rows that are wrong explain what failed.

    They were wrong before the step since which that fails; or since the same step, in the same part of the target, and
    what failed is something else than such rows: an expectation, what a page shows, how an operation ended. Only an
    operation that broke is no consequence of theirs.
    """
    shown = {"room", "attendance"} if failed.subject.startswith("page:End") else {_part(failed.subject)}
    same_part = _part(rows.subject) in shown
    if rows.since < failed.since:
        return same_part or _part(rows.subject) == "room"
    return same_part and not failed.invariant and failed.how != "broke"


def _part(subject: str) -> str:
    """A room with its sessions, who is inside, or the listing."""
    if subject.startswith(("listing", "page:listing")):
        return "listing"
    return "attendance" if subject.startswith("attendance") else "room"


def _cover(cases: list[_Case], look: Callable[[_Case], list[What]], groups: dict[What, list[_Case]]) -> None:
    """Take away again and again the cases that share what most of them have; the first seen where several are equal."""
    while cases:
        counts = Counter(what for case in cases for what in dict.fromkeys(look(case)))
        most = max(counts.values())
        what = next(what for case in cases for what in look(case) if counts[what] == most)
        groups.setdefault(what, []).extend(case for case in cases if what in look(case))
        cases = [case for case in cases if what not in look(case)]


def _join(cases: list[_Case], look: Callable[[_Case], list[What]], groups: dict[What, list[_Case]]) -> list[_Case]:
    """Put the cases to the groups that they belong to; the others."""
    left = []
    for case in cases:
        home = next((what for what in look(case) if what in groups), None)
        if home is None:
            left.append(case)
        else:
            groups[home].append(case)
    return left


def _cause(what: What, cases: list[_Case], scenarios: Sequence[ScenarioFinished], order: PromiseOrder) -> FailureCause:
    standing = standing_of(what, [case.scenario for case in cases], scenarios, order)

    def telling(case: _Case) -> tuple[bool, bool, bool, int, bool, float]:
        one = case.scenario
        direct = one.failure is not None and one.failure.promise in standing.broken
        is_long = len(" ".join(one.example.values())) > _LONG_EXAMPLE
        return one.verdict not in RED, what not in case.shows, not direct, len(one.steps), is_long, one.seconds

    ranked = sorted(cases, key=telling)
    besides = Counter(other for case in cases for other in case.shows if other != what)
    return FailureCause(
        what=what,
        besides=tuple(other for other, _ in besides.most_common()),
        since=tuple(_most_common_first([places for case in cases if (places := _since(what, case))])),
        scenarios=tuple(case.scenario for case in ranked),
        standing=standing,
    )


def _since(what: What, case: _Case) -> list[str]:
    """The operations of the step since which the case has it, or the step's text where none is known; nothing of what
    is wrong with an operation itself."""
    if what[0].startswith("operation:"):
        return []
    found = next((one for one in case.seen if (one.subject, one.how) == what), None)
    if found is None or not found.since or found.since > len(case.scenario.steps):
        return []
    step = case.scenario.steps[found.since - 1]
    return found.operations or [f"{step.keyword} {_outlined(step.text, case.scenario.example)}"]


def _outlined(text: str, example: Mapping[str, str]) -> str:
    """The text of a step as its outline has it: what differs from row to row makes it no other step."""
    for column, value in sorted(example.items(), key=lambda one: -len(one[1])):
        if len(value) > 1:
            text = text.replace(value, f"<{column}>")
    return text


def _most_common_first(places: list[list[str]]) -> list[str]:
    """As few places as account for all of them, those of most first; of several in one step the last, as what makes
    people and rooms comes before what they do."""
    found: list[str] = []
    while places:
        counts = Counter(place for some in places for place in some)
        found.append(max(reversed(counts), key=lambda place: counts[place]))
        places = [some for some in places if found[-1] not in some]
    return found


def broken_by(causes: Iterable[FailureCause], order: PromiseOrder) -> list[str]:
    """The promises that causes break."""
    return sorted({promise for cause in causes for promise in cause.broken}, key=order)


def touched_by(causes: Sequence[FailureCause], order: PromiseOrder) -> list[str]:
    """The promises that causes touch and none of them breaks."""
    return sorted({one for cause in causes for one in cause.touched} - {*broken_by(causes, order)}, key=order)
