// The listing page: what is live now and what comes next, kept up to date while it is looked at.

import { config } from "./config.js";
import { arrange, h, icon } from "./dom.js";
import { openGoLiveDialog } from "./go_live_dialog.js";
import { createEntry } from "./listing_entry.js";
import { readListing } from "./listing_data.js";
import { statusNotice } from "./notices.js";
import { poll } from "./polling.js";
import { me } from "./session.js";

const TROUBLE = "The listing can't be refreshed right now.";

/** Shows the listing in `main`, and refreshes it until stopped. */
export function openListing(main, { navigate }) {
  document.title = "Live rooms";
  const entries = new Map();
  const live = section("Live now", "live-now");
  const upcoming = section("Upcoming", "upcoming");
  const sections = h("div", { class: "sections" }, skeleton());
  const trouble = statusNotice();
  const heading = h("h1", { text: "Live rooms" });
  const actions = h("div", { class: "page-actions" });
  const goLive = h(
    "button",
    { type: "button", class: "button primary large", on: { click: () => openGoLiveDialog(main, { navigate }) } },
    icon("live"),
    "Go Live",
  );
  const intro = h(
    "div",
    {},
    heading,
    h("p", { class: "muted", text: "Drop in on what people are sharing right now." }),
  );
  main.append(h("div", { class: "page-head" }, intro, actions), trouble.element, sections);

  function showActions() {
    arrange(actions, me() ? [goLive] : []);
  }

  async function refresh(signal) {
    showActions();
    try {
      show(await readListing(signal));
      trouble.show("");
    } catch (error) {
      if (signal.aborted) return;
      if (trouble.element.dataset.empty === "true") console.warn("[Listing]", error.message);
      trouble.show(TROUBLE, "trouble");
      sections.querySelector(".skeleton")?.remove();
    }
    main.dataset.ready = "true";
  }

  function show(listing) {
    const hadFocus = sections.contains(document.activeElement);
    const mine = me()?.id;
    const cards = (rows) => rows.map((row) => card(row, listing.names.get(row.created_by), row.created_by === mine));
    const present = new Set([...listing.live, ...listing.upcoming].map((row) => row.id));
    for (const id of entries.keys()) if (!present.has(id)) entries.delete(id);
    arrange(live.list, cards(listing.live));
    arrange(upcoming.list, cards(listing.upcoming));
    const filled = [live, upcoming].filter((part) => part.list.childElementCount > 0).map((part) => part.element);
    arrange(sections, filled.length ? filled : [sections.querySelector(".empty") ?? empty()]);
    if (hadFocus && !sections.contains(document.activeElement)) focusHeading();
  }

  function card(row, hostName, isMine) {
    if (!entries.has(row.id)) entries.set(row.id, createEntry(row.id));
    const entry = entries.get(row.id);
    entry.update({ row, hostName, isMine });
    return entry.element;
  }

  function focusHeading() {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  showActions();
  return poll(refresh, config.pollMs).stop;
}

function section(name, id) {
  const list = h("div", { class: "entries" });
  const heading = h("h2", { id, text: name });
  return { list, element: h("section", { class: "listing-section", "aria-labelledby": id }, heading, list) };
}

function empty() {
  const words = me()
    ? "Be the first: press Go Live and start a room."
    : "Come back soon, or sign in and start a room yourself.";
  return h(
    "div",
    { class: "empty" },
    h("span", { class: "empty-art" }, icon("moon")),
    h("h2", { text: "It's quiet right now" }),
    h("p", { class: "muted", text: words }),
  );
}

function skeleton() {
  return h(
    "div",
    { class: "entries skeleton", "aria-hidden": "true" },
    ...[1, 2, 3].map(() => h("div", { class: "entry ghost" })),
  );
}
