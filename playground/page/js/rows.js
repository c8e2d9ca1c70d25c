/** The rows of a conversation in their order: grouped by sender, parted by day. */

import { make } from "./dom.js";
import { senderOf } from "./names.js";
import { serviceWords } from "./service.js";
import { day, iso, sameDay } from "./time.js";

const TOGETHER_SECONDS = 300;
const RECENT = 12;

/** @typedef {import("./world.js").Json} Json */

/** Keeps a list element in order of the messages' numbers. */
export class Rows {
  /** @param {HTMLElement} list @param {() => number} now the server's time */
  constructor(list, now) {
    this.list = list;
    this.now = now;
    /** @type {Map<number, HTMLElement>} */ this.byId = new Map();
    /** @type {HTMLElement[]} */ this.recent = [];
    /** @type {WeakMap<Element, Json>} */ this.messages = new WeakMap();
  }

  clear() {
    this.byId.clear();
    this.recent = [];
    this.list.replaceChildren();
  }

  /**
   * Put a row in its place, instead of the one that showed the message before.
   * @param {Json} message
   * @param {HTMLElement} row
   */
  put(message, row) {
    const id = message.message_id;
    const old = this.byId.get(id);
    this.byId.set(id, row);
    this.messages.set(row, message);
    if (old) old.replaceWith(row);
    else this.insert(id, row);
    this.settle(row);
    this.settle(this.next(row));
  }

  /** Give the number of the first message that is shown. */
  first() {
    const row = this.list.querySelector("[data-id]");
    return row ? this.messages.get(row)?.message_id : undefined;
  }

  /** Let go of the oldest rows, so that as many are left. @param {number} count */
  trim(count) {
    for (const id of [...this.byId.keys()].sort((a, b) => a - b).slice(0, -count)) {
      this.byId.get(id)?.remove();
      this.byId.delete(id);
    }
    while (this.list.firstElementChild && !this.messages.has(this.list.firstElementChild)) this.list.firstElementChild.remove();
    this.settle(this.list.firstElementChild ?? undefined);
  }

  /** @param {number} id @param {HTMLElement} row */
  insert(id, row) {
    const after = this.after(id);
    this.list.insertBefore(row, after);
    if (after) row.classList.add("old");
    else this.recent.push(row);
    if (this.recent.length > RECENT) this.recent.shift()?.classList.add("old");
  }

  /** @param {number} id */
  remove(id) {
    const row = this.byId.get(id);
    if (!row) return;
    const [before, after] = [this.previous(row), this.next(row)];
    this.byId.delete(id);
    row.remove();
    this.settle(before);
    this.settle(after);
    if (!after) this.dropLastDay();
  }

  /** Find the row before which a message belongs: mostly none, for it is the newest. */
  after(/** @type {number} */ id) {
    let row = /** @type {Element | null} */ (this.list.lastElementChild);
    if (!row || id > this.idOf(row)) return null;
    row = this.list.firstElementChild;
    while (row && this.idOf(row) < id) row = row.nextElementSibling;
    return row;
  }

  /** A day's row counts as the row that follows it. */
  idOf(/** @type {Element} */ row) {
    const own = this.messages.get(row) ?? this.messages.get(row.nextElementSibling ?? row);
    return own?.message_id ?? 0;
  }

  /** @param {Element | undefined} row */
  previous(row) {
    let other = row?.previousElementSibling;
    while (other && !this.messages.has(other)) other = other.previousElementSibling;
    return other ?? undefined;
  }

  /** @param {Element | undefined} row */
  next(row) {
    let other = row?.nextElementSibling;
    while (other && !this.messages.has(other)) other = other.nextElementSibling;
    return other ?? undefined;
  }

  /** Set what a row owes to its neighbours: the day above it, the ends of its group. */
  settle(/** @type {Element | undefined} */ row) {
    if (!row) return;
    const [before, after] = [this.previous(row), this.next(row)];
    const [own, last, next] = [row, before, after].map((r) => r && this.messages.get(r));
    this.part(row, Boolean(!last || !sameDay(last.date, own?.date)), own?.date);
    row.classList.toggle("first", !follows(last, own));
    row.classList.toggle("last", !follows(own, next));
    before?.classList.toggle("last", !follows(last, own));
  }

  /** @param {Element} row @param {boolean} isParted @param {number} date */
  part(row, isParted, date) {
    const above = row.previousElementSibling;
    const has = above?.classList.contains("day");
    if (has && !isParted) above?.remove();
    if (!has && isParted) {
      const time = make("time", { datetime: iso(date).slice(0, 10), text: day(date, this.now()) });
      row.before(make("li", { class: "row day" }, time));
    }
  }

  dropLastDay() {
    const last = this.list.lastElementChild;
    if (last?.classList.contains("day")) last.remove();
  }
}

/**
 * Say whether a message goes on in the group of the one before it.
 * @param {Json | undefined} before
 * @param {Json | undefined} message
 */
function follows(before, message) {
  if (!before || !message || message.date - before.date > TOGETHER_SECONDS) return false;
  if (!sameDay(before.date, message.date)) return false;
  if (serviceWords(before) !== null || serviceWords(message) !== null) return false;
  return senderOf(before)?.id === senderOf(message)?.id;
}
