"""Starts the browser before anything else is imported: it takes its time, in which a thread imports the rest."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from greenroom.core.errors import BadFeature, BadTarget
from greenroom.drivers.web.browser import BrowserHost
from greenroom.gherkin.feature_folders import feature_files, is_feature
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.selection import Selection, candidates
from greenroom.relations.canonical import load_relations
from greenroom.targetfile.model import Target

_MODULES = (
    "pytest",
    "pytest_bdd.plugin",
    "pytest_timeout",
    "greenroom.scenario.world",
    "greenroom.reporting.html",
    "greenroom.reporting.terminal_live",
    "greenroom.reporting.terminal_summary",
)
"""What takes long to import in a run."""
_PLUGIN = "fixtures.plugin"
"""The plugin that pytest is given: it names its parts."""


def browser_needed(target: Target, selection: Selection, paths: Iterable[Path]) -> bool:
    """Whether a scenario that is selected in these feature files or folders needs a browser. Not where a file of theirs
    or of the target's can't be read: what is wrong with it is told, before anything is started, by whoever runs it."""
    if target.web is None:
        return False
    try:
        if target.database is not None:
            load_relations(target.folder / "relations.sql", elsewhere=target.shown_over_http)
        features = [read_feature(path) for path in _feature_files(paths)]
    except (BadTarget, BadFeature):
        return False
    every = (one for feature in features for one in candidates(feature))
    return any("browser" in one.case.tags and selection.selects(one) for one in every)


def start_early(target: Target, *, headed: bool, slow_mo: float = 0.0) -> BrowserHost | None:
    """The browser, which the caller must close, or None when it does not start: who needs it then will say why.

    It belongs to this thread, which can only wait for it; meanwhile another one imports what comes next.
    """
    import_module("playwright.sync_api")  # not beside the others: the browser can't begin before it is there
    imports = threading.Thread(target=_import_all, name="imports")
    browser = BrowserHost(target, headed=headed, slow_mo=slow_mo)
    imports.start()
    try:
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stderr(nowhere):  # as pytest has it later
            browser.start()
    except Exception:  # a driver that does not start included
        browser.close()
        return None
    except BaseException:
        browser.close()
        raise
    finally:
        imports.join()
    return browser


def _import_all() -> None:
    with contextlib.suppress(Exception):  # told by whoever needs it
        for name in (*_MODULES, *import_module(_PLUGIN).PARTS):
            import_module(name)


def _feature_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from feature_files(path) if path.is_dir() else [path] * is_feature(path)
