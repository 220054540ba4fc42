"""What nobody asked for is not loaded: a scenario over HTTP does not wait for a browser's driver."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.planted.copies import ROOT

EVERY_STEP = """
import importlib, pkgutil, sys, steps, fixtures.plugin
import greenroom.scenario.worker, greenroom.scenario.world
for one in pkgutil.walk_packages(steps.__path__, "steps."):
    importlib.import_module(one.name)
print(*sorted(name for name in sys.modules if name.partition(".")[0] in sys.argv[1:]))
"""


@pytest.mark.parametrize("library", ["playwright", "jwt", "jinja2", "hypothesis"])
def test_steps_and_their_world_do_not_load(library: str) -> None:
    words = [sys.executable, "-c", EVERY_STEP, library]
    loaded = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not loaded
