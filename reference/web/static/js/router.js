// Which page an address shows, and going from one to the other without loading the document anew.

import { h } from "./dom.js";

/**
 * Shows pages below `header`. `routes` are `{pattern, page, open}`; `open(main, {params, navigate})` fills `main`, sets
 * `data-ready` once its first data is there, and gives back a function that stops it. Returns `{navigate, show}`.
 */
export function createRouter(routes, { onShown }) {
  let stop = () => {};
  let main = null;

  function show({ focus = false } = {}) {
    stop();
    const { route, params } = find();
    const previous = main;
    main = h("main", { data: { page: route.page, ready: "false" } });
    if (previous) previous.replaceWith(main);
    else document.body.append(main);
    onShown();
    const opened = main;
    stop = () => {};
    const stopThis = route.open(main, { params, navigate });
    if (main !== opened) return stopThis(); // the page sent us on to another one while it opened
    stop = stopThis;
    if (focus) moveFocus(main);
  }

  function find() {
    for (const route of routes) {
      const match = route.pattern.exec(location.pathname);
      if (match) return { route, params: match.groups ?? {} };
    }
    throw new Error("the last route must match every address");
  }

  /** Goes to `path`, a path of this site; `state` becomes the history entry's state. */
  function navigate(path, { state = null, replace = false } = {}) {
    if (replace) history.replaceState(state, "", path);
    else history.pushState(state, "", path);
    scrollTo(0, 0);
    show({ focus: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  });
  addEventListener("popstate", () => show({ focus: true }));
  addEventListener("pageshow", (event) => event.persisted && show());

  return { navigate, show };
}

/** Puts the focus on the page's heading, for a screen reader to read on from there, unless a field asked for it. */
function moveFocus(main) {
  if (main.contains(document.activeElement)) return;
  const heading = main.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}
