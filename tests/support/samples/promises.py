"""Subjects, some promises with their sentences, and the rules that a feature writes above its scenarios."""

from __future__ import annotations

SUBJECTS: dict[str, str] = {
    "R": "A stuck room recovers",
    "E": "Ending is complete and lasts",
    "H": "The host stays the host",
    "L": "The listing tells the truth",
    "C": "Many at once",
    "D": "One room a person",
    "M": "The cleanup migration",
    "O": "What operators watch",
    "S": "Nobody gets in where they don't belong",
}

PROMISES: dict[str, str] = {
    "R1": "A host whose room is stuck goes live from the page in one attempt: the conflict is noticed, the page says "
    "that it retries, the stuck session is reset, a new session is made, the viewer opens.",
    "R2": "After a recovery the stuck session is closed with an end time, nobody is left inside it, and the room has "
    "exactly one open session, the new one.",
    "R3": "Over HTTP, Go Live on a room that is not idle is either refused with the documented conflict and changes "
    "nothing at all, or heals the room and succeeds; never a 5xx, never a second open session.",
    "R4": "A recovery touches no other host's room, session, attendance or listing entry.",
    "R7": "Nobody but the host can reset a room.",
    "E1": "After End Room the room is idle, has no current session, and no host is present.",
    "E2": "The session is ended, its end time is set, not before its start and not in the future.",
    "E3": "Everyone who was inside has a leave time not before their join time; those who had left keep theirs.",
    "E4": "The listing entry is ended with its end time.",
    "E5": "The room can be used again at once; the ended session is not touched by what follows.",
    "E7": "When the gateway answers 5xx, refuses the connection, or never answers, End Room still leads to E1 to E4 "
    "through the page's fallback, and the page says that the room has ended.",
    "E9": "Ending what is not live is refused with the documented conflict and changes nothing.",
    "E10": "A guest or a stranger can't end a room, nobody signed out can, an unknown room is 404: nothing changes.",
    "H1": "After F5 the host still sees End Room, and it works.",
    "H4": "A guest never sees End Room: not before a reload, not after, not by forging the navigation state.",
    "L1": "Within the deadline after Go Live the session is in the listing that another member sees.",
    "L2": "Within the deadline after End Room it is gone or shown as ended, in pages already open too.",
    "L3": "A title is shown exactly as written: quotes, emoji, right-to-left text, and markup as text.",
    "L5": "A scheduled session is listed as upcoming, not as live.",
    "C1": "Of N Go Lives at the same moment exactly one succeeds, the others are refused with the conflict.",
    "C2": "A double click on Go Live makes one session.",
    "C3": "Go Live against End Room at the same moment leaves one of the two consistent outcomes.",
    "D1": "A person's first Go Live gives them exactly one room, linked to them.",
    "D2": "When `/rooms/me` fails, no second room is made, and the existing one is used.",
    "M1": "It ends every session in lobby or scheduled that began over two hours ago, with an end time.",
    "M6": "Its notices carry the true counts.",
    "O1": "The document's stuck-room count is 0 after any scenario.",
    "O3": "A normal Go Live causes no 409.",
    "S1": "Through the data API a guest changes no room, session, attendance or listing entry of another person.",
    "S2": "A forged, expired or foreign token is 401.",
    "S4": "Another tenant sees and changes nothing.",
}

RULES: dict[str, str] = {
    "R1": "R1 A stuck room goes live in one attempt",
    "E1": "E1 After End Room the room is at rest",
    "E7": "E7 End Room works even when the gateway does not",
    "E10": "E10 Only the host can end a room",
    "H1": "H1 The host is still the host after F5",
    "L3": "L3 A title is shown exactly as written",
    "C1": "C1 Of many Go Lives at once one succeeds",
}

ABOUT: dict[str, str] = {
    "R1": "Rooms were found in lobby or scheduled with a session that had ended, and every Go Live met a 409.",
    "E7": "The page falls back to the data API and leaves the room as a normal end would.",
    "L3": "Titles are written by people. What one of them writes must not become part of the page of another.",
}
