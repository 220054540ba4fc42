"""A browser that does not start is no fault of Greenroom's, and what is said of it can be acted on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from greenroom.core.errors import MissingTool
from greenroom.drivers.web.browser import BrowserHost
from greenroom.targetfile.model import Target


@pytest.fixture
def host() -> BrowserHost:
    given = {"name": "some", "environment": "shared", "addresses": {"gateway": "https://rooms.test"}}
    return BrowserHost(Target.model_validate(given | {"people": {"source": "pool"}, "operations": {}}))


def test_a_driver_that_ends_at_once_is_told_as_such(host: BrowserHost, monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> None:
        raise Exception("Connection closed while reading from the driver")  # noqa: TRY002: so does Playwright

    monkeypatch.setattr("playwright.sync_api.sync_playwright", lambda: SimpleNamespace(start=start))
    with pytest.raises(MissingTool, match="driver does not start: Connection closed") as found:
        host.start()
    assert "memory" in found.value.hint


@pytest.mark.integration
def test_a_folder_for_temporary_files_that_is_none_is_named(host: BrowserHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/nonexistent")
    with pytest.raises(MissingTool, match="does not start") as found:
        host.start()
    host.close()
    assert "TMPDIR" in found.value.hint
