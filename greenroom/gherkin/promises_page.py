"""Writes beside each promise of docs/promises.md the scenarios that check it, and on which channel.

`python -m greenroom.gherkin.promises_page` brings the page up to date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.core.project import FEATURES, PROMISES
from greenroom.gherkin.index import FeatureIndex, promises_of, read_feature

_PROMISE = re.compile(r"^- ([A-Z]\d{1,2}) ")
_ENTRY = "  - "


def with_scenarios(page: str, features: Sequence[FeatureIndex]) -> str:
    """The page of promises with its scenarios, generated anew; what stood there before is replaced."""
    found: dict[str, list[str]] = {}
    for feature in features:
        for scenario in feature.scenarios:
            tags = {tag for case in scenario.cases for tag in case.tags} | scenario.tags
            where = "page" if "browser" in tags else "HTTP"
            times = f", {len(scenario.cases)} cases" if len(scenario.cases) > 1 else ""
            for promise in promises_of(tags):
                found.setdefault(promise, []).append(f"{_ENTRY}{scenario.name} ({where}{times}; {feature.path.name})")
    lines: list[str] = []
    for line in page.splitlines():
        if line.startswith(_ENTRY):
            continue
        lines.append(line)
        sentence = _PROMISE.match(line)
        if sentence:
            lines += found.get(sentence.group(1), [])
    return "\n".join(lines) + "\n"


def main() -> None:
    """Bring docs/promises.md up to date."""
    features = [read_feature(path) for path in sorted(FEATURES.glob("*.feature"))]
    PROMISES.write_text(with_scenarios(PROMISES.read_text(encoding="utf-8"), features), encoding="utf-8")


if __name__ == "__main__":
    main()
