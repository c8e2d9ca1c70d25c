/** What was written but has not arrived: it waits while the line is down, and none is lost or doubled. */

import { Refused, act, look } from "./api.js";
import { toast } from "./toast.js";

const KEY = "outgoing";
const LOOKED_AT = 30;
const AGAIN = 2000;

/**
 * @typedef {{key: number, person: number, chat: number, topic: number, text: string,
 *   reply_to?: number, after: number, date: number, unsure?: boolean}} Letter
 *   `after` is the newest message known when it was written; `unsure` means that the line broke
 *   while it was sent, so it may have arrived
 */

/** The letters on their way, in order. Tells "changed". */
export class Outgoing extends EventTarget {
  /** @param {import("./world.js").World} world @param {import("./stream.js").Line} line */
  constructor(world, line) {
    super();
    this.world = world;
    this.line = line;
    this.work = Promise.resolve();
    /** @type {Letter[]} */
    this.letters = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    world.addEventListener("message", (event) => this.arrived(/** @type {CustomEvent} */ (event).detail));
    line.addEventListener("up", () => this.flush());
  }

  /** @param {Omit<Letter, "key">} letter */
  send(letter) {
    this.letters.push({ ...letter, key: Date.now() + Math.random() });
    this.changed();
    return this.flush();
  }

  /** Send what waits, one after the other. */
  flush() {
    this.work = this.work.then(() => this.sendAll());
    return this.work;
  }

  async sendAll() {
    while (this.letters.length && this.line.isUp) {
      const [letter] = this.letters;
      const isDone = await this.deliver(letter);
      if (!isDone) {
        setTimeout(() => this.flush(), AGAIN);
        return;
      }
      this.drop(letter);
    }
  }

  /** @param {Letter} letter @returns {Promise<boolean>} whether it need not be sent again */
  async deliver(letter) {
    const { person, chat, topic, text, reply_to } = letter;
    try {
      if (letter.unsure && (await this.hasArrived(letter))) return true;
      letter.unsure = true;
      this.keep();
      await act("send", { person, chat, topic: topic || undefined, text, reply_to });
    } catch (problem) {
      if (!(problem instanceof Refused)) return false;
      toast(problem.message);
      this.dispatchEvent(new CustomEvent("refused", { detail: letter }));
    }
    return true;
  }

  /** @param {Letter} letter */
  async hasArrived({ person, chat, text, after }) {
    const newest = await look("messages", { person, chat, limit: LOOKED_AT });
    return newest.some((/** @type {import("./world.js").Json} */ { message }) =>
      message.message_id > after && message.from?.id === person && message.text === text);
  }

  /** @param {{chat: number, id: number}} where */
  arrived({ chat, id }) {
    const message = this.world.rooms.get(chat)?.messages.get(id)?.message;
    const letter = this.letters.find((l) => l.chat === chat && l.text === message?.text && l.person === message?.from?.id);
    if (letter) this.drop(letter);
  }

  /** @param {Letter} letter */
  drop(letter) {
    const left = this.letters.filter((other) => other !== letter);
    if (left.length === this.letters.length) return;
    this.letters = left;
    this.changed();
  }

  changed() {
    this.keep();
    this.dispatchEvent(new Event("changed"));
  }

  keep() {
    sessionStorage.setItem(KEY, JSON.stringify(this.letters));
  }
}
