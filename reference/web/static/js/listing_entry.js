// One entry of the listing: a card that is made once and changed in place.

import { arrange, h, icon, setText } from "./dom.js";
import { avatar } from "./people_view.js";
import { sinceText, startText, tagName, toneOf } from "./words.js";

const FORMATS = { audio: "audio", video: "video" };

/** A card for the room `id`; `update({row, hostName, isMine})` shows a row of the listing in it. */
export function createEntry(id) {
  const titleId = `title-${id}`;
  const badge = h("span", { class: "badge" });
  const inside = h("span", { class: "inside" });
  const title = h("h3", { id: titleId, class: "entry-title", dir: "auto" });
  const face = h("span", { class: "entry-face" });
  const host = h("span", { class: "host", dir: "auto" });
  const time = h("time", { class: "entry-time" });
  const tags = h("ul", { class: "tags", "aria-label": "Tags" });
  const link = h("a", { class: "button", href: `/comm/live-rooms/${id}/view`, "aria-describedby": titleId });
  const cover = h("div", { class: `cover ${toneOf(id)}` }, badge, inside, h("span", { class: "cover-art" }));
  const body = h(
    "div",
    { class: "entry-body" },
    title,
    h("p", { class: "entry-host" }, face, host),
    tags,
    h("div", { class: "entry-foot" }, time, link),
  );
  const element = h("article", { class: "entry", data: { roomId: id }, "aria-labelledby": titleId }, cover, body);
  const art = cover.lastChild;
  let shown = "";

  function update({ row, hostName, isMine }) {
    const isLive = row.status === "live";
    const when = isLive ? sinceText(row.started_at) : startText(row.scheduled_for);
    setText(time, when);
    const key = JSON.stringify([row, hostName, isMine]);
    if (key === shown) return;
    shown = key;
    element.dataset.status = isLive ? "live" : "upcoming";
    setText(title, row.title ?? "");
    setText(host, hostName ?? "A member");
    face.replaceChildren(avatar(row.created_by, hostName ?? "?"));
    time.dateTime = (isLive ? row.started_at : row.scheduled_for) ?? "";
    showBadge(isLive);
    inside.replaceChildren(...(isLive && row.viewer_count > 0 ? [icon("people"), `${row.viewer_count} inside`] : []));
    art.replaceChildren(icon(FORMATS[row.stream_type] ?? "live"));
    arrange(
      tags,
      (row.tags ?? []).slice(0, 5).map((tag) => h("li", { class: "tag", dir: "auto", text: tagName(tag) })),
    );
    tags.hidden = tags.childElementCount === 0;
    setText(link, isMine ? "Open" : "Watch");
    link.classList.toggle("primary", isLive);
  }

  function showBadge(isLive) {
    badge.className = `badge ${isLive ? "live" : "upcoming"}`;
    badge.replaceChildren(
      ...(isLive ? [h("span", { class: "pulse" })] : [icon("clock")]),
      isLive ? "Live" : "Upcoming",
    );
  }

  return { element, update };
}
