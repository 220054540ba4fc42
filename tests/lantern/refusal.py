"""Why something is not done, as a value that an API answer and a page can show."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """What the API calls a refusal, its HTTP status, and what a page says."""

    SIGNED_OUT = ("signed-out", 401, "Bitte zuerst anmelden.")
    WRONG_LOGIN = ("wrong-login", 401, "Name oder Kennwort stimmt nicht.")
    NOT_YOURS = ("not-yours", 403, "Das darf nur, wem das Studio gehört.")
    UNSEALED = ("foreign-form", 403, "Das Formular kam nicht von hier. Bitte die Seite neu laden.")
    UNKNOWN = ("no-such-studio", 404, "Dieses Studio gibt es nicht.")
    NO_STUDIO = ("no-studio-yet", 404, "Noch kein Studio.")
    NO_PAGE = ("no-such-address", 404, "Diese Seite gibt es nicht.")
    NOT_ON_AIR = ("not-on-air", 409, "Hier läuft gerade nichts.")
    BUSY = ("busy", 409, "Das Studio ist noch belegt.")
    NOT_INSIDE = ("not-inside", 409, "Sie sind nicht dabei.")
    LOGIN_TAKEN = ("login-taken", 409, "Diesen Namen gibt es schon.")
    UNREADABLE = ("unreadable", 422, "Das war nicht zu verstehen.")

    def __init__(self, code: str, status: int, words: str) -> None:
        self.code, self.status, self.words = code, status, words


class Refusal(Exception):
    """Raised where something is refused; whatever the request had changed by then is undone."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(kind.code)
        self.kind, self.detail = kind, detail or kind.words
