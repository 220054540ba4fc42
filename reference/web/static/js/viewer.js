// The viewer page: one room, followed while it is looked at.

import { config } from "./config.js";
import { endRoom } from "./end_room.js";
import { decideRole } from "./host_detection.js";
import { clear, recall } from "./just_went_live.js";
import { poll } from "./polling.js";
import { createPresence, leaveRoom } from "./presence.js";
import { isOpen } from "./room_status.js";
import { me } from "./session.js";
import { readDetails, readRoom } from "./viewer_data.js";
import { createViewerView } from "./viewer_view.js";

const WAS_RESET = "Your room was reset before going live.";
const ENDED = "This room has ended.";

/** Shows the room `params.room` in `main`, and follows it until stopped. */
export function openViewer(main, { params, navigate }) {
  const roomId = params.room;
  const view = createViewerView(main, roomId, { end, leave });
  const presence = createPresence(roomId);
  const state = {
    room: null,
    details: null,
    role: "unknown",
    person: null,
    missing: false, // there is no such room, or this person may not see it
    lookupFailed: false,
    ending: false,
    notice: "",
  };
  let age = 0; // grows with every end: what was read before an end is no longer true after it
  let isDoubtful = false; // the details could not be read the last time: said once in the log
  let closed = false;

  function render() {
    state.person = me();
    state.role = decideRole({ person: state.person, room: state.room, roomId });
    view.update(state);
  }

  async function look(signal) {
    if (state.ending) return;
    const before = age;
    const isCurrent = () => !signal.aborted && age === before;
    try {
      const person = me();
      const room = await readRoom(roomId, person, signal);
      if (!isCurrent()) return;
      take(room);
      render();
      if (state.room) presence.announce(state.room, state.role, state.person);
      // a room that has ended keeps the title of what was on
      if (room && (isOpen(room) || !state.details)) await lookCloser(room, person, signal, isCurrent);
      main.dataset.ready = "true";
    } catch (error) {
      if (signal.aborted) return;
      if (!state.lookupFailed) console.warn("[Viewer]", error);
      state.lookupFailed = true;
      if (isCurrent()) render();
      main.dataset.ready = "true";
      return config.hostLookupRetryMs;
    }
  }

  async function lookCloser(room, person, signal, isCurrent) {
    try {
      const details = await readDetails(room, person, signal);
      if (!isCurrent()) return;
      state.details = details;
      isDoubtful = false;
      render();
    } catch (error) {
      if (isCurrent() && !isDoubtful) console.warn("[Viewer]", error.message);
      isDoubtful = true;
    }
  }

  /** Takes over what was just read; a room that a visitor no longer gets to see has ended. */
  function take(read) {
    const known = state.room;
    const room = read ?? (known && { ...known, status: "idle", current_session_id: null });
    state.missing = !room;
    state.lookupFailed = false;
    const wasOpen = known && isOpen(known);
    if (wasOpen && room && !isOpen(room)) state.notice = ENDED;
    if (room && isOpen(room) && !(wasOpen && known.current_session_id === room.current_session_id)) state.notice = "";
    state.room = room;
  }

  async function end() {
    if (state.ending) return;
    age += 1;
    Object.assign(state, { ending: true, notice: "" });
    view.alert("");
    render();
    const outcome = await endRoom(roomId).catch((error) => {
      console.error(error);
      return { ended: false, text: "The room could not be ended. Press End Room to try again." };
    });
    age += 1;
    state.ending = false;
    if (closed) return;
    if (outcome.ended) {
      clear();
      state.notice = outcome.text;
      const room = state.room ?? { id: roomId, title: "", host_user_id: state.person?.id };
      state.room = { ...room, status: "idle", current_session_id: null };
    } else {
      view.alert(outcome.text);
    }
    render();
    view.focusControls();
    polling.now();
  }

  async function leave(event) {
    event.currentTarget.disabled = true;
    await leaveRoom(roomId, me());
    if (!closed) navigate("/comm/live-rooms");
  }

  if (recall(roomId, me()?.id)?.wasReset) view.toast(WAS_RESET);
  render();
  const polling = poll(look, config.pollMs);
  return () => {
    closed = true;
    polling.stop();
  };
}
