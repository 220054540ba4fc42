"""What a scenario is called in records, and what a whole suite is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from greenroom.gherkin.index import promises_of, row_of, shown
from greenroom.gherkin.selection import Selectable
from greenroom.record.events import Suite
from greenroom.record.same_scenarios import Known


def scenario_id(one: Selectable) -> str:
    """The id of a case: its feature file, its scenario's name as written, and its row of examples."""
    return f"{shown(one.feature.path)}::{one.scenario.name}{row_of(one.scenario, one.case)}"


def known_case(one: Selectable) -> Known:
    """The case as it is compared with recorded ones."""
    return Known(scenario_id(one), shown(one.feature.path), tuple(promises_of(one.case.tags)))


def suite_of(cases: Sequence[Selectable], target: str) -> Suite:
    """The suite that these cases are: the same for the same scenarios, whose feature files say the same. `target` is
    the digest of the target's files."""
    texts = {shown(one.feature.path): "\n".join(one.feature.lines) for one in cases}
    told = [*sorted(scenario_id(one) for one in cases), *(f"{path}\n{texts[path]}" for path in sorted(texts))]
    return Suite(digest=digest_of(told), target=target, scenarios=len(cases))


def digest_of(parts: Iterable[str]) -> str:
    """Twelve letters that are other ones wherever the parts are other ones."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(f"{len(part)}:{part}".encode(errors="surrogatepass"))
    return whole.hexdigest()[:12]
