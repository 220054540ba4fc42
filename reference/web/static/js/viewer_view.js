// How the viewer looks: its elements, and what they show for a given state.

import { arrange, h, icon, setText } from "./dom.js";
import { alertNotice, statusNotice } from "./notices.js";
import { isAtRest, isOpen, statusLabel } from "./room_status.js";
import { createStage } from "./stage.js";
import { sinceText, startText, tagName } from "./words.js";

const LISTING = "/comm/live-rooms";
const FORMATS = { audio: "Audio", video: "Video" };
const CHECKING = "Checking who hosts this room…";

/** Builds the viewer in `main`; `actions` are `{end, leave}`. `update(state)` shows a state, `alert(text)` a failure. */
export function createViewerView(main, roomId, actions) {
  const title = h("h1", { class: "room-title", dir: "auto", text: "Live room" });
  const badge = h("span", { class: "badge", text: "…" });
  const host = h("p", { class: "hosted-by" });
  const facts = h("ul", { class: "facts", "aria-label": "About this room" });
  const status = statusNotice();
  const alert = alertNotice();
  const toast = h("div", { class: "toast-place" });
  const stage = createStage();
  const controls = h("div", { class: "controls" });
  const end = h(
    "button",
    { type: "button", class: "button danger", on: { click: actions.end } },
    icon("stop"),
    "End Room",
  );
  const leave = h("button", { type: "button", class: "button", on: { click: actions.leave } }, icon("door"), "Leave");
  const join = h("a", {
    class: "button primary",
    href: `/sign-in?next=${encodeURIComponent(location.pathname)}`,
    text: "Sign in to join",
  });
  const back = h("a", { class: "button", href: LISTING, text: "Back to live rooms" });
  const again = h("a", { class: "button primary", href: LISTING, text: "Go live again" });

  main.append(
    h(
      "div",
      { class: "room" },
      h("div", { class: "room-head" }, h("div", { class: "room-line" }, badge, facts), title, host),
      toast,
      status.element,
      alert.element,
      h("div", { class: "room-frame" }, stage.element, controls),
    ),
  );

  function update(state) {
    const { room, details, role, person } = state;
    main.dataset.role = role;
    main.dataset.roomStatus = room?.status ?? (state.missing ? "missing" : "unknown");
    showHead(room, details, state);
    const isChecking = role === "unknown" && !state.missing && state.lookupFailed;
    if (isChecking && !state.notice) status.show(CHECKING, "busy");
    else status.show(state.notice);
    stage.update({ room, details, person, role, words: stageWords(state), isWaiting: !room && !state.missing });
    arrange(controls, buttons(state));
    end.disabled = state.ending;
    end.setAttribute("aria-busy", String(state.ending));
  }

  function showHead(room, details, state) {
    const heading = details?.title || room?.title || (state.missing ? "This room is not here" : "Live room");
    setText(title, heading);
    document.title = `${heading} · Live rooms`;
    const isLive = room?.status === "live";
    const label = room || state.missing ? statusLabel(room) : "…";
    badge.className = `badge ${isLive ? "live" : room && isOpen(room) ? "upcoming" : "off"}`;
    if (badge.textContent !== label) badge.replaceChildren(...(isLive ? [h("span", { class: "pulse" })] : []), label);
    const name = room && details?.names.get(room.host_user_id);
    if (name && host.dataset.name !== name) host.replaceChildren("Hosted by ", h("bdi", { class: "host", text: name }));
    if (name) host.dataset.name = name;
    showFacts(room, details);
  }

  function showFacts(room, details) {
    const isShown = room && isOpen(room) && details;
    const texts = isShown ? factTexts(room, details).filter(Boolean) : [];
    const keys = isShown ? details.tags : [];
    const shown = JSON.stringify([texts, keys]);
    if (facts.dataset.shown === shown) return;
    facts.dataset.shown = shown;
    facts.replaceChildren(
      ...texts.map((text) => h("li", { text })),
      ...keys.map((key) => h("li", { class: "tag", dir: "auto", text: tagName(key) })),
    );
    facts.hidden = texts.length + keys.length === 0;
  }

  function buttons(state) {
    const { room, role } = state;
    if (role === "host" && (!room || !isAtRest(room) || state.ending)) return [end];
    const isOver = state.missing || (room && !isOpen(room));
    if (role === "host") return [back, again];
    if (role === "guest") return isOver ? [back] : [leave];
    if (role === "visitor") return isOver ? [back, join] : [join];
    return isOver ? [back] : [];
  }

  function showToast(text) {
    const close = h("button", {
      type: "button",
      class: "button quiet small",
      text: "Dismiss",
      on: { click: () => toast.replaceChildren() },
    });
    toast.replaceChildren(
      h(
        "div",
        { class: "toast" },
        h(
          "div",
          { class: "notice status-notice", role: "status" },
          icon("refresh"),
          h("span", { class: "notice-words", text }),
        ),
        close,
      ),
    );
  }

  /** A button that is disabled or taken away loses the focus: it goes to what can be pressed next. */
  function focusControls() {
    if (document.activeElement === document.body) controls.firstElementChild?.focus();
  }

  main.dataset.roomId = roomId;
  return { update, alert: alert.show, toast: showToast, focusControls };
}

function factTexts(room, { startedAt, viewers, format }) {
  return [
    room.status === "scheduled" ? startText(startedAt) : sinceText(startedAt),
    viewers > 0 && (viewers === 1 ? "1 guest" : `${viewers} guests`),
    FORMATS[format],
  ];
}

function stageWords({ room, role, details, person, missing, lookupFailed }) {
  if (missing)
    return role === "visitor"
      ? "It may not be live, or it may be for members only."
      : "It may have been removed, or it is not open to you.";
  if (!room) return lookupFailed ? "The room can't be reached right now. Trying again…" : "One moment…";
  if (!isOpen(room)) return role === "host" ? "Your room is at rest." : "Nothing is on in this room right now.";
  const mine = details?.people.find((row) => row.user_id === person?.id);
  if (mine?.lobby_status === "waiting") return "The host will let you in.";
  return role === "visitor" ? "Sign in to see who is inside and to join." : "";
}
