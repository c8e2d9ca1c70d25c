/** The Bot API's calls as they come: method, answer and time; with parameters when opened. */

import { look } from "./api.js";
import { make } from "./dom.js";
import { second } from "./time.js";

const SHOWN = 120;
const QUIET = "getupdates";

/** @typedef {import("./world.js").Json} Json */

/** A list, newest on top. Good answers to getUpdates are only counted. */
export class CallList {
  /** @param {import("./world.js").World} world */
  constructor(world) {
    this.world = world;
    this.polls = 0;
    this.note = make("p", { class: "note" });
    this.list = make("ol", { class: "calls", "aria-label": "Calls of the Bot API, newest first" });
    this.element = make("section", { class: "fact" }, make("h3", { text: "Bot API calls" }), this.note, this.list);
    world.addEventListener("call", (event) => this.add(/** @type {CustomEvent} */ (event).detail.call, true));
  }

  refresh() {
    this.polls = 0;
    this.list.replaceChildren();
    for (const call of this.world.calls) this.add(call, false);
    this.count();
  }

  /** @param {Json} call @param {boolean} isNew */
  add(call, isNew) {
    if (call.method.toLowerCase() === QUIET && call.code === 200) this.polls += 1;
    else {
      this.list.prepend(item(call, isNew));
      if (this.list.children.length > SHOWN) this.list.lastElementChild?.remove();
    }
    this.count();
  }

  count() {
    const none = this.list.children.length ? "" : "None yet. ";
    this.note.textContent = `${none}getUpdates answered ${this.polls} ${this.polls === 1 ? "time" : "times"}.`;
  }
}

/** @param {Json} call @param {boolean} isNew */
function item(call, isNew) {
  const { method, code, milliseconds, started, description, chat_id: chat } = call;
  const kind = code === 200 ? "good" : code === 429 ? "slow" : "bad";
  const details = make("pre", { class: "call-details" });
  const fold = make(
    "details",
    {},
    make("summary", {},
      make("span", { class: "call-method", text: method }),
      make("span", { class: `code ${kind}`, text: code || "cut" }),
      make("span", { class: "call-time", text: `${duration(milliseconds)} ms` }),
      code !== 200 && make("span", { class: "call-error", text: description || "the connection was cut" })),
    make("p", { class: "note", text: `${second(started)}${chat ? ` · chat ${chat}` : ""}` }),
    details,
  );
  fold.addEventListener("toggle", () => fold.open && !details.textContent && explain(call.seq, details));
  return make("li", { class: isNew ? "call new" : "call" }, fold);
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  if (milliseconds < 0.1) return "< 0.1";
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

/** @param {number} seq @param {HTMLElement} place */
async function explain(seq, place) {
  const [call] = await look("calls", { before: seq + 1, limit: 1 }).catch(() => []);
  place.textContent = call ? JSON.stringify(call.parameters, null, 2) : "This call is no longer kept.";
}
