"use strict";
// The page says everything without this script; it adds copying, enlarging and opening by link.
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (query) => document.querySelector(query);
  document.documentElement.classList.add("js");

  // Copying. A page opened from a file may have no clipboard, hence the second way.
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  for (const button of all("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.textContent = (await copied(button.dataset.copy)) ? "Copied" : "Select it";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  }

  // Pictures.
  const zoom = one("#zoom");
  for (const button of all("button.zoom")) {
    button.addEventListener("click", () => {
      const picture = button.querySelector("img");
      zoom.querySelector("img").src = picture.src;
      zoom.querySelector("img").alt = picture.alt;
      zoom.showModal();
    });
  }
  zoom.addEventListener("click", () => zoom.close());

  // A link to something that is folded away opens it.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
      each.hidden = false;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });
  reveal();
})();
