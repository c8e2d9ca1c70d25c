/** The messages of the open chat: shows what is there, what comes, and what came before on the way up. */

import { row } from "./bubble.js";
import { arrowKeys, icon, make } from "./dom.js";
import { olderThan } from "./history.js";
import { focusables, keepOpen } from "./keep.js";
import { nameOf, senderOf, summaryOf } from "./names.js";
import { Rows } from "./rows.js";
import { announce } from "./toast.js";
import { entriesOf, topicOf } from "./world.js";

const NEAR_END = 24;
const NEAR_START = 900;
const ABOVE = 10;
const SHOWN = 80;
const MOST_SHOWN = 240;
const ENOUGH = 30;
const PENDING = 1e15;

/**
 * @typedef {import("./world.js").Json} Json
 * @typedef {import("./world.js").Entry} Entry
 */

/** The scrolling list. */
export class Timeline {
  /**
   * @param {import("./hands.js").Hands} hands
   * @param {import("./outgoing.js").Outgoing} outgoing
   */
  constructor(hands, outgoing) {
    this.hands = hands;
    this.outgoing = outgoing;
    this.world = hands.world;
    this.viewer = hands.viewer;
    this.list = make("ol", { class: "rows" });
    this.empty = make("div", { class: "empty" });
    this.scroller = make("div", { class: "scroller" }, this.empty, this.list);
    this.down = make("button", { type: "button", class: "to-end", "aria-label": "To the newest message", hidden: true }, icon("down"), make("span", { class: "badge" }));
    this.element = make("section", { class: "timeline", "aria-label": "Messages" }, this.scroller, this.down);
    this.rows = new Rows(this.list, () => this.world.now());
    this.stuck = true;
    this.listen();
  }

  listen() {
    const on = (/** @type {string} */ what, /** @type {(detail: Json) => void} */ then) =>
      this.world.addEventListener(what, (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        if (detail.chat === this.viewer.chat) then(detail);
      });
    on("message", ({ id }) => this.arrived(id));
    on("edited", ({ id }) => this.changed(id));
    on("deleted", ({ id }) => this.rows.remove(id));
    on("pinned", () => this.render());
    this.outgoing.addEventListener("changed", () => this.showPending());
    this.hands.addEventListener("jump", (event) => this.jump(/** @type {CustomEvent} */ (event).detail.id));
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.down.addEventListener("click", () => this.toEnd("smooth"));
    document.addEventListener("visibilitychange", () => this.see());
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.scroller);
    arrowKeys(this.list, ".bubble", { wrap: false });
    this.list.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.rove(event.target));
    this.list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
  }

  /** Show the open chat from the first message that was not read. */
  open() {
    const read = this.viewer.lastRead(this.viewer.chat, this.viewer.topic);
    this.stuck = true;
    this.render();
    const unread = this.entries().find(({ message }) => read !== null && message.message_id > read);
    this.toStart((unread ?? this.entries().at(-1))?.message.message_id);
    this.see(true);
    if (this.rows.byId.size < ENOUGH) this.loadOlder();
  }

  render() {
    this.rows.clear();
    for (const entry of this.entries().slice(-SHOWN)) this.rows.put(entry.message, row(entry, this.hands));
    this.showPending();
    this.showEmpty();
    this.rove(this.bubbles().at(-1));
  }

  entries() {
    return entriesOf(this.viewer.room, this.viewer.topic);
  }

  /** @returns {HTMLElement[]} */
  bubbles() {
    return [...this.list.querySelectorAll(".bubble")];
  }

  showEmpty() {
    const isEmpty = this.rows.byId.size === 0;
    this.empty.hidden = !isEmpty;
    if (isEmpty) this.empty.replaceChildren(this.welcome());
  }

  welcome() {
    const { profile, bot } = this.world;
    if (!this.viewer.isPrivate) return make("p", { class: "pill", text: "No messages here yet" });
    const about = profile.description || "Press START below, and it says what it can do.";
    const title = make("h2", { text: `What can ${nameOf(bot)} do?` });
    return make("div", { class: "card" }, title, make("p", { dir: "auto", text: about }));
  }

  /** @param {number} id */
  arrived(id) {
    const entry = this.viewer.room?.messages.get(id);
    const { topic } = this.viewer;
    if (!entry || (topic && topicOf(entry.message) !== topic)) return;
    const isMine = this.hands.isMine(entry.message);
    if (isMine) this.stuck = true;
    const element = row(entry, this.hands);
    if (!isMine) element.classList.add("new");
    this.rows.put(entry.message, element);
    this.rove(element.querySelector(".bubble"));
    this.empty.hidden = true;
    if (!isMine) announce(`${nameOf(senderOf(entry.message))}: ${summaryOf(entry.message)}`);
    this.followed = id;
    this.frame ??= requestAnimationFrame(() => this.follow());
  }

  /** Go with what has arrived since the last frame, unless one reads further up. */
  follow() {
    this.frame = undefined;
    const wasStuck = this.stuck;
    if (wasStuck && this.rows.byId.size > MOST_SHOWN) this.rows.trim(SHOWN);
    if (wasStuck) this.toStart(this.followed);
    this.see(wasStuck);
  }

  /** @param {number} id */
  changed(id) {
    const entry = this.viewer.room?.messages.get(id);
    const old = this.rows.byId.get(id);
    if (!entry || !old) return;
    const focused = focusables(old).indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const element = row(entry, this.hands);
    if (old.querySelector(".text")?.textContent === element.querySelector(".text")?.textContent) keepOpen(old, element);
    this.rows.put(entry.message, element);
    if (focused >= 0) (focusables(element)[focused] ?? element.querySelector(".bubble"))?.focus();
    if (this.stuck) this.toEnd();
  }

  /** Show what is on its way below everything else, with a clock. */
  showPending() {
    for (const id of [...this.rows.byId.keys()]) if (id > PENDING) this.rows.remove(id);
    const { person, chat, topic, me } = this.viewer;
    const here = this.outgoing.letters.filter((l) => l.person === person && l.chat === chat && l.topic === topic);
    here.forEach(({ text, date }, place) => {
      const message = { message_id: PENDING + 1 + place, from: me, chat: { id: chat }, date, text, pending: true };
      this.rows.put(message, row({ message, reactions: new Map() }, this.hands));
    });
    if (here.length) this.stuck = true;
    if (here.length) this.empty.hidden = true;
  }

  async loadOlder() {
    const { room, topic } = this.viewer;
    if (!room || this.loading) return;
    this.loading = true;
    try {
      const entries = await olderThan(this.world, room, topic, this.rows.first());
      if (room === this.viewer.room && topic === this.viewer.topic) this.prepend(entries);
    } catch {
      // The line is down; the next scroll asks again.
    } finally {
      this.loading = false;
    }
  }

  /** Put older messages on top, and keep what one looks at where it is. @param {Entry[]} entries */
  prepend(entries) {
    if (!entries.length) return;
    const anchor = this.list.querySelector("[data-id]");
    const top = anchor?.getBoundingClientRect().top ?? 0;
    for (const entry of entries.toReversed()) this.rows.put(entry.message, row(entry, this.hands));
    this.showEmpty();
    if (this.stuck) this.toEnd();
    else if (anchor) this.scroller.scrollTop += anchor.getBoundingClientRect().top - top;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (scrollTop < NEAR_START) this.loadOlder();
    this.see();
  }

  /** Note that what is shown has been read, or say how much is below. */
  see(isSeen = this.stuck) {
    const { chat, topic } = this.viewer;
    if (isSeen && document.visibilityState === "visible" && chat) this.viewer.markRead(chat, topic);
    const count = this.viewer.unread(chat, topic);
    this.down.hidden = this.stuck;
    this.down.querySelector(".badge").textContent = count ? String(count) : "";
  }

  /** Go to the end, but not past the beginning of a message. @param {number | undefined} id */
  toStart(id) {
    this.toEnd();
    const over = this.scroller.getBoundingClientRect().top - (this.rows.byId.get(id ?? 0)?.getBoundingClientRect().top ?? Infinity);
    if (over <= 0) return;
    this.stuck = false;
    this.scroller.scrollTop -= over + ABOVE;
  }

  /** @param {"auto" | "smooth"} [behavior] */
  toEnd(behavior = "auto") {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  /** Show a message and light it up; asks for older ones until it is there. @param {number} id */
  async jump(id) {
    while (!this.rows.byId.has(id)) {
      const known = this.rows.byId.size;
      await this.loadOlder();
      if (this.rows.byId.size === known) break;
    }
    const element = this.rows.byId.get(id);
    if (!element) return this.hands.toast("This message is not here any more.");
    this.stuck = false;
    element.scrollIntoView({ block: "center" });
    element.classList.remove("lit");
    requestAnimationFrame(() => element.classList.add("lit"));
    return element.querySelector(".bubble")?.focus({ preventScroll: true });
  }

  /** Let Tab reach one bubble only: the last one that had the focus. @param {any} target */
  rove(target) {
    if (!target?.classList?.contains("bubble")) return;
    if (this.reachable) this.reachable.tabIndex = -1;
    target.tabIndex = 0;
    this.reachable = target;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!target.classList.contains("bubble") || event.key !== "Enter") return;
    const id = Number(target.closest(".row")?.getAttribute("data-id"));
    const entry = this.viewer.room?.messages.get(id);
    if (entry) this.hands.menu(entry.message, event);
  }
}
