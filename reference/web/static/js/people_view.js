// How a person looks: an avatar with their initials.

import { h } from "./dom.js";
import { initials, toneOf } from "./words.js";

/** The avatar of the person `id`; the name beside it says who it is, so it is hidden from assistive technology. */
export function avatar(id, name) {
  return h("span", { class: `avatar ${toneOf(id)}`, "aria-hidden": "true", text: initials(name) });
}
