"""The message of a claim that does not hold: what was expected, what was found, and since which step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from greenroom.claims.fact import Fact
from greenroom.record.events import Rows
from greenroom.record.evidence import Evidence
from greenroom.relations.canonical import RELATIONS
from greenroom.relations.state import Names, State, kind_of, show

_WIDE = 60
_UNSEEN = "?"  # a column that nobody shows


def broken(claim: str, facts: Sequence[Fact], evidence: Evidence | None, *, waited: float, deadline: str) -> str:
    """The message. With `evidence` it names the step after which the rows last changed."""
    lines, facts = [claim], [fact for fact in facts if fact.seen]
    if all(len(fact.expected) + len(fact.found) < _WIDE for fact in facts):
        lines.append("  expected  " + _side_by_side(facts, [fact.expected for fact in facts]))
        lines.append("  found     " + _side_by_side(facts, [fact.found for fact in facts]) + _after(waited, deadline))
    else:
        for fact in facts:
            if not fact.holds:
                name = f"{fact.name}: " if fact.name else ""
                lines += [f"  expected  {name}{fact.expected}", f"  found     {name}{fact.found}"]
        lines[-1] += _after(waited, deadline)
    wrong = [fact.name for fact in facts if not fact.holds]
    if 0 < len(wrong) < len(facts):
        lines.append(f"  wrong     {', '.join(wrong)}")
    since = _since(evidence) if evidence is not None else ""
    if since:
        lines.append(f"  since     {since}")
    return "\n".join(lines)


def named(facts: Sequence[Fact], names: Names) -> list[Fact]:
    """The same facts, with ids that are known shown by name. A short one may be anything's: there it takes
    a fact that is about such an id."""
    long = {show(id_): name for (_, id_), name in names.items() if show(id_) != id_}
    known = {(kind, show(id_)): name for (kind, id_), name in names.items()}

    def shown(fact: Fact, text: str) -> str:
        return known.get((kind_of(fact.about.rpartition(".")[2]), text)) or long.get(text, text)

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


def _since(evidence: Evidence) -> str:
    last = evidence.last_change()
    if last is None:
        return ""
    step, number = last
    changes = []
    for change in step.changes[:4]:
        what = f"{change.relation}.{change.field}" if change.field else change.relation
        if change.field:
            changes.append(f"{what}: {change.before} -> {change.after}")
        else:
            changes.append(f"{what}: {'gone' if change.after is None else 'new'} {change.key}")
    more = f", and {len(step.changes) - 4} more" if len(step.changes) > 4 else ""
    return f"step {number}  {step.keyword} {step.text}      {', '.join(changes)}{more}"
