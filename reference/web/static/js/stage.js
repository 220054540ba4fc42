// The stage: who is inside, as tiles of a video call.

import { arrange, h, icon, setText } from "./dom.js";
import { avatar } from "./people_view.js";
import { isOpen } from "./room_status.js";

/** The stage; `update({room, details, person, role, words, isWaiting})` shows a room on it, `words` below or instead. */
export function createStage() {
  const tiles = new Map();
  const grid = h("ul", { class: "tiles", "aria-label": "People inside" });
  const art = h("span", { class: "stage-off-art" });
  const caption = h("p", { class: "stage-caption" });
  const off = h("div", { class: "stage-off" }, art, caption);
  const element = h("div", { class: "stage" });

  function update({ room, details, person, role, words, isWaiting }) {
    const people = room && isOpen(room) ? seats(room, details, role) : [];
    for (const id of tiles.keys()) if (!people.some((one) => one.id === id)) tiles.delete(id);
    arrange(
      grid,
      people.map((one) => tile(one, one.id === person?.id)),
    );
    grid.dataset.count = String(Math.min(people.length, 7));
    setText(caption, words);
    showArt(isWaiting ? "live" : "moon");
    off.classList.toggle("small", people.length > 0);
    arrange(element, [people.length > 0 ? grid : null, words || people.length === 0 ? off : null].filter(Boolean));
  }

  function showArt(name) {
    if (art.dataset.name === name) return;
    art.dataset.name = name;
    art.replaceChildren(icon(name));
  }

  function tile(one, isMe) {
    if (!tiles.has(one.id)) tiles.set(one.id, createTile(one));
    const made = tiles.get(one.id);
    made.update(one, isMe);
    return made.element;
  }

  return { element, update };
}

/** The people to show: those inside, the host first. A host who is not there yet keeps an empty seat. */
function seats(room, details, role) {
  const people = (details?.people ?? []).map((row) => ({
    id: row.user_id,
    name: details.names.get(row.user_id) ?? "A member",
    note: row.user_id === room.host_user_id ? "Host" : row.lobby_status === "waiting" ? "Waiting" : "",
    faded: row.lobby_status === "waiting",
  }));
  const unique = [...new Map(people.map((one) => [one.id, one])).values()];
  const host = unique.find((one) => one.id === room.host_user_id);
  const name = details?.names.get(room.host_user_id);
  const absent = role === "visitor" ? "Host" : "Host, away";
  const first = host ?? (name && { id: room.host_user_id, name, note: absent, faded: role !== "visitor" });
  return [...(first ? [first] : []), ...unique.filter((one) => one !== host)];
}

function createTile({ id }) {
  const face = h("span", { class: "tile-face" });
  const name = h("span", { class: "tile-name", dir: "auto" });
  const marks = h("span", { class: "tile-marks" });
  const element = h("li", { class: "tile" }, face, name, marks);
  let shown = "";

  function update(one, isMe) {
    const key = JSON.stringify([one, isMe]);
    if (key === shown) return;
    shown = key;
    face.replaceChildren(avatar(id, one.name));
    setText(name, one.name);
    marks.replaceChildren(
      ...[isMe ? "You" : "", one.note].filter(Boolean).map((text) => h("span", { class: "mark", text })),
    );
    element.classList.toggle("faded", one.faded);
    element.classList.toggle("mine", isMe);
  }

  return { element, update };
}
