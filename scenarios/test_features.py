"""Binds every feature file below features/ to pytest, once the lint lets it: a new one needs nothing here."""

from pytest_bdd import scenarios

from fixtures.plugin.feature_files import linted
from greenroom.core.project import FEATURES
from greenroom.gherkin.feature_folders import feature_files

for path in feature_files(FEATURES):
    scenarios(str(linted(path).path))
