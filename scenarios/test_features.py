"""Binds every feature file below features/ to pytest, once the lint lets it: a new one needs nothing here."""

from pytest_bdd import scenarios

from fixtures.plugin.feature_files import linted
from greenroom.core.project import FEATURES

for path in sorted(FEATURES.rglob("*.feature")):
    scenarios(str(linted(path).path))
