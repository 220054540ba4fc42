"""A browser is here, the selectors can be read, and people are signed in on the page."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Error as PlaywrightError

from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.looking import Looker
from greenroom.doctor.patient import Patient
from greenroom.people.person import Person
from greenroom.targetfile.model import FlowStep

_READY = "a page may only be clicked once its script has run"


def starts(patient: Patient) -> Iterator[Finding]:
    """The browser of this machine starts, as the device the file names. Gives `a browser`."""
    web = patient.target.web
    if web is None:
        patient.undeclared.add("a browser")
        yield not_declared("browser", "no [web]: what needs a page is not applicable", "uncomment [web]")
        return
    patient.require_service("web")
    try:
        patient.browsers.start()
        patient.browsers.context("doctor").close()
    except KeyError:
        detail = f"{patient.where('web', 'device')}: Playwright knows no device {web.device!r}"
        yield wrong("browser", detail, 'for example "iPhone 15" or "Pixel 7"; leave it out for a desktop')
        return
    except PlaywrightError as error:
        yield wrong("browser", f"{patient.where('web')}: {error.message.splitlines()[0]}", "`device` and `locale`")
        return
    patient.things.add("a browser")
    yield ok("browser", f"Chromium {patient.browsers.version}{', as ' + web.device if web.device else ''}")


def selectors(patient: Patient) -> Iterator[Finding]:
    """Every selector of the file can be read; whether it finds anything is for later checks. Gives `selectors`."""
    places = list(_selectors(patient))
    context = patient.browsers.context("doctor")
    wrongs = 0
    try:
        page = context.new_page()
        for place, selector in places:
            try:
                page.locator(selector).count()
            except PlaywrightError as error:
                wrongs += 1
                said = error.message.splitlines()[0].removeprefix("Locator.count: ")
                yield wrong("selectors", f"{patient.where(*place)}: {selector!r} is no selector: {said}")
    finally:
        context.close()
    if not wrongs:
        patient.things.add("selectors")
        yield ok("selectors", f"{len(places)} can be read")


def signs_in(patient: Patient) -> Iterator[Finding]:
    """The host and the guest are signed in on the page. Gives `people on the page`."""
    how = patient.target.browser_sign_in
    if how.scheme == "form" and patient.target.web is not None and not patient.target.web.sign_in_path:
        detail = f"{patient.where('web')}: browser_sign_in is a form, and [web] has no `sign_in_path`"
        yield wrong("sign-in on the page", detail, "the path of the sign-in page")
        return
    for person in (patient.host, patient.guest):
        finding = _sign_in(patient, person)
        if finding is not None:
            yield finding
            return
    patient.things.add("people on the page")
    yield ok("sign-in on the page", how.scheme)


def _sign_in(patient: Patient, person: Person) -> Finding | None:
    how, account = patient.target.browser_sign_in, person.account
    assert account is not None
    world = patient.world
    if how.scheme != "form":
        world.browsers.of(person)
        return _is_signed_in(patient, person)
    nobody = world.browsers.of(world.people.visitor(f"{person.name} at the door"))
    look = Looker(patient, nobody.tab, "sign-in on the page")
    nobody.tab.goto(nobody.tab.web.sign_in_path)
    finding = look.plays(("browser_sign_in", "flow"), how.flow, account.values())
    if finding is None and how.signed_in:
        finding = look.sees(("browser_sign_in", "signed_in"), how.signed_in, {})
    nobody.tab.close()
    world.people.forget(f"{person.name} at the door")
    if finding is None:
        world.browsers.of(person)
    return finding


def _is_signed_in(patient: Patient, person: Person) -> Finding | None:
    """Where the file says how to tell, it is looked for on the listing."""
    how = patient.target.browser_sign_in
    if not how.signed_in:
        return None
    browser = patient.world.browsers.of(person)
    browser.listing.open()
    return Looker(patient, browser.tab, "sign-in on the page").sees(("browser_sign_in", "signed_in"), how.signed_in, {})


def _selectors(patient: Patient) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every selector with its place, its placeholders filled with something harmless."""
    from greenroom.core.placeholders import fill_text
    from greenroom.targetfile.operations import SEEN

    web, how = patient.target.web, patient.target.browser_sign_in
    assert web is not None
    filled = dict.fromkeys(SEEN, "x")
    found: list[tuple[tuple[str | int, ...], str]] = [(("browser_sign_in", "signed_in"), how.signed_in)]
    found += _of_flow(("browser_sign_in", "flow"), how.flow)
    for name, part in (("listing", web.listing), ("go_live", web.go_live), ("viewer", web.viewer)):
        for key, value in part:
            if isinstance(value, str) and key not in ("path", "page"):
                found.append((("web", name, key), value))
            elif isinstance(value, list):
                found += _of_flow(("web", name, key), value)
    for place, selector in found:
        if selector:
            yield place, fill_text(selector, filled)


def _of_flow(place: tuple[str | int, ...], flow: list[FlowStep]) -> list[tuple[tuple[str | int, ...], str]]:
    found: list[tuple[tuple[str | int, ...], str]] = []
    for number, step in enumerate(flow):
        for act in ("fill", "click", "check", "choose", "wait"):
            selector = getattr(step, act)
            if selector is not None:
                found.append(((*place, number, act), selector))
    return found
