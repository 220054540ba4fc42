"""A comparison as one page that needs nothing but itself, in the report's own form."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from greenroom.core.verdict import Exit
from greenroom.reporting.comparison.comparison import Comparison
from greenroom.reporting.comparison.times import RULE
from greenroom.reporting.comparison.transition import Compared, Transition
from greenroom.reporting.failure_text import headline
from greenroom.reporting.html_cards import ScenarioCard, card_of
from greenroom.reporting.html_pictures import Pictures
from greenroom.reporting.html_templates import assets, environment
from greenroom.reporting.naming import full_name

_STYLES = ("base.css", "top.css", "cards.css", "evidence.css", "comparison.css", "print.css")

LOOK: Final[Mapping[Transition, tuple[str, str]]] = MappingProxyType(
    {
        Transition.NEWLY_BROKEN: ("failed", "✕"),
        Transition.NO_LONGER_JUDGED: ("inconclusive", "?"),
        Transition.STILL_BROKEN: ("blocked", "⊘"),
        Transition.MENDED: ("unexpectedly-fixed", "↑"),
        Transition.NEWLY_JUDGED: ("known-failure", "•"),
        Transition.GONE: ("not-applicable", "−"),
        Transition.NEW: ("known-failure", "+"),
        Transition.JUDGED_IN_NEITHER: ("not-applicable", "–"),
        Transition.UNCHANGED: ("passed", "✓"),
    }
)
"""Transition -> the verdict whose colours it has, and its mark."""

MEANING: Final[Mapping[Transition, str]] = MappingProxyType(
    {
        Transition.NEWLY_BROKEN: "It held in the first run, and does not in the second.",
        Transition.NO_LONGER_JUDGED: "The first run could tell, the second could not.",
        Transition.STILL_BROKEN: "Broken in both.",
        Transition.MENDED: "It was broken in the first run, and holds in the second.",
        Transition.NEWLY_JUDGED: "The first run could not tell: whether anything changed is not known.",
        Transition.GONE: "The second run does not have it. This is no regression.",
        Transition.NEW: "The first run does not have it. Whatever its verdict, it is no regression.",
        Transition.JUDGED_IN_NEITHER: "Neither run could tell.",
        Transition.UNCHANGED: "It holds in both.",
    }
)

_LISTED = tuple(
    transition for transition in Transition if transition not in (Transition.NEWLY_BROKEN, Transition.UNCHANGED)
)


@dataclass(frozen=True, slots=True)
class Line:
    """A scenario of a list: what it is called, and what more there is to say of it."""

    compared: Compared
    name: str
    more: str


@dataclass(frozen=True, slots=True)
class CauseOnPage:
    """A cause of newly broken scenarios: the most telling one in full, and all with their evidence."""

    title: str
    since: tuple[str, ...]
    broken: tuple[str, ...]
    touched: tuple[str, ...]
    others: int
    cards: tuple[ScenarioCard, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """All that the page shows, but for the files."""

    it: Comparison
    tone: str
    """The class of the page: that of a run with the same exit code."""
    sign: str
    says: str
    counts: dict[Transition, int]
    causes: tuple[CauseOnPage, ...]
    besides: tuple[ScenarioCard, ...]
    lists: dict[Transition, tuple[Line, ...]]
    sentences: dict[str, str]


def write_page(it: Comparison, out: Path, folder: Path) -> None:
    """Write `it` as one page to the file `out`. `folder` is that of the second run, with the attachments of its record.
    Raises OSError when `out` can't be written."""
    way = os.path.relpath(folder.resolve(), out.resolve().parent)
    template = environment().get_template("comparison.html.j2")
    told = template.render(
        page=page_of(it),
        pictures=Pictures(folder, "" if way == "." else way),
        look=LOOK,
        transition_meaning=MEANING,
        rule=RULE,
        **assets(_STYLES, ("page.js",)),
    )
    out.write_text(told, encoding="utf-8", errors="replace")


def page_of(it: Comparison) -> ComparisonPage:
    """The page of `it`."""
    cards = {id(one): card_of(number, one) for number, one in enumerate(it.after.record.scenarios, 1)}
    tone, sign, says = _TOP[it.exit]
    return ComparisonPage(
        it=it,
        tone=tone,
        sign=sign,
        says=says,
        counts={transition: count for transition, count in it.counts.items() if count},
        causes=tuple(
            CauseOnPage(
                title=new.cause.title,
                since=new.cause.since,
                broken=new.cause.broken,
                touched=new.cause.touched,
                others=new.others,
                cards=tuple(cards[id(scenario)] for scenario in new.cause.scenarios),
            )
            for new in it.causes
        ),
        besides=tuple(cards[id(one.after)] for one in it.besides if id(one.after) in cards),
        lists={
            transition: tuple(_line(it, one) for one in it.of(transition))
            for transition in _LISTED
            if it.counts[transition]
        },
        sentences=dict(it.before.record.header.promises) | it.after.record.header.promises,
    )


_TOP = {
    Exit.CONFORMANT: ("conformant", "✓", "What held in the first run holds in the second."),
    Exit.NOT_CONFORMANT: ("not-conformant", "✕", "At least one promise that held in the first run does not hold now."),
    Exit.COULD_NOT_TELL: (
        "could-not-tell",
        "?",
        "Nothing was seen newly broken, but not all could be judged again.",
    ),
}


def _line(it: Comparison, one: Compared) -> Line:
    more = it.of_another_cause(one)
    if more:
        more = f"now of another cause: {more}"
    elif one.transition is Transition.NO_LONGER_JUDGED and one.after is None:
        more = "the second run did not get to it"
    elif one.after is not None and (one.after.failure is not None or one.after.note):
        more = headline(one.after)
    if one.moved_from:
        more = "; ".join(filter(None, (more, f"it was {one.moved_from}")))
    return Line(one, full_name(one.scenario), more)
