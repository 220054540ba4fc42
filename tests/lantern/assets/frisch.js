// The pages work without this. With it, an open page keeps up with the server, and a form is sent once.
const EVERY = 1000;
const main = document.querySelector("main[data-frisch]");
let sending = null;

async function refresh() {
  const part = main.querySelector("[data-teil]");
  try {
    const answer = await fetch(main.dataset.frisch, { signal: AbortSignal.timeout(5000) });
    const fresh = part.cloneNode(false);
    fresh.innerHTML = await answer.text();
    // Left alone where nothing is new, or somebody is busy: a button must not be swapped under the hand that presses it.
    const busy = sending || part.querySelector(":popover-open");
    if (answer.ok && !busy && !fresh.isEqualNode(part)) part.replaceChildren(...fresh.childNodes);
  } catch {
    // The server is away for a moment; the next turn tries again.
  }
  main.dataset.bereit = ""; // as it was sent, it can be used even while the server is away
  setTimeout(refresh, EVERY);
}

addEventListener("submit", (event) => {
  sending = event.submitter;
  if (sending) sending.disabled = true;
});
addEventListener("pageshow", () => { // back in history a page may come with its button still out of use
  if (sending) sending.disabled = false;
  sending = null;
});
if (main) refresh();
