"""Signing in as a person does who has a page open: by its links and the form, and nothing is loaded by its address."""

from __future__ import annotations

from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.web.tab import Tab


def sign_in_from_here(tab: Tab, account: Account, who: str) -> None:
    """Somebody signs in from the page that is open, and on which nobody is. `who` is their name. Raises Inconclusive
    when the page does not show then that somebody is signed in, and NotApplicable where the pages do not lead there: a
    page of another origin may take whoever has signed out for signed in."""
    how = tab.target.browser_sign_in
    try:
        tab.play(how.sign_in, account.values())
    except BrokenPromise:
        said = "the page that is open does not lead to the form in which people sign in"
        raise NotApplicable("sign-in", said) from None
    sign = how.signed_in or next((step.click for step in how.sign_out if step.click), "")
    if sign and not tab.appears(sign):
        found, hint = tab.there(), "are the acts of `sign_in` in [browser_sign_in] what people do?"
        raise Inconclusive("sign-in", f"{who} could not sign in from the page: it is at {found}", hint=hint)
    tab.who, tab.is_signed_in = who, True
    tab.traffic.settle(tab.page, tab.let_pass, tab.target.deadlines.page)
