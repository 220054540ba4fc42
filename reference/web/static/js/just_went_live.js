// What this very page did itself: the room it just went live in. It does not survive a reload, and nobody can forge it.

let present = null;

/** Remembers that `userId` went live in `roomId`, and whether the room had to be reset for it. */
export function remember(roomId, userId, wasReset) {
  present = { roomId, userId, wasReset };
}

/** `{wasReset}` when `userId` just went live in `roomId` from this page, else null. */
export function recall(roomId, userId) {
  return present?.roomId === roomId && present.userId === userId ? present : null;
}

/** Forgets it, once the room has ended. */
export function clear() {
  present = null;
}
