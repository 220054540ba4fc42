"""The scenarios that are run under each trouble, and the planted bug that each of them catches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from greenroom.core.project import FEATURES, ROOT
from greenroom.gherkin.index import read_feature


@dataclass(frozen=True, slots=True)
class Catching:
    """A scenario of a feature file, and the bug that it finds where that is planted."""

    feature: str
    name: str
    bug: str


SCENARIOS: Mapping[str, Catching] = {
    "R2": Catching(
        "stuck_room", "the host goes live from a room stuck in lobby with an ended session", "recovery_forgets_people"
    ),
    "E4": Catching("end_persistence", "the entry follows the end", "end_forgets_listing"),
    "H4": Catching("host_after_refresh", "a guest opens and reloads the room", "guest_offered_end_room"),
    "L2": Catching("listing_sync", "the session goes from a page that is open", "ended_cards_stay"),
    "C4": Catching("many_at_once", "the request is repeated", "idempotency_key_ignored"),
    "S2": Catching("strangers", "somebody with an expired token tries to end the room", "expired_token_accepted"),
    "S1": Catching("strangers", "Grace tries to end the room", "rooms_writable_by_members"),
}
"""By the promise that the bug breaks. R2, H4 and L2 are caught in the browser, S1 through the data API."""


def places(keys: Iterable[str]) -> dict[str, str]:
    """The key of each scenario by its place, as "features/x.feature:12". Raises BadFeature or LookupError."""
    found: dict[str, str] = {}
    for key in keys:
        catching = SCENARIOS[key]
        feature = read_feature(FEATURES / f"{catching.feature}.feature")
        cases = [case for scenario in feature.scenarios for case in scenario.cases if case.name == catching.name]
        if len(cases) != 1:
            raise LookupError(f"{catching.feature}.feature has {len(cases)} scenarios called {catching.name!r}")
        found[f"{feature.path.relative_to(ROOT)}:{cases[0].line}"] = key
    return found
