"""Plain `pytest` runs every scenario of every feature file, without a line of Python for it."""

from __future__ import annotations

from fixtures.plugin.bdd_internals import scenario_of
from greenroom.core.project import FEATURES
from greenroom.gherkin.index import read_feature
from scenarios import test_features as binding


class Item:
    """What pytest would make of a function of the module."""

    def __init__(self, obj: object) -> None:
        self.obj = obj


def test_every_scenario_is_bound_once() -> None:
    found = [scenario_of(Item(value)) for value in vars(binding).values()]
    bound = sorted((one.feature.filename, one.name) for one in found if one is not None)
    features = [read_feature(path) for path in FEATURES.rglob("*.feature")]
    assert len(features) >= 9
    assert bound == sorted((str(feature.path), one.name) for feature in features for one in feature.scenarios)
