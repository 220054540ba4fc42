"""Makes people on the target, or leases them, and signs them in."""

from __future__ import annotations

import dataclasses
import threading
import time
from typing import Any

from greenroom.core import clock
from greenroom.core.errors import GreenroomError, NotApplicable, TargetUnavailable
from greenroom.core.placeholders import fill, fill_text, holes
from greenroom.drivers.account import Account
from greenroom.drivers.answer import Answer
from greenroom.drivers.database import Database
from greenroom.drivers.gateway import words
from greenroom.drivers.http import Http
from greenroom.people.csrf import CsrfTokens
from greenroom.people.sign_in_answer import learn_account, learn_answer
from greenroom.record.evidence import Evidence
from greenroom.record.redacted import redacted_exchange
from greenroom.targetfile.model import Request, Target

_FOR_WANT_OF_A_TOKEN = (400, 403, 419)
_TOKEN = "does it want a CSRF token beside its cookies? [sign_in.csrf] says where it comes from"
_DOCTOR = "is the key of that request still good, and its address right? greenroom doctor tries each way in"
_MOST_SAID = 160


@dataclasses.dataclass
class _Proven:
    """Somebody's newest proof, and when it was given; those before it are of no more use."""

    given: float
    newest: Account


class Accounts:
    """People of one target. `new` makes a fresh one, `sign_in` gives an account what proves who it is."""

    def __init__(self, target: Target, http: Http, database: Database | None) -> None:
        self._target, self._http, self._database = target, http, database
        self._proofs: dict[str, _Proven] = {}  # by each proof that was given, the newest that came of it
        self._given: dict[str, Account] = {}  # account of a pool -> as it was signed in first
        self._looked_up_ids: set[str] = set()
        self._renewing = threading.Lock()
        self._csrf = CsrfTokens(target.sign_in.csrf, self._ask)
        self._nobody: Account | None = None

    def new(
        self, name: str, slug: str, mark: str, password: str, evidence: Evidence, *, elsewhere: bool = False
    ) -> Account:
        """A new account called `name`, signed in. `mark` names run and scenario in everything that is made.
        `elsewhere` makes it in another tenant; raises NotApplicable where there is none.

        Raises TargetUnavailable when the target does not let people in: without people nothing can be told.
        """
        people = self._target.people
        address = (elsewhere and people.elsewhere_email) or people.email
        email = fill_text(address, {"slug": slug, "mark": mark})
        evidence.redactor.learn(password)
        values = {"name": name, "slug": slug, "mark": mark, "email": email, "password": password}
        account = Account("", name, email, password)
        request = people.elsewhere if elsewhere else people.request if people.source == "api" else None
        if request is not None:
            account = self._csrf.given(account, evidence)
            values["csrf"] = account.csrf
            answer = self._ask(request, values, evidence, "make an account", account)
            account = self._with(account, words(request, answer), answer, evidence)
        else:
            account = self._arranged(account, values, elsewhere=elsewhere)
        if not self._is_proven(account):
            account = self.sign_in(account, evidence)
        return account if account.account_id else self._looked_up(account)

    def _arranged(self, account: Account, values: dict[str, str], *, elsewhere: bool) -> Account:
        """The account, made by SQL. Raises NotApplicable where nothing says how people of another tenant come to be."""
        database, arrangement = self._database, "make_account_elsewhere" if elsewhere else "make_account"
        if elsewhere and (database is None or not database.can_arrange(arrangement)):
            raise NotApplicable("multi-tenant", "the target does not say how people of another tenant come to be")
        if database is None:
            raise GreenroomError('[people] source "sql" needs [database]', code="bad-target")
        rows = database.arrange(arrangement, **values)
        row = rows[0] if rows else {}
        room = row.get("room_id")
        return dataclasses.replace(
            account, account_id=str(row["account_id"]), room_id=str(room) if room is not None else None
        )

    def _is_proven(self, account: Account) -> bool:
        """Whether making the account gave it all that proves who it is, so that it need not sign in."""
        sign_in = self._target.sign_in
        needs_token = "token" in holes(sign_in.headers)
        if self._csrf.used and not needs_token:
            return False  # whoever is signed out has cookies as well
        return (bool(account.token) or not needs_token) and (bool(account.cookies) or not sign_in.cookies)

    def _looked_up(self, account: Account) -> Account:
        """The account with the id that the relation `accounts` has for its name, where no answer is to tell it. Names
        bear the mark of the scenario, so nobody is called so but those of the scenario who came before."""
        people = self._target.people
        requests = (people.request, people.elsewhere, self._target.sign_in.request)
        if any(request is not None and "account" in request.told for request in requests):
            return account
        if self._database is None or not self._database.holds("accounts"):
            return account
        query = "select account_id, room_id from accounts where name = %(name)s"
        rows = self._database.query(query, {"name": account.name})
        found = [row for row in rows if str(row["account_id"]) not in self._looked_up_ids]
        if len(found) != 1:
            return account
        self._looked_up_ids.add(str(found[0]["account_id"]))
        room = account.room_id or found[0]["room_id"]
        return dataclasses.replace(account, account_id=str(found[0]["account_id"]), room_id=room)

    @property
    def tells_names(self) -> bool:
        """Whether the database says by which name the target knows somebody."""
        return self._database is not None and self._database.holds("accounts")

    def known_as(self, account: Account) -> str:
        """The name by which the database knows the account; "" where it does not. Only where `tells_names`."""
        assert self._database is not None
        found = self._database.query("select name from accounts where account_id = %(id)s", {"id": account.account_id})
        return str(found[0]["name"]) if len(found) == 1 else ""

    def sign_in(self, account: Account, evidence: Evidence) -> Account:
        """The same account with a fresh proof. Raises TargetUnavailable when the target does not let it in."""
        sign_in = self._target.sign_in
        match sign_in.scheme:
            case "none" | "given-token" | "key-header":
                return account
            case "minted-jwt":
                import jwt  # with its cryptography it takes longer to import than a sign-in takes

                now = int(clock.now().timestamp())
                values = account.values() | {"now": now, "expires": now + sign_in.lifetime}
                token = jwt.encode(fill(sign_in.claims, values), sign_in.key, algorithm=sign_in.algorithm)
                evidence.redactor.learn(token)
                return self._keep(dataclasses.replace(account, token=token))
            case _:
                if sign_in.request is None:
                    raise GreenroomError(f"[sign_in] scheme {sign_in.scheme!r} needs `request`", code="bad-target")
                account, values = self._started(self._csrf.given(account, evidence), evidence)
                answer = self._ask(sign_in.request, values, evidence, f"sign {account.name} in", account)
                return self._with(
                    dataclasses.replace(account, refresh=""), words(sign_in.request, answer), answer, evidence
                )

    def known_before(self, account: Account, evidence: Evidence) -> Account:
        """Who has only what a browser had before the account signed in on it, such as cookies, and may have put it
        there; often that is nothing. Raises TargetUnavailable when the account can't sign in."""
        request = self._target.sign_in.request
        bare = dataclasses.replace(account, token="", cookies={}, csrf="", refresh="", answer=None)
        before = self._csrf.given(bare, evidence)
        if request is not None:
            signing_in, values = self._started(before, evidence)
            self._ask(request, values, evidence, f"sign {account.name} in", signing_in)
        return before

    def made_again(self, account: Account, password: str, evidence: Evidence) -> Account:
        """What comes of making an account once more under the same e-mail, with another password: it may prove
        nothing. Raises NotApplicable where no request does that, and TargetUnavailable where it is refused."""
        request, known = self._target.people.request, {"name", "email", "password", "csrf"}
        asked = holes([request.path, request.query, request.json_, request.form]) if request is not None else set()
        if request is None or self._target.people.source != "api" or not {"email"} <= asked <= known:
            raise NotApplicable("sign-up", "nobody makes an account by a request that names an e-mail")
        bare = Account("", account.name, account.email, password)
        bare = self._csrf.given(bare, evidence)
        answer = self._ask(request, bare.values(), evidence, f"make an account like that of {account.name}", bare)
        return self._with(bare, words(request, answer), answer, evidence)

    def _started(self, account: Account, evidence: Evidence) -> tuple[Account, dict[str, Any]]:
        """The account with the cookies, and what may be said of it, once its sign-in has been started, where that is a
        request of its own. Raises TargetUnavailable when it can't be."""
        start = self._target.sign_in.start
        if start is None:
            return account, account.values()
        if not self._csrf.used:
            account = dataclasses.replace(account, cookies={})
        answer = self._ask(start, account.values(), evidence, f"start to sign {account.name} in", account)
        started = words(start, answer).get("started")
        if "started" in start.told and started is None:
            message = f"could not start to sign {account.name} in: the answer has no `started`"
            raise TargetUnavailable("sign-in", message, hint="answer.started of [sign_in.start] says where it stands")
        account = dataclasses.replace(account, cookies={**account.cookies, **answer.cookies})
        return account, account.values() | {"started": started}

    def signed_in(self, given: Account, evidence: Evidence) -> Account:
        """An account of a pool, signed in. Where proofs are renewed it is signed in once, for all scenarios: signing in
        may be limited. Raises as `sign_in` does."""
        before = self._given.get(given.account_id)
        if before is None or self._target.sign_in.renewal is None:
            account = self._given[given.account_id] = self.sign_in(given, evidence)
            return account
        account = self.fresh(before, evidence)
        learn_account(account, evidence.redactor)
        return account

    def fresh(self, account: Account, evidence: Evidence) -> Account:
        """The account with a proof that is good for the next request: another one when its own is older than
        `renew_after`. A proof that was never given, such as a forged one, stays as it is, and so does as whom somebody
        says that they come, who may not be whom the proof is of."""
        limit = self._target.sign_in.renew_after
        with self._renewing:
            known = self._proofs.get(_proof(account)) if limit else None
            if known is None:
                return account
            if time.monotonic() - known.given >= limit:
                known.newest = self.renew(known.newest, evidence)
                known.given = time.monotonic()
                self._proofs[_proof(known.newest)] = known
            if account.account_id != known.newest.account_id:
                return dataclasses.replace(known.newest, account_id=account.account_id)
            return known.newest

    def renew(self, account: Account, evidence: Evidence) -> Account:
        """The account with another proof: for its `refresh`, which may be good for once only, or for the cookies that
        the sign-in set, where `renewal` does not name it; else by signing in."""
        renewal = self._target.sign_in.renewal
        if renewal is None or not (account.cookies if renews_by_cookie(renewal) else account.refresh):
            return self.sign_in(account, evidence)
        values = account.values() | {"refresh": account.refresh}
        answer = self._ask(renewal, values, evidence, f"renew the sign-in of {account.name}", account)
        return self._with(account, words(renewal, answer), answer, evidence)

    def forget(self, account: Account) -> None:
        """From now on the account's proof stays as it is: no newer one is sent in its place."""
        with self._renewing:
            self._proofs.pop(_proof(account), None)

    def for_page(self, account: Account, evidence: Evidence) -> Account:
        """The account as a page is to keep it. A page renews its proof by itself, and what it does that with may be
        good for once only: then the page gets a proof that nobody else has."""
        sign_in = self._target.sign_in
        if sign_in.renewal is None or self._target.browser_sign_in.scheme == "form":
            return self.fresh(account, evidence)
        return self.sign_in(account, evidence) if _proof(account) in self._proofs else account

    def _keep(self, account: Account) -> Account:
        if self._target.sign_in.renew_after:
            self._proofs[_proof(account)] = _Proven(time.monotonic(), account)
        return account

    def _with(self, account: Account, found: dict[str, Any], answer: Answer, evidence: Evidence) -> Account:
        token = str(found.get("token") or account.token)
        evidence.redactor.learn(token)
        room = found.get("room_or_none", found.get("room"))
        proven = dataclasses.replace(
            account,
            account_id=str(found.get("account") or account.account_id),
            token=token,
            cookies={**account.cookies, **answer.cookies},
            refresh=str(found.get("refresh") or account.refresh),
            answer=answer.body,
            room_id=str(room) if room is not None else account.room_id,
        )
        return self._keep(self._csrf.renewed(proven, evidence))

    def nobody(self, evidence: Evidence) -> Account | None:
        """What somebody who is signed out sends all the same: the CSRF token; None without one."""
        if not self._csrf.used:
            return None
        if self._nobody is None:
            self._nobody = self._csrf.given(Account("", "nobody"), evidence)
        evidence.redactor.learn(self._nobody.csrf, *self._nobody.cookies.values())
        return self._nobody

    def _asked(self, request: Request, values: dict[str, Any], evidence: Evidence, cookies: dict[str, str]) -> Answer:
        """The answer to a request that may prove who somebody is: what it gives away is learnt before it is recorded.

        Raises what `Http.send` raises.
        """
        apart = Evidence(evidence.redactor)
        try:
            answer = self._http.send(request, values, apart, who="harness", cookies=cookies)
            learn_answer(request, answer, evidence.redactor)
            return dataclasses.replace(answer, exchange=redacted_exchange(answer.exchange, evidence.redactor))
        finally:
            for exchange in apart.current.exchanges:
                evidence.exchange(redacted_exchange(exchange, evidence.redactor))

    def _ask(
        self, request: Request, values: dict[str, Any], evidence: Evidence, purpose: str, account: Account
    ) -> Answer:
        sign_in = self._target.sign_in
        by_cookie = request is sign_in.renewal and renews_by_cookie(request)
        keeps = self._csrf.used or by_cookie or (sign_in.start is not None and request is sign_in.request)
        answer = self._asked(request, values, evidence, account.cookies if keeps else {})
        if answer.status not in request.success:
            sent, said = answer.exchange, " ".join(answer.exchange.response_body.split())[:_MOST_SAID]
            says = f", saying {said}" if said else ""
            message = f"could not {purpose}: {sent.method} {sent.url} answered {answer.status}{says}"
            wants_token = answer.status in _FOR_WANT_OF_A_TOKEN and sign_in.cookies and not self._csrf.used
            raise TargetUnavailable("sign-in", message, hint=_TOKEN if wants_token else _DOCTOR)
        return answer


def renews_by_cookie(renewal: Request) -> bool:
    """Whether the cookies that the sign-in set are what another proof is given for: the request names no {refresh}."""
    return "refresh" not in holes([renewal.path, renewal.query, renewal.headers, renewal.json_, renewal.form])


def _proof(account: Account) -> str:
    """What proves who it is, as one text."""
    return account.token + "".join(f";{name}={value}" for name, value in sorted(account.cookies.items()))
