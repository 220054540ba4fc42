"""Somebody who exists can sign in."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import TargetUnavailable
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.people.requests import last_answer
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import MEMBERS


@doctor_check(CheckSubject.PEOPLE, "sign-in", needs=(MEMBERS,))
def check_sign_in(examination: Examination) -> Iterator[Finding]:
    """The host signs in again, and stays who they are."""
    account = examination.host.account
    assert account is not None
    scheme = examination.target.sign_in.scheme
    try:
        again = examination.world.worker.accounts.sign_in(account, examination.evidence)
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong("sign-in", f"{examination.where('sign_in')}: {error.message}", last_answer(examination))
        return
    if again.account_id != account.account_id:
        detail = f"{examination.where('sign_in', 'request', 'answer')}: signed in as {again.account_id!r}"
        yield wrong("sign-in", detail, f"`account` must be the id that making it gave: {account.account_id}")
        return
    if any("{token}" in value for value in examination.target.sign_in.headers.values()) and not again.token:
        where = examination.where("sign_in", "request", "answer")
        hint = 'in the answer to the sign-in: answer = { token = "access_token" }; headers = {} where cookies do it'
        yield wrong("sign-in", f"{where}: [sign_in] headers hold {{token}}, and there is none", hint)
        return
    if examination.target.sign_in.cookies and not again.cookies:
        where = examination.where("sign_in", "cookies")
        yield wrong("sign-in", f"{where}: cookies = true, and the sign-in set none", "does it set them on success?")
        return
    yield ok("sign-in", scheme)
