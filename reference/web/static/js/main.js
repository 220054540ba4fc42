// The page's start: loads the addresses, then shows what the address bar says.

import { loadConfig } from "./config.js";
import { forgetNames } from "./display_names.js";
import { h } from "./dom.js";
import { createHeader } from "./header.js";
import { openListing } from "./listing.js";
import { createRouter } from "./router.js";
import { onChange } from "./session.js";
import { openSignIn } from "./sign_in.js";
import { openViewer } from "./viewer.js";

const HOME = "/comm/live-rooms";

const routes = [
  { pattern: /^\/sign-in\/?$/, page: "sign-in", open: openSignIn },
  { pattern: /^\/comm\/live-rooms\/?$/, page: "listing", open: openListing },
  { pattern: /^\/comm\/live-rooms\/(?<room>[^/]+)\/view\/?$/, page: "viewer", open: openViewer },
  { pattern: /^\/$/, page: "start", open: openHome },
  { pattern: /^/, page: "not-found", open: openNotFound },
];

function openHome(main, { navigate }) {
  navigate(HOME, { replace: true });
  return () => {};
}

function openNotFound(main) {
  document.title = "Not found · Live rooms";
  main.append(
    h(
      "div",
      { class: "empty" },
      h("h1", { text: "There is nothing here" }),
      h("p", {}, h("a", { class: "button", href: HOME, text: "Back to live rooms" })),
    ),
  );
  main.dataset.ready = "true";
  return () => {};
}

function showBroken(error) {
  console.error(error);
  const again = h("button", {
    type: "button",
    class: "button",
    text: "Try again",
    on: { click: () => location.reload() },
  });
  document.body.append(
    h(
      "main",
      { class: "empty", data: { page: "broken", ready: "true" } },
      h("p", { role: "alert", text: "The page could not be loaded." }),
      again,
    ),
  );
}

async function start() {
  try {
    await loadConfig();
  } catch (error) {
    return showBroken(error);
  }
  const header = createHeader(() => router.navigate(HOME));
  const router = createRouter(routes, { onShown: header.update });
  document.body.prepend(header.element);
  onChange(() => {
    forgetNames();
    header.update();
  });
  router.show();
}

await start();
