"""What was found, as a feature file in the steps that there are: one scenario, and how it came to be in comments."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.scenario.explore.act import SaidStep
from greenroom.scenario.explore.expected import Rules
from greenroom.scenario.explore.explorer import Suspicion
from greenroom.scenario.explore.repertoire import KINDS
from greenroom.scenario.explore.script import script

_WIDTH = 116
_SHOWN = re.compile(r"^\s*(expected|found|but|wrong)\s", re.MULTILINE)
_MOST_SHOWN = 6


@dataclass(frozen=True)
class Origin:
    """Where it was found: the target and all versions in words, and the options that explore the same again."""

    target: str
    versions: str
    day: str
    options: str


def fingerprint(found: Suspicion) -> str:
    """What findings have in common that are one: what is offended, and by which kinds of acts."""
    kinds = " > ".join(act.kind for act in found.acts)
    return hashlib.sha256(f"{found.offence.known_by} | {kinds}".encode()).hexdigest()[:8]


def file_name(found: Suspicion) -> str:
    """The file's name: the Then in short, and the fingerprint."""
    words = re.sub(r"[^a-z0-9]+", "-", found.offence.due.text.lower()).strip("-")
    return f"{words[:60].rstrip('-')}-{fingerprint(found)}.feature"


def feature_text(found: Suspicion, rules: Rules, origin: Origin, promises: Mapping[str, str], rate: str) -> str:
    """The text of the feature file. `rate` says how often it failed when it was run; "" for not yet."""
    offence, kinds = found.offence, [act.kind for act in found.acts]
    tags = dict.fromkeys(tag for act in found.acts for tag in KINDS[act.kind].tags)
    lines = _comments(found, origin, rate)
    lines += [f"@explored @found-{fingerprint(found)}", f"Feature: Found by exploring: {offence.due.text}"]
    lines += _wrapped(f"{offence.due.promise}: {promises.get(offence.due.promise, '')}", "  ")
    lines += ["", "  " + " ".join(f"@{tag}" for tag in (offence.due.promise, *tags))]
    lines.append(f"  Scenario: {', '.join(kinds[:-1])}{', then ' * bool(kinds[:-1])}{kinds[-1]}")
    lines += [f"    {line}" for line in _said(script(rules, found.acts, offence.due).steps)]
    return "\n".join(lines) + "\n"


def _comments(found: Suspicion, origin: Origin, rate: str) -> list[str]:
    offence, kinds = found.offence, ", ".join(act.kind for act in found.acts)
    told = [
        f"Found by greenroom explore on {origin.target}, {origin.day}: {origin.options}, "
        f"sequence {found.sequence}, act {len(found.walked)}. {origin.versions}.",
        f"Fingerprint {fingerprint(found)}: {offence.known_by}; after {kinds}.",
    ]
    lines = [line for text in told for line in _wrapped(text, "# ")]
    if rate:
        lines.append(f"# Run again, it failed {rate} times.")
    shown = [line.strip() for line in offence.message.splitlines() if _SHOWN.match(line)][:_MOST_SHOWN]
    return lines + [f"#   {line[: _WIDTH - 4]}" for line in shown]


def _said(steps: tuple[SaidStep, ...]) -> list[str]:
    lines, before = [], ""
    for step in steps:
        lines.append(f"{'And' if step.type == before else step.type.title()} {step.text}")
        before = step.type
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
