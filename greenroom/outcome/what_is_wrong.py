"""What is wrong, for machines: from the error that ended a scenario, and from what its rows looked like."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from greenroom.core.errors import BrokenPromise, What
from greenroom.core.verdict import Verdict
from greenroom.core.wording import claimed
from greenroom.record.evidence import Evidence, OpenStep
from greenroom.record.step import Wrong

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_UNUSABLE = re.compile(r"""no usable control (?:'(.+?)'|"(.+?)")(?:: .*)?$""")
_VARIES = re.compile(r"\b[\w-]*\d[\w.-]*\b|https?://\S+")  # ids, numbers, addresses
_CONTROLS: tuple[tuple[str, What], ...] = (
    (r"not see End Room", ("page:End Room", "offered")),
    (r"press End Room", ("page:End Room", "can't be pressed")),
    (r"see[s]? End Room", ("page:End Room", "not offered")),
    (r"going live should open|after the retry|should be live", ("page:Go Live", "does not open the viewer")),
    (r"admits the failure", ("page:End Room", "failure not admitted")),
    (r"shows no failure", ("page:End Room", "shown as failed")),
    (r"room has ended", ("page:End Room", "not said to have ended")),
    (r"in the listing|no longer sees|sees it as|not see it|sees one entry", ("page:listing", "")),
)
"""What the sentences about a page's controls come down to: who looks at it, and in which step, makes no difference."""


def failed_step(evidence: Evidence) -> OpenStep | None:
    """The step in which a scenario failed; None when it was after its last step."""
    for step in evidence.steps:
        if step.verdict is not Verdict.PASSED:
            return step
    return None


def wrong_of(
    error: BaseException,
    message: str,
    evidence: Evidence,
    names: Collection[str],
    operations_in: Callable[[OpenStep], list[str]],
) -> tuple[list[Wrong], list[Wrong]]:
    """What failed, and what else was wrong with the rows at that moment, each with the step since which it is so.

    `message` is what the failure says, without secrets. `names` are people, who are left out of sentences;
    `operations_in` names what was sent in a step.
    """
    step = failed_step(evidence)
    place = evidence.steps.index(step) + 1 if step is not None else len(evidence.steps)
    acted = [number for number, one in enumerate(evidence.steps[:place], 1) if one.type != "then"]

    def acting(number: int) -> int:
        """The last step up to that one that did something: what a Then finds later than that comes of it as well."""
        return max((one for one in acted if one <= number), default=0)

    rows = evidence.wrong_since

    def traced(what: What, since: int) -> Wrong:
        subject, how = what
        operations = operations_in(evidence.steps[since - 1]) if since else []
        return Wrong(subject=subject, how=how, invariant=what in rows, since=since, operations=operations)

    said = error.wrong if isinstance(error, BrokenPromise) else ()
    failed = list(said) or [what_is_said(message, names)]
    known = error.since if isinstance(error, BrokenPromise) else 0
    direct = [traced(what, known or acting(rows.get(what, place))) for what in failed]
    also = [traced(what, acting(since)) for what, since in rows.items() if what not in failed]
    return direct, also


def what_is_said(message: str, names: Collection[str] = ()) -> What:
    """What a message says is wrong, without what differs from scenario to scenario: people, ids, quoted words."""
    first = claimed(message.strip().partition("\n")[0])
    people = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if people:
        first = re.sub(rf"\b(?:{people})\b", "somebody", first)
    if unusable := _UNUSABLE.search(first):
        return f"page:{_VARIES.sub('…', unusable[1] or unusable[2])}", "can't be used"
    sentence = _VARIES.sub("…", _QUOTED.sub("…", first))
    for pattern, (subject, how) in _CONTROLS:
        if re.search(pattern, first):
            return subject, how or f"not so: {sentence}"
    return sentence or "an assertion failed", "not so"
