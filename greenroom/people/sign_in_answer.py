"""What the answer to a sign-in gives away that must not be shown: tokens, keys, and cookies."""

from __future__ import annotations

from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.answer import Answer
from greenroom.drivers.gateway import words
from greenroom.targetfile.model import Request

_PROOFS = ("token", "refresh")
"""The words of a described answer that prove who somebody is, whatever the target calls it."""


def learn_account(account: Account, redactor: Redactor) -> None:
    """Learn what proves who somebody is who was signed in before."""
    redactor.learn_answer(account.answer)
    redactor.learn_cookies(account.cookies.items())
    redactor.learn(*filter(None, (account.password, account.token, account.refresh)))


def learn_answer(request: Request, answer: Answer, redactor: Redactor) -> None:
    """Learn what `answer` to `request` gives away: in its body at any depth, and in its cookies."""
    redactor.learn_answer(answer.body)
    redactor.learn_cookies(answer.cookies.items())
    found = words(request, answer)
    redactor.learn(*(found[word] for word in _PROOFS if isinstance(found.get(word), str)))
