// Doing something again and again: while the page is visible, one at a time, until stopped.

/**
 * Runs `task(signal)` at once, and again `everyMs` after it has finished, or after as many milliseconds as it gives
 * back. A hidden page pauses; it goes on as soon as it is seen again. Returns `{stop, now}`.
 */
export function poll(task, everyMs) {
  const gaveUp = new AbortController();
  let timer;
  let running = false;

  async function turn() {
    if (running || gaveUp.signal.aborted) return;
    clearTimeout(timer);
    running = true;
    let pause = everyMs;
    try {
      pause = (await task(gaveUp.signal)) ?? everyMs;
    } catch (error) {
      if (!gaveUp.signal.aborted) console.error(error);
    }
    running = false;
    if (!gaveUp.signal.aborted && !document.hidden) timer = setTimeout(turn, pause);
  }

  function seenAgain() {
    if (document.hidden) clearTimeout(timer);
    else turn();
  }

  function stop() {
    gaveUp.abort();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seenAgain);
  }

  document.addEventListener("visibilitychange", seenAgain);
  turn();
  return { stop, now: turn };
}
