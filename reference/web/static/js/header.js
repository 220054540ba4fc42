// The header of every page: the way to the listing, and who is signed in.

import { arrange, h, icon } from "./dom.js";
import { avatar } from "./people_view.js";
import { forget, me } from "./session.js";

/** The header; `update()` shows who is signed in now. `onSignedOut` is called after the person has signed out here. */
export function createHeader(onSignedOut) {
  const who = h("div", { class: "who" });
  const home = h("a", { href: "/comm/live-rooms", class: "nav-link", text: "Live rooms" });
  const brand = h(
    "span",
    { class: "brand", "aria-hidden": "true" },
    h("span", { class: "brand-mark" }, icon("live")),
    h("span", { class: "brand-name", text: "Greenroom" }),
  );
  const element = h(
    "header",
    { class: "site-header" },
    h("div", { class: "site-header-inner" }, brand, h("nav", { "aria-label": "Main" }, home), who),
  );
  let shown;

  function signOut() {
    forget();
    onSignedOut();
  }

  function update() {
    const person = me();
    const key = JSON.stringify([person?.id, person?.name, location.pathname]);
    if (key === shown) return;
    shown = key;
    const onListing = location.pathname === "/comm/live-rooms";
    if (onListing) home.setAttribute("aria-current", "page");
    else home.removeAttribute("aria-current");
    arrange(who, person ? signedIn(person) : signedOut());
  }

  function signedIn(person) {
    return [
      avatar(person.id, person.name),
      h("span", { class: "person-name", dir: "auto", text: person.name }),
      h("button", { type: "button", class: "button quiet small", text: "Sign out", on: { click: signOut } }),
    ];
  }

  function signedOut() {
    const here = location.pathname === "/sign-in" ? "" : `?next=${encodeURIComponent(location.pathname)}`;
    return [h("a", { href: `/sign-in${here}`, class: "button quiet small", text: "Sign in" })];
  }

  return { element, update };
}
