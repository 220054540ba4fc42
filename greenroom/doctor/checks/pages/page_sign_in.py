"""The host and the guest are signed in on the page."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import MEMBERS, SELECTORS, SIGNED_IN_PAGES
from greenroom.people.person import Person

_CHECK = "sign-in on the page"


@doctor_check(CheckSubject.PAGES, _CHECK, needs=(SELECTORS, MEMBERS), provides=(SIGNED_IN_PAGES,))
def check_page_sign_in(examination: Examination) -> Iterator[Finding]:
    """Each of them, in the way that the file describes."""
    described, web = examination.target.browser_sign_in, examination.target.web
    if described.scheme == "form" and web is not None and not web.sign_in_path:
        detail = f"{examination.where('web')}: browser_sign_in is a form, and [web] has no `sign_in_path`"
        yield wrong(_CHECK, detail, "the path of the sign-in page")
        return
    sign_in = _by_form if described.scheme == "form" else _by_account
    for person in (examination.host, examination.guest):
        finding = sign_in(examination, person)
        if finding is not None:
            yield finding
            return
    examination.establish(SIGNED_IN_PAGES)
    yield ok(_CHECK, described.scheme)


def _by_form(examination: Examination, person: Person) -> Finding | None:
    """Fill the form in as a visitor; once that works, the person's own browser signs in the same way."""
    described, account, world = examination.target.browser_sign_in, person.account, examination.world
    assert account is not None
    visitor = f"{person.name}, signed out"
    tab = world.browsers.of(world.people.visitor(visitor)).tab
    checker = PageChecker(examination, tab, _CHECK)
    tab.goto(tab.web.sign_in_path)
    finding = checker.check_flow(("browser_sign_in", "flow"), described.flow, account.values())
    if finding is None and described.signed_in:
        finding = checker.check_visible(("browser_sign_in", "signed_in"), described.signed_in, {})
    tab.close()
    world.people.forget(visitor)
    if finding is None:
        world.browsers.of(person)
    return finding


def _by_account(examination: Examination, person: Person) -> Finding | None:
    """The browser is given what the account holds. Where the file says how to tell, it is looked for on the listing."""
    browser, signed_in = examination.world.browsers.of(person), examination.target.browser_sign_in.signed_in
    if not signed_in:
        return None
    browser.listing.open()
    return PageChecker(examination, browser.tab, _CHECK).check_visible(("browser_sign_in", "signed_in"), signed_in, {})
