"""Places of the reference that no sample is drawn from, whatever its seed: no promise could speak of them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.mutants.mutant import Mutant

ALL = ("",)
"""Every place of a file; else those whose names begin so."""

UNDRAWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "how people sign up and in: a target signs them in as it is told": {
        "auth/accounts.py": ALL,
        "auth/app.py": ALL,
        "auth/passwords.py": ALL,
        "tokens.py": ("make_keys", "sign", "person_token"),
        "database/schema/020_auth.sql": ALL,
        "database/schema/100_accounts.sql": ALL,
        "web/static/js/auth.js": ALL,
        "web/static/js/sign_in.js": ALL,
    },
    "how a part starts, its connections, and the defaults of its configuration": {
        "gateway/process.py": ALL,
        "pool.py": ALL,
        "web/static/js/config.js": ALL,
    },
    "a limiter, and a line of the log for each request": {
        "gateway/limiter.py": ALL,
        "gateway/log.py": ("RequestLog",),
    },
    "with which numbers and words a table API refuses, and what no page writes past the gateway": {
        "data_api/errors.py": ALL,
        "data_api/query.py": ("insert", "_on_conflict"),
        "database/schema/040_policies.sql": (
            "grant all on all tables",
            "grant update",
            "policy members_rename_themselves",
            "policy service",
        ),
    },
    "looks, phrases, and where the focus goes": {
        "web/static/js/dom.js": ("icon",),
        "web/static/js/header.js": ALL,
        "web/static/js/listing.js": ("focusHeading", "skeleton"),
        "web/static/js/listing_entry.js": ("showBadge",),
        "web/static/js/main.js": ("openNotFound", "showBroken"),
        "web/static/js/router.js": ("moveFocus",),
        "web/static/js/viewer_view.js": ("factTexts", "focusControls", "showFacts", "stageWords"),
    },
}
"""By the reason, for a reviewer: files of reference/, and the places in them."""

_PLACES = {file: names for files in UNDRAWN.values() for file, names in files.items()}


def is_drawn(mutant: Mutant) -> bool:
    """Whether a sample may hold it."""
    return not mutant.change.where.startswith(_PLACES.get(mutant.file.relative_to("reference").as_posix(), ()))
