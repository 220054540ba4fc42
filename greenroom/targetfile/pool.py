"""What can be told to be wrong with the given accounts by reading the file: who is listed twice is no two people."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.targetfile.model import PoolAccount, Target


def problems_of_pool(target: Target) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Place, message and hint of each."""
    seen: dict[tuple[str, str], int] = {}
    for number, account in enumerate(target.people.pool):
        for key, value in _whose(account):
            before = seen.setdefault((key, value), number)
            if before != number:
                message = f"[[people.pool]] number {number + 1} has the `{key}` of number {before + 1}"
                yield ("people", "pool", number), message, "each is one person, who is listed once"
                break


def _whose(account: PoolAccount) -> Iterator[tuple[str, str]]:
    """What nobody else has: key, and value in the form in which it is compared."""
    yield "account_id", account.account_id
    for key, value in (("email", account.email.strip().lower()), ("token", account.token), ("room", account.room)):
        if value:
            yield key, value
