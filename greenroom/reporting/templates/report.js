"use strict";
// The page says everything without this script; it adds finding, copying, enlarging and opening by link.
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

  // Finding.
  const toolbar = one(".toolbar");
  const scenarios = all("details.scenario").map((element) => ({
    element,
    text: `${element.querySelector(".name").textContent} ${element.dataset.text} ${element.dataset.tags}`.toLowerCase(),
  }));
  const chips = all(".chip");
  const [find, tag, verdict, found] = ["#find", "#tag", "#verdict", "#found"].map(one);
  const narrow = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of scenarios) {
      const fits =
        words.every((word) => text.includes(word)) &&
        (!tag.value || element.dataset.tags.includes(` ${tag.value} `)) &&
        (!verdict.value || element.dataset.verdict === verdict.value);
      element.hidden = !fits;
      count += fits;
    }
    const narrowed = count < scenarios.length;
    for (const promise of all(".promise")) promise.hidden = narrowed && !promise.querySelector(".scenario:not([hidden])");
    for (const subject of all(".subject")) subject.hidden = narrowed && !subject.querySelector(".scenario:not([hidden])");
    for (const aside of all(".unchecked-list, .also")) aside.hidden = narrowed;
    for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset.verdict === verdict.value));
    one("#nothing").hidden = count > 0 || scenarios.length === 0;
    found.textContent = narrowed ? `${count} of ${scenarios.length}` : `${scenarios.length} scenarios`;
  };
  if (scenarios.length > 0) toolbar.hidden = false;
  toolbar.addEventListener("submit", (event) => event.preventDefault());
  toolbar.addEventListener("input", narrow);
  toolbar.addEventListener("reset", () => setTimeout(narrow));
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      verdict.value = verdict.value === chip.dataset.verdict ? "" : chip.dataset.verdict;
      narrow();
      if (verdict.value) one("#promises").scrollIntoView();
    });
  }
  const fold = (open) => scenarios.filter(({ element }) => !element.hidden).forEach(({ element }) => (element.open = open));
  one("#open-all").addEventListener("click", () => fold(true));
  one("#close-all").addEventListener("click", () => fold(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    find.focus();
  });
  narrow();
  reveal();
})();
