// The Go Live popup: asks for title, format and tags, and shows how going live comes along.

import { h, icon } from "./dom.js";
import { goLive, isGoingLive } from "./go_live.js";
import { remember } from "./just_went_live.js";
import { alertNotice, statusNotice } from "./notices.js";
import { me } from "./session.js";

const TITLE_LENGTH = 200;
const FORMATS = [
  ["audio", "Audio"],
  ["video", "Video"],
];
const TAGS = ["Music", "Wellness", "Talk", "Learning", "Fun"];

/** Opens the popup over `main`; goes to the viewer once the room is live. */
export function openGoLiveDialog(main, { navigate }) {
  if (main.querySelector("dialog")) return;
  const status = statusNotice();
  const alert = alertNotice();
  const counter = h("span", { class: "counter", id: "title-count", "aria-hidden": "true" });
  const title = h("input", {
    id: "go-live-title",
    name: "title",
    type: "text",
    maxlength: TITLE_LENGTH,
    required: true,
    autocomplete: "off",
    dir: "auto",
  });
  const formats = FORMATS.map(([value, label]) => choice("radio", "format", value, label, icon(value)));
  const tags = TAGS.map((label) => choice("checkbox", "tag", label.toLowerCase(), label));
  const submit = h("button", { type: "submit", class: "button primary", text: "Go Live Now" });
  const cancel = h("button", { type: "button", class: "button", text: "Cancel", on: { click: () => dialog.close() } });
  const fields = h(
    "fieldset",
    { class: "plain stack" },
    h(
      "div",
      { class: "field" },
      h("div", { class: "label-line" }, h("label", { for: title.id, text: "Title" }), counter),
      title,
    ),
    h(
      "fieldset",
      { class: "plain" },
      h("legend", { text: "Format" }),
      h("div", { class: "choices formats" }, ...formats),
    ),
    h(
      "fieldset",
      { class: "plain" },
      h("legend", {}, "Tags ", h("span", { class: "muted", text: "pick at least one" })),
      h("div", { class: "choices pills" }, ...tags),
    ),
  );
  const form = h(
    "form",
    { class: "stack", novalidate: true, on: { submit: send, input: update, change: update } },
    fields,
    status.element,
    alert.element,
    h("div", { class: "dialog-actions" }, cancel, submit),
  );
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "go-live-heading", on: { cancel: holdOn, close: () => dialog.remove() } },
    h("h2", { id: "go-live-heading", text: "Go Live" }),
    form,
  );

  function read() {
    const data = new FormData(form);
    return { title: title.value, format: data.get("format"), tags: data.getAll("tag") };
  }

  function update() {
    const { title: words, format, tags: chosen } = read();
    counter.textContent = `${words.length}/${TITLE_LENGTH}`;
    submit.disabled = isGoingLive() || words.trim() === "" || !format || chosen.length === 0;
  }

  async function send(event) {
    event.preventDefault();
    const person = me();
    if (submit.disabled || isGoingLive()) return;
    if (!person) return alert.show("Please sign in again.");
    const wanted = read(); // before the fields are locked: locked fields are left out of a form's data
    alert.show("");
    say("Going live…");
    const outcome = goLive(person, wanted, say);
    lock(true);
    const { problem, roomId, wasReset } = (await outcome) ?? {};
    lock(false);
    if (roomId) return openViewer(roomId, person, wasReset);
    status.show("");
    alert.show(problem);
    submit.focus();
  }

  function openViewer(roomId, person, wasReset) {
    remember(roomId, person.id, wasReset);
    navigate(`/comm/live-rooms/${roomId}/view`, { state: { usr: { isHost: true } } });
  }

  function say(text) {
    status.show(text, "busy");
  }

  function lock(isBusy) {
    fields.disabled = isBusy;
    cancel.disabled = isBusy;
    dialog.setAttribute("closedby", isBusy ? "none" : "closerequest"); // a second Escape would get past `holdOn`
    form.setAttribute("aria-busy", String(isBusy));
    update();
  }

  function holdOn(event) {
    if (isGoingLive()) event.preventDefault();
  }

  main.append(dialog);
  update();
  dialog.showModal();
  title.focus();
}

function choice(type, name, value, label, picture) {
  return h(
    "label",
    { class: `choice ${type}` },
    h("input", { type, name, value }),
    picture,
    h("span", { text: label }),
  );
}
