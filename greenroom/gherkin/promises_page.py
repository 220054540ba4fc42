"""Writes beside each promise of docs/promises.md the scenarios that check it, and on which channel.

`python -m greenroom.gherkin.promises_page` brings the page up to date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.core.project import FEATURES, PROMISES
from greenroom.gherkin.index import FeatureIndex, promises_of, read_feature
from greenroom.gherkin.looked_at import StepsCode, looked_at, table

_PROMISE = re.compile(r"^- ([A-Z]\d{1,2}) ")
_ENTRY = "  - "
_TABLE = "## What is looked at"
_ABOUT_THE_TABLE = """\
Read off the code of the steps: what the Thens of a promise look at, of rows by relation and column ("all": the rows are
compared as a whole); through what people act in its scenarios; for whom something is claimed, by the steps' words."""


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
        if line == _TABLE:
            break
        if line.startswith(_ENTRY):
            continue
        lines.append(line)
        sentence = _PROMISE.match(line)
        if sentence:
            lines += found.get(sentence.group(1), [])
    promises = [match.group(1) for line in lines if (match := _PROMISE.match(line))]
    looked = table(looked_at(features, StepsCode()), promises)
    return "\n".join(["\n".join(lines).rstrip(), "", _TABLE, "", _ABOUT_THE_TABLE, "", *looked]) + "\n"


def main() -> None:
    """Bring docs/promises.md up to date."""
    features = [read_feature(path) for path in sorted(FEATURES.glob("*.feature"))]
    PROMISES.write_text(with_scenarios(PROMISES.read_text(encoding="utf-8"), features), encoding="utf-8")


if __name__ == "__main__":
    main()
