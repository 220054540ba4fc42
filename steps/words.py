"""The closed lists of the vocabulary: a word that is not on its list is a finding of `greenroom lint`."""

from __future__ import annotations

from collections.abc import Mapping

from fixtures.step_text import StepText
from greenroom.drivers.web.troubles import TROUBLES
from greenroom.gherkin.vocabulary import WordList
from greenroom.people.forged_tokens import KINDS as PROOFS
from greenroom.relations.canonical import RELATIONS
from greenroom.relations.stuck_kinds import STUCK_STATUSES, Pointer
from greenroom.targetfile.operations import (
    DEEDS_AT_REST,
    DEEDS_PAST_THE_GATEWAY,
    DEEDS_WHEN_LIVE,
    REFUSAL_WORDS,
)

LISTS: Mapping[str, WordList] = {
    "StuckStatus": WordList("status of a stuck room", {status: status for status in STUCK_STATUSES}),
    "Pointer": WordList("pointer", {str(pointer): pointer for pointer in Pointer}),
    "Refusal": WordList("refusal", REFUSAL_WORDS),
    "Trouble": WordList("trouble", {trouble: trouble for trouble in TROUBLES}),
    "Relation": WordList("relation", {name: name for name in RELATIONS if name != "accounts"}),
    "Proof": WordList("proof", {proof: proof for proof in PROOFS}),
    "GatewayDeed": WordList(
        "deed through the gateway",
        {"end the room": "end", "go live": "go_live", "see the room": "room_state", "find a room": "my_room"},
    ),
    "HostsDeed": WordList("deed of a host", DEEDS_AT_REST | DEEDS_WHEN_LIVE),
    "DataApiDeed": WordList("deed through the data API", DEEDS_PAST_THE_GATEWAY),
}


def text(pattern: str, **lists: WordList) -> StepText:
    """A step's text with the placeholders of the project; `lists` are types of its own, for the list of one subject."""
    return StepText(pattern, {**LISTS, **lists})
