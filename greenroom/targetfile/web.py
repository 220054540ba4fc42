"""What a target file says of the web page: where things are, as selectors, and what a person does there."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from greenroom.core.placeholders import holes

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FlowStep(_Table):
    """One act of a flow: exactly one of fill, click, check, choose, press, answer, wait; `if_present` makes it
    optional."""

    fill: str | None = None
    value: str | None = Field(None, alias="with")
    click: str | None = None
    check: str | None = None
    choose: str | None = None
    press: str | None = None
    answer: str | None = None  # what the browser's own prompt is answered with, before the act that makes it come
    wait: str | None = None
    hold: float = Field(0, ge=0, le=10)  # how long `click` keeps the button down
    if_present: bool = False

    @model_validator(mode="after")
    def _one_act(self) -> FlowStep:
        known = ("fill", "click", "check", "choose", "press", "answer", "wait")
        if len([act for act in known if getattr(self, act) is not None]) != 1:
            raise ValueError(f"a flow step is exactly one of {', '.join(known)}")
        if (self.fill or self.choose) and self.value is None:
            raise ValueError("`fill` and `choose` need `with`")
        if self.hold and self.click is None:
            raise ValueError("`hold` is for `click`")
        return self


READY_WITHOUT_MARK = ("load", "settled")
"""What `ready` may say where a page has no mark of its own: it is loaded, or it has got all its answers as well."""


class ListingSelectors(_Table):
    """The public listing. Selectors may hold {room}, {title}, {host}."""

    service: Name = "web"
    path: str
    ready: str
    live_entry: str
    upcoming_entry: str = ""
    entry_title: str = ""  # inside an entry
    entry_host: str = ""
    entry_topics: str = ""
    entry_people: str = ""
    any_entry: str = ""  # every live entry, for counting
    more: str = ""  # the control that shows more entries below those that are there
    next_page: str = ""  # the control that shows the next page of entries in place of this one
    scrolls: bool = False  # whether more entries come below those that are there when one scrolls to the last
    windowed: bool = False  # whether only the entries near what is seen are there, others as one scrolls
    at_most: int = Field(default=0, ge=0)  # so many live entries are shown, the newest; 0: all
    order: Literal["", "newest first", "oldest first"] = ""  # of live entries, where one is documented

    @model_validator(mode="after")
    def _has_a_last_entry(self) -> ListingSelectors:
        for key in ("scrolls", "windowed"):
            if getattr(self, key) and not self.any_entry:
                raise ValueError(f"`{key}` needs `any_entry`: who scrolls goes by the entries that are there")
        return self


class GoLiveFlow(_Table):
    """How a host goes live on the page, and what the page says meanwhile."""

    page: Literal["listing", "viewer"] = "listing"
    open: list[FlowStep] = []
    fill: list[FlowStep] = []
    submit: str
    confirm: list[FlowStep] = []  # after submitting: a confirmation, "Start Stream"
    retrying: str = ""
    was_reset: str = ""
    failed: str = ""


class ViewerSelectors(_Table):
    """A room's page. Selectors may hold {room}."""

    service: Name = "web"
    path: str
    ready: str
    opened: str = ""  # shows that the viewer is there; where it is left out, `ready` does
    enter: list[FlowStep] = []  # what a person does before the controls appear
    end_room: str
    end_confirm: list[FlowStep] = []
    has_ended: str
    end_failed: str = ""
    unknown_host: str = ""
    waits: str = ""  # shown to a guest who waits in the lobby
    come_in: list[FlowStep] | None = None  # how a guest comes in; none: not by the page
    leave: list[FlowStep] = []  # how a guest who is inside leaves
    forged_state: dict[str, Any] = {}  # what navigation hands over to make someone look like the host


class Web(_Table):
    """The web page as selectors."""

    listing: ListingSelectors
    go_live: GoLiveFlow
    viewer: ViewerSelectors
    sign_in_path: str = ""
    device: str = ""
    viewport: tuple[int, int] = (1280, 720)
    locale: str = "en-GB"
    local_storage: dict[str, str] = {}  # what every browser keeps from the beginning
    dismiss: list[str] = []  # controls that put away what lies over a page and concerns nobody here

    @property
    def names_rooms(self) -> bool:
        """Whether pages call a room otherwise than by its id: {room_page} stands somewhere in what is said of them."""
        return "room_page" in holes([self.listing.model_dump(), self.go_live.model_dump(), self.viewer.model_dump()])
