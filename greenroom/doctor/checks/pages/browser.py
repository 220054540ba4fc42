"""A browser is on this machine, and starts."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Error as PlaywrightError

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.prerequisites import BROWSER, RUNNING_TARGET


@doctor_check(CheckSubject.PAGES, "browser", needs=(RUNNING_TARGET,), provides=(BROWSER,))
def check_browser(examination: Examination) -> Iterator[Finding]:
    """It starts as the device that the file names."""
    web = examination.target.web
    if web is None:
        yield not_declared("browser", "no [web]: what needs a page is not applicable", "uncomment [web]")
        return
    examination.require_service("web")
    browsers = examination.browsers
    try:
        browsers.start()
        browsers.context("doctor").close()
    except KeyError:
        detail = f"{examination.where('web', 'device')}: Playwright knows no device {web.device!r}"
        yield wrong("browser", detail, 'for example "iPhone 15" or "Pixel 7"; leave it out for a desktop')
        return
    except PlaywrightError as error:
        yield wrong("browser", f"{examination.where('web')}: {error.message.splitlines()[0]}", "`device` and `locale`")
        return
    examination.establish(BROWSER)
    yield ok("browser", f"Chromium {browsers.version}{', as ' + web.device if web.device else ''}")
