"use strict";
// Finding scenarios in the report. Runs before page.js, which opens what a link leads to, also what is filtered out.
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (query) => document.querySelector(query);

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
})();
