"""What several tests of the engine share: a browser for small pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # tests without a page do not wait for the import of a browser's driver
    from greenroom.drivers.web.browser import BrowserHost


@pytest.fixture(scope="module")
def host() -> Iterator[BrowserHost]:
    """A browser for the small pages of a file of tests."""
    from greenroom.drivers.web.browser import BrowserHost
    from tests.support.http_server import answers, serving
    from tests.support.small_page import target_of

    with serving(answers()) as server:
        browser = BrowserHost(target_of(server, server))
        yield browser
        browser.close()
