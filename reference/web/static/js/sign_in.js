// The sign-in page.

import { signIn } from "./auth.js";
import { h, icon } from "./dom.js";
import { alertNotice } from "./notices.js";
import { keep, me } from "./session.js";

const HOME = "/comm/live-rooms";
const WRONG = "Email or password is wrong.";
const UNAVAILABLE = "Signing in is not possible right now. Please try again.";

/** Shows the sign-in page in `main`; goes to where `?next=` says once the person is signed in. */
export function openSignIn(main, { navigate }) {
  const next = safeNext(new URLSearchParams(location.search).get("next"));
  if (me()) {
    navigate(next, { replace: true });
    return () => {};
  }
  document.title = "Sign in · Live rooms";
  let closed = false;
  const alert = alertNotice();
  const email = h("input", {
    id: "email",
    name: "email",
    type: "email",
    autocomplete: "username",
    inputmode: "email",
    required: true,
    autocapitalize: "none",
    spellcheck: "false",
  });
  const password = h("input", {
    id: "password",
    name: "password",
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  const submit = h("button", { type: "submit", class: "button primary wide", text: "Sign in" });
  const form = h(
    "form",
    { class: "stack", novalidate: true, on: { submit: send } },
    field("Email", email),
    field("Password", password),
    alert.element,
    submit,
  );

  async function send(event) {
    event.preventDefault();
    if (submit.disabled) return;
    alert.show("");
    submit.disabled = true;
    const problem = await attempt();
    submit.disabled = false;
    if (closed) return;
    if (!problem) return navigate(next, { replace: true });
    alert.show(problem);
    (problem === WRONG ? password : submit).focus();
  }

  async function attempt() {
    try {
      const answer = await signIn(email.value.trim(), password.value);
      if (answer.status === 200 && answer.body?.access_token) return keep(answer.body);
      return answer.status >= 400 && answer.status < 500 && answer.status !== 429 ? WRONG : UNAVAILABLE;
    } catch (error) {
      console.warn("[SignIn]", error.message);
      return UNAVAILABLE;
    }
  }

  main.append(
    h(
      "div",
      { class: "sign-in-card" },
      h("div", { class: "sign-in-mark", "aria-hidden": "true" }, icon("live")),
      h("h1", { text: "Sign in" }),
      h("p", { class: "muted", text: "Join a room, or go live with your own." }),
      form,
    ),
  );
  email.focus();
  main.dataset.ready = "true";
  return () => (closed = true);
}

function field(label, input) {
  return h("div", { class: "field" }, h("label", { for: input.id, text: label }), input);
}

/** `next` when it is a path of this very site, else the listing. */
function safeNext(next) {
  if (!next?.startsWith("/")) return HOME;
  const url = new URL(next, location.origin);
  const isOurs = url.origin === location.origin && url.pathname !== "/sign-in";
  return isOurs ? url.pathname + url.search + url.hash : HOME;
}
