"""The message of a claim that does not hold: what was expected, what was found, and since which step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from greenroom.claims.changed_rows import CHANGED
from greenroom.claims.fact import Fact
from greenroom.core.wording import expected_that
from greenroom.record.change_words import words_of_change
from greenroom.record.events import Change, Rows
from greenroom.record.evidence import Evidence, OpenStep
from greenroom.relations.canonical import RELATIONS
from greenroom.relations.state import Names, State, kind_of, show

_WIDE = 60
_UNSEEN = "?"  # a column that nobody shows
_SHORT_ID = re.compile(r"\b[0-9a-f]{8}…")  # an id among other words
_MOST_CHANGES = 4
_MOST_FOUND = 3
_LONG_ADDRESS = re.compile(r"https?://\S+(?=/[\w.-]+)")  # all but its last part: in the line below it stands in full


def broken(sentence: str, facts: Sequence[Fact], evidence: Evidence | None, *, waited: float, deadline: str) -> str:
    """The message: its first line has the sentence that should hold and what was found in its place. With `evidence` it
    names the step after which the rows last changed."""
    facts = [fact for fact in facts if fact.seen]
    lines = [_headline(sentence, [fact for fact in facts if not fact.holds])]
    if all(len(fact.expected) + len(fact.found) < _WIDE for fact in facts):
        lines.append("  expected  " + _side_by_side(facts, [fact.expected for fact in facts]))
        lines.append("  found     " + _side_by_side(facts, [fact.found for fact in facts]) + _after(waited, deadline))
        wrong = [fact.name for fact in facts if not fact.holds]
        if 0 < len(wrong) < len(facts):
            lines.append(f"  wrong     {', '.join(wrong)}")
    else:
        for fact in facts:
            if not fact.holds:
                name = f"{fact.name}: " if fact.name else ""
                lines += [f"  expected  {name}{fact.expected}", f"  found     {name}{fact.found}"]
        lines[-1] += _after(waited, deadline)
    since = _since(evidence, facts) if evidence is not None else ""
    if since:
        lines.append(f"  since     {since}")
    if evidence is not None and (idle := _without_effect(evidence)):
        lines.append(f"  effect    {idle}")
    return "\n".join(lines)


def _headline(sentence: str, wrong: Sequence[Fact]) -> str:
    told = [_LONG_ADDRESS.sub("…", f"{fact.name} {fact.found}".strip()) for fact in wrong]
    short = [one if len(one) <= _WIDE else one[: _WIDE - 1].rstrip() + "…" for one in told[:_MOST_FOUND] if one]
    more = f" and {len(told) - _MOST_FOUND} more" if len(told) > _MOST_FOUND else ""
    return expected_that(sentence, ", ".join(short) + more)


def named(facts: Sequence[Fact], names: Names) -> list[Fact]:
    """The same facts, with ids that are known shown by name. A short one may be anything's: there it takes
    a fact that is about such an id."""
    long = {show(id_): name for (_, id_), name in names.items() if show(id_) != id_}
    known = {(kind, show(id_)): name for (kind, id_), name in names.items()}

    def shown(fact: Fact, text: str) -> str:
        whole = known.get((kind_of(fact.about.rpartition(".")[2]), text)) or long.get(text)
        return whole or _SHORT_ID.sub(lambda found: long.get(found[0], found[0]), text)

    return [replace(fact, expected=shown(fact, fact.expected), found=shown(fact, fact.found)) for fact in facts]


def rows_of(state: State, names: Names) -> list[Rows]:
    """All rows of a state as the record holds them, with ids that are known shown by name."""
    return [
        Rows(
            relation=relation,
            columns=list(columns),
            rows=[
                [show(row[column], names, column) if column in row else _UNSEEN for column in columns]
                for row in state.all(relation)
            ],
        )
        for relation, columns in RELATIONS.items()
        if relation in state.sees and state.all(relation)
    ]


def expected_text(facts: Sequence[Fact]) -> str:
    """All expectations in one line."""
    return "   ".join(f"{fact.name} {fact.expected}" for fact in facts if fact.seen)


def found_text(facts: Sequence[Fact]) -> str:
    """All findings in one line."""
    return "   ".join(f"{fact.name} {fact.found}" for fact in facts if fact.seen)


def unseen_of(facts: Sequence[Fact]) -> list[str]:
    """What the claim is about and nobody shows."""
    return list(dict.fromkeys(fact.name for fact in facts if not fact.seen))


def _side_by_side(facts: Sequence[Fact], values: Sequence[str]) -> str:
    widths = [max(len(fact.expected), len(fact.found)) for fact in facts]
    return "   ".join(
        f"{fact.name} {value:<{width}}" for fact, value, width in zip(facts, values, widths, strict=True)
    ).rstrip()


def _after(waited: float, deadline: str) -> str:
    return f"      (after {waited:.1f} s of {deadline})" if deadline else ""


def _deciding_step(evidence: Evidence, facts: Sequence[Fact]) -> tuple[OpenStep, int] | None:
    """The last step after which rows had changed, with its number; of rows that should not have changed the last step
    that did just that."""
    wrong = _kept_wrongly(facts)
    did_it = evidence.last_change(lambda change: _nearness(change, wrong) == 0) if wrong else None
    return did_it or evidence.last_change()


def _without_effect(evidence: Evidence) -> str:
    """The last thing that somebody did, where rows have changed before it and none has since: what it should have done
    was not done at all."""
    last = evidence.last_change()
    acted = [(number, step) for number, step in enumerate(evidence.steps, 1) if step.type == "when"]
    if evidence.current.type != "then" or last is None or not acted or acted[-1][0] <= last[1]:
        return ""
    number, step = acted[-1]
    return f"none: step {number}  {step.keyword} {step.text}      has changed no row that is shown"


def changed_in(evidence: Evidence, facts: Sequence[Fact]) -> int:
    """The number of the step that changed rows which should not have changed; 0 where it is something else that is
    wrong, or where no step shows it."""
    wrong = _kept_wrongly(facts)
    did_it = evidence.last_change(lambda change: _nearness(change, wrong) == 0) if wrong else None
    return did_it[1] if did_it else 0


def _kept_wrongly(facts: Sequence[Fact]) -> list[Fact]:
    wrong = [fact for fact in facts if fact.seen and not fact.holds]
    return wrong if all(fact.wrong == CHANGED for fact in wrong) else []


def _since(evidence: Evidence, facts: Sequence[Fact]) -> str:
    """The deciding step with its changes, those that the failure is about first: among many others they would not be
    seen."""
    last = _deciding_step(evidence, facts)
    if last is None:
        return ""
    wrong, (step, number) = [fact for fact in facts if not fact.holds], last
    changes = sorted(step.changes, key=lambda change: _nearness(change, wrong))
    told = [words_of_change(change, step.changes) for change in changes[:_MOST_CHANGES]]
    more = f", and {len(changes) - _MOST_CHANGES} more" if len(changes) > _MOST_CHANGES else ""
    return f"step {number}  {step.keyword} {step.text}      {', '.join(told)}{more}"


def _nearness(change: Change, wrong: Sequence[Fact]) -> int:
    """How near a change is to what is wrong, 0 for the nearest: the row that is named, the column, the relation."""
    about = {fact.about for fact in wrong}
    if any(fact.about.startswith(change.relation) and change.key in fact.found + fact.expected for fact in wrong):
        return 0
    if f"{change.relation}.{change.field}" in about:
        return 1
    return 2 if change.relation in {one.partition(".")[0] for one in about} else 3
