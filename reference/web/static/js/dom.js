// Building and changing elements. Text always goes in as a text node, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new element. `attributes` may hold `class`, `text`, `data` (a map for data-*), `on` (listeners by event name) and
 * any attribute; one that is null, undefined or false is left out. Children are elements, strings, or nothing.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "on")
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets the text of `element`, touching the document only when it differs (so nothing is announced twice). */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes `children` the children of `parent`, in order, leaving alone what is already in place, and keeps the focus. */
export function arrange(parent, children) {
  const focused = document.activeElement;
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
}

const PATHS = {
  live: [
    "M12 12h.01",
    "M8.1 15.9a5.5 5.5 0 0 1 0-7.8",
    "M15.9 8.1a5.5 5.5 0 0 1 0 7.8",
    "M5 19a10 10 0 0 1 0-14",
    "M19 5a10 10 0 0 1 0 14",
  ],
  audio: ["M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3Z", "M5.5 11a6.5 6.5 0 0 0 13 0", "M12 17.5V21"],
  video: [
    "M4.5 6.5h9a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5Z",
    "m15 10.5 6-3.5v10l-6-3.5",
  ],
  people: [
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
    "M2.5 20a6.5 6.5 0 0 1 13 0",
    "M16 4.3a3.5 3.5 0 0 1 0 6.4",
    "M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  ],
  clock: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 7v5l3.5 2"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  warning: ["M12 4 2.8 19.5h18.4L12 4Z", "M12 10v4.5", "M12 17.2v.1"],
  refresh: ["M20 12a8 8 0 1 1-2.6-5.9", "M20.5 3.5v4.2h-4.2"],
  door: ["M14 4h3.5A1.5 1.5 0 0 1 19 5.5v13a1.5 1.5 0 0 1-1.5 1.5H14", "M10 8l-4 4 4 4", "M6.5 12H15"],
  stop: ["M7.5 7.5h9v9h-9z"],
  moon: ["M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z"],
};

/** A line icon, hidden from assistive technology: what it means is always said in words beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
