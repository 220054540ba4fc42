"""Somebody who exists can sign in."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import TargetUnavailable
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.people.requests import last_answer
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import MEMBERS
from greenroom.drivers.account import Account
from greenroom.people.accounts import renews_by_cookie
from greenroom.targetfile.model import Request


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
    if examination.target.sign_in.renewal is not None:
        yield _renewed_twice(examination, again)


def _renewed_twice(examination: Examination, account: Account) -> Finding:
    """The first renewal takes what the sign-in gave, the second one what the first gave: an old one may be refused."""
    where, accounts = examination.where("sign_in", "renewal"), examination.world.worker.accounts
    by_cookie = renews_by_cookie(_renewal(examination))
    if by_cookie and not account.cookies:
        hint = 'the sign-in sets no cookie: json = { refresh_token = "{refresh}" } says what it is asked with'
        return wrong("renewal", f"{where}: nothing in the request says who asks", hint)
    if not by_cookie and not account.refresh:
        answer = examination.where("sign_in", "request")
        hint = f'answer = {{ refresh = "refresh_token" }} says where it stands; {last_answer(examination)}'
        return wrong("renewal", f"{answer}: the sign-in gives no `refresh`", hint)
    for time in ("first", "second"):
        before = account
        try:
            account = accounts.renew(before, examination.evidence)
        except TargetUnavailable as error:
            if error.cause != "sign-in":
                raise
            hint = last_answer(examination)
            if time == "second" and not by_cookie and account.refresh and "refresh" not in _renewal(examination).answer:
                hint = f'each may be good for once only: answer = {{ refresh = "..." }} of the renewal; {hint}'
            return wrong("renewal", f"{where}: the {time} one: {error.message}", hint)
        if account.account_id != before.account_id:
            return wrong("renewal", f"{where}: it gives somebody else's proof: {account.account_id!r}")
        if "token" not in _renewal(examination).answer and not examination.target.sign_in.cookies:
            return wrong("renewal", f"{where}: no answer.token", 'answer = { token = "access_token" }')
    return ok("renewal", "two, one after the other")


def _renewal(examination: Examination) -> Request:
    renewal = examination.target.sign_in.renewal
    assert renewal is not None
    return renewal
