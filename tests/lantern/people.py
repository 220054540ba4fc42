"""People: signing up, signing in, and the pass that proves it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from tests.lantern.database import Database, number, one
from tests.lantern.refusal import Kind, Refusal

SHORTEST = 8
"""Characters that a password has at least."""
_COST = 2**11  # the people here live as long as a run of tests


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is signed in. `studio_no` is None until they first went on air."""

    person_no: int
    called: str
    studio_no: int | None


@dataclass(frozen=True, slots=True)
class _Secret:
    person_no: int
    salt: bytes
    secret: bytes


def sign_up(db: Database, login: str, called: str, password: str) -> int:
    """A new person's number. Raises Refusal when the login is taken or a field won't do."""
    if not login or not called or len(password) < SHORTEST:
        raise Refusal(Kind.UNREADABLE, f"Name, Anmeldename und Kennwort (ab {SHORTEST} Zeichen) werden gebraucht.")
    salt = secrets.token_bytes(16)
    row = db.execute(
        """insert into people (login, called, salt, secret) values (%(login)s, %(called)s, %(salt)s, %(secret)s)
           on conflict (login) do nothing returning person_no""",
        {"login": login, "called": called, "salt": salt, "secret": _hash(password, salt)},
    ).fetchone()
    if row is None:
        raise Refusal(Kind.LOGIN_TAKEN)
    return int(row[0])


def sign_in(db: Database, login: str, password: str) -> int:
    """The person's number. Raises Refusal when login and password don't fit."""
    known = one(db, _Secret, "select person_no, salt, secret from people where login = %(login)s", login=login)
    secret = _hash(password, known.salt if known else b"nobody")  # as slow for a login that is not known
    if known is None or not hmac.compare_digest(secret, known.secret):
        raise Refusal(Kind.WRONG_LOGIN)
    return known.person_no


def issue_pass(db: Database, person_no: int) -> str:
    """A new pass for the person's cookie. The database keeps only its seal, from which it can't be made."""
    made = secrets.token_urlsafe(24)
    query = "insert into passes (seal, person_no) values (%(seal)s, %(person)s)"
    db.execute(query, {"seal": _seal(made), "person": person_no})
    return made


def revoke_pass(db: Database, shown: str) -> None:
    """From now on the pass is worth nothing."""
    db.execute("delete from passes where seal = %(seal)s", {"seal": _seal(shown)})


def member_with(db: Database, shown: str) -> Member | None:
    """Whose pass this is, or None."""
    query = """
        select person_no, called, studio_no from people join passes using (person_no)
        where seal = %(seal)s and issued > now() - interval '7 days'
    """
    return one(db, Member, query, seal=_seal(shown)) if shown else None


def studio_of(db: Database, member: Member, name: str) -> int:
    """The member's studio, made when they have none. Many first visits at once queue at the person's row."""
    db.execute("select from people where person_no = %(me)s for no key update", {"me": member.person_no})
    mine = one(db, Member, "select person_no, called, studio_no from people where person_no = %(me)s",
               me=member.person_no)  # fmt: skip
    if mine is not None and mine.studio_no is not None:
        return mine.studio_no
    made = number(db, "insert into studios (name, owner_no) values (%(name)s, %(me)s) returning studio_no",
                  name=name, me=member.person_no)  # fmt: skip
    query = "update people set studio_no = %(made)s where person_no = %(me)s"
    db.execute(query, {"made": made, "me": member.person_no})
    return made


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=8, p=1)


def _seal(shown: str) -> bytes:
    return hashlib.sha256(shown.encode()).digest()
