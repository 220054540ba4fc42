"""A person's browser: the pages that they look at, as drivers."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.drivers.web.faults import Faults
from greenroom.drivers.web.go_live_popup import GoLivePopup
from greenroom.drivers.web.listing_page import ListingPage
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.tab import Tab
from greenroom.drivers.web.viewer_page import ViewerPage


@dataclass
class Browser:
    """A person's browser: the pages as drivers, and trouble to cause there."""

    tab: Tab
    listing: ListingPage
    go_live: GoLivePopup
    viewer: ViewerPage
    faults: Faults

    def check_end_is_no_form(self) -> None:
        """Raises NotApplicable when an end that is to meet trouble is a form: its page is gone, and can say nothing."""
        self.faults.await_met("end")
        self.viewer.check_is_no_form()

    @staticmethod
    def of(tab: Tab) -> Browser:
        """The drivers over one tab."""
        requests = PageRequests(tab.target)
        return Browser(tab, ListingPage(tab), GoLivePopup(tab, requests), ViewerPage(tab), Faults(tab, requests))
