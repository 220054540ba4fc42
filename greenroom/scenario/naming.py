"""What a scenario calls things: titles and names that bear its mark, and the words by which a reader knows ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from faker import Faker

LONGEST_TITLE = 100
"""Characters that every target lets a title have."""


class Naming:
    """Names of one scenario. `mark` names run and scenario in all that is made; `seed` fixes names and titles."""

    def __init__(self, mark: str, seed: int, faker: Faker) -> None:
        self.mark, self.seed, self.faker = mark, seed, faker
        faker.seed_instance(seed)
        self.ids: dict[tuple[str, str], str] = {}  # ("room", id) -> the words a reader knows it by

    def full_name(self, name: str) -> str:
        """What somebody called `name` is called on the target."""
        return f"{name} {self.faker.last_name()} {self.mark}"

    def exact_name(self, text: str) -> str:
        """That very text as somebody's name, with the scenario's mark."""
        return f"{text} {self.mark}"

    def title(self, text: str = "") -> str:
        """A title that bears the scenario's mark."""
        return f"{text or self.faker.catch_phrase()} {self.mark}"

    def key(self, last: str = "1") -> str:
        """The scenario's idempotency key, as long as most are; another one where its last character is another."""
        return f"key-{self.mark}-".ljust(35, "0") + last

    def exact_title(self, text: str) -> str:
        """That very text with the scenario's mark, a hundred characters at most."""
        return f"{text[: LONGEST_TITLE - 1 - len(self.mark)]} {self.mark}"


def slug(name: str) -> str:
    """A name as a part of an email address; what its letters can't tell from another name, a checksum does."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if name.isascii():
        return plain or "person"
    return f"{plain or 'person'}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
