// The two kinds of message: a status (role=status) and a failure (role=alert).

import { h, icon, setText } from "./dom.js";

const PICTURES = { done: "check", busy: "refresh", trouble: "warning" };

/**
 * A polite message, there from the start so that a change of its text is announced. `show(text, kind)` says something
 * ("done", "busy" or "trouble"); `show("")` empties it.
 */
export function statusNotice() {
  const picture = h("span", { class: "notice-picture" });
  const words = h("span", { class: "notice-words" });
  const element = h("div", { role: "status" }, picture, words);
  const show = (text, kind = "done") => {
    setText(words, text);
    element.className = `notice status-notice ${kind}`;
    element.dataset.empty = String(text === "");
    if (picture.dataset.kind !== kind) picture.replaceChildren(icon(PICTURES[kind]));
    picture.dataset.kind = kind;
  };
  show("");
  return { element, show };
}

/** A failure. It is in the document only while there is one, and a second one is announced anew. */
export function alertNotice() {
  const element = h("div", { class: "alert-place" });
  return {
    element,
    show(text) {
      element.replaceChildren();
      if (text)
        element.append(
          h(
            "div",
            { class: "notice alert-notice", role: "alert" },
            icon("warning"),
            h("span", { class: "notice-words", text }),
          ),
        );
    },
  };
}
