"""Tags that mean something here: a promise, a test of the plan, a capability that is needed, the browser.

One of these that does not exist is a typo, and would select or excuse nothing unseen. All other tags are free.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greenroom.gherkin.odd_letters import plain
from greenroom.targetfile.capabilities import CAPABILITIES

BROWSER = "browser"
NEEDS = "needs-"
PLAN_TESTS = ("T1", "T2", "T3", "T4")
"""The four tests of the plan."""
_CLOSE = 0.8


@dataclass(frozen=True)
class TagProblem:
    """A tag that names something which does not exist: what is wrong, and a hint."""

    message: str
    hint: str


def problems_of(tag: str, promises: Mapping[str, str], subjects: Mapping[str, str]) -> Iterator[TagProblem]:
    """What is wrong with a tag, if anything. `promises` are those of docs/promises.md, `subjects` their letters."""
    letter, number = tag[:1], tag[1:]
    if not tag:
        yield TagProblem("a tag without a name", "write its name right behind the @, or take the @ out")
    elif meant := _written_otherwise(tag, promises):
        yield TagProblem(f"there is no tag {tag!r} that means something here", f"did you mean @{meant}?")
    elif tag.startswith(NEEDS):
        capability = tag.removeprefix(NEEDS)
        if capability not in CAPABILITIES:
            yield TagProblem(f"there is no capability {capability!r}", _closest(capability))
    elif number.isdecimal() and letter == "T":
        if tag not in PLAN_TESTS:
            yield TagProblem(f"the plan has no test {tag}", f"its tests are {', '.join(PLAN_TESTS)}")
    elif number.isdecimal() and letter in subjects:
        if promises and tag not in promises:
            known = tuple(name for name in promises if name[0] == letter)
            yield TagProblem(f"there is no promise {tag}", f"of its subject there are {', '.join(known)}")
    elif tag != BROWSER and difflib.SequenceMatcher(None, tag.lower(), BROWSER).ratio() >= _CLOSE:
        yield TagProblem(f"there is no tag {tag!r} that means something here", f"did you mean @{BROWSER}?")


def _written_otherwise(tag: str, promises: Mapping[str, str]) -> str:
    """The tag that was meant where only its letters differ: in size, in script, or a stroke in another place."""
    same = plain(tag)
    capability = re.sub(r"^needs?[-_: ]?", "", same.lower()).replace("_", "-")
    if re.match(r"(?i)needs?", same) and capability in CAPABILITIES and tag != f"{NEEDS}{capability}":
        return f"{NEEDS}{capability}"
    known = (*promises, *PLAN_TESTS, BROWSER)
    return next((name for name in known if name.lower() == same.lower() and name != tag), "")


def _closest(capability: str) -> str:
    close = difflib.get_close_matches(capability, CAPABILITIES, n=1)
    return f"did you mean @{NEEDS}{close[0]}?" if close else f"known: {', '.join(CAPABILITIES)}"
