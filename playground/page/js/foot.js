/** The button that stands where one can't write: START, RESTART, JOIN, or a word why not. */

import { act } from "./api.js";
import { make } from "./dom.js";
import { isAdmin, isIn } from "./world.js";

/**
 * Decide which button the open chat needs; null where one may write.
 * @param {import("./hands.js").Hands} hands
 * @returns {HTMLElement | null}
 */
export function footButton(hands) {
  const { viewer } = hands;
  const { me, room, person, topic, isPrivate } = viewer;
  if (!me) return null;
  const payload = deepPayload();
  if (isPrivate && me.blocked) return button("RESTART", () => start(hands, ""));
  if (isPrivate && (payload || !room?.messages.size)) return button("START", () => start(hands, payload));
  if (isPrivate || !room) return null;
  if (room.migratedTo !== null) {
    const target = room.migratedTo;
    return button("GO TO THE SUPERGROUP", () => viewer.open({ chat: target }));
  }
  if (!isIn(room, person)) return button("JOIN", () => hands.do("join"));
  if (room.chat.type === "channel" && !isAdmin(room, person)) return note("Only administrators write in this channel");
  if (room.topics.get(topic)?.is_closed && !isAdmin(room, person)) return note("This topic is closed");
  return null;
}

/** The payload of a deep link to this page, /?start=payload, until it is used. */
function deepPayload() {
  return new URLSearchParams(location.search).get("start") ?? "";
}

/** @param {import("./hands.js").Hands} hands @param {string} payload */
async function start(hands, payload) {
  const { person } = hands.viewer;
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  try {
    await act("start", { person, payload });
  } catch (problem) {
    hands.toast(problem instanceof Error ? problem.message : String(problem));
  }
}

/** @param {string} text @param {() => void} click */
function button(text, click) {
  return make("button", { type: "button", class: "foot-button", text, on: { click } });
}

/** @param {string} text */
function note(text) {
  return make("p", { class: "foot-note", text });
}
