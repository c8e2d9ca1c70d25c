/** Who sits before the page, which chat is open, and what they have read. Kept across reloads. */

import { GENERAL, entriesOf, isIn } from "./world.js";

/** The place in the address (#/person/chat/topic), so that reload and Back keep it. */
export class Viewer extends EventTarget {
  /** @param {import("./world.js").World} world */
  constructor(world) {
    super();
    this.world = world;
    this.person = 0;
    this.chat = 0;
    this.topic = 0;
    addEventListener("hashchange", () => this.follow());
  }

  /** The open room, if there is one yet: a chat with the bot begins with the first word. */
  get room() {
    return this.world.rooms.get(this.chat);
  }

  get me() {
    return this.world.people.get(this.person);
  }

  /** Whether the open chat is the one with the bot. */
  get isPrivate() {
    return this.chat === this.person;
  }

  /** Take the place from the address; without one, the first person's chat with the bot. */
  follow() {
    const [person, chat, topic] = location.hash.slice(2).split("/").map(Number);
    const living = [...this.world.people.values()].filter((p) => !p.deactivated);
    const me = living.find((p) => p.id === person) ?? living[0];
    this.person = me?.id ?? 0;
    this.chat = this.mayOpen(chat) ? chat : location.hash && chat === 0 ? 0 : this.person;
    this.topic = this.room?.chat.is_forum ? topic || GENERAL : 0;
    this.dispatchEvent(new Event("moved"));
  }

  /** @param {number} chat */
  mayOpen(chat) {
    const room = this.world.rooms.get(chat);
    return chat === this.person || (room && room.chat.type !== "private" && isIn(room, this.person));
  }

  /**
   * Open a chat (0: none, as a phone shows the list).
   * @param {{person?: number, chat?: number, topic?: number}} place
   */
  open({ person = this.person, chat = person, topic = 0 }) {
    const hash = `#/${person}/${chat}${topic ? `/${topic}` : ""}`;
    if (location.hash === hash) this.follow();
    else location.hash = hash;
  }

  /** List the rooms of the person: groups and channels they are in, newest message first. */
  rooms() {
    const mine = [...this.world.rooms.values()].filter((room) => isIn(room, this.person));
    return mine.filter((room) => room.chat.type !== "private" && room.migratedTo === null);
  }

  /** @param {number} chat @param {number} topic */
  lastRead(chat, topic) {
    const kept = sessionStorage.getItem(this.readKey(chat, topic));
    return kept === null ? null : Number(kept);
  }

  /** @param {number} chat @param {number} topic */
  markRead(chat, topic) {
    const newest = entriesOf(this.world.rooms.get(chat), topic).at(-1)?.message.message_id ?? 0;
    if (newest === this.lastRead(chat, topic)) return;
    sessionStorage.setItem(this.readKey(chat, topic), String(newest));
    this.dispatchEvent(new Event("read"));
  }

  /** @param {number} chat @param {number} topic */
  unread(chat, topic) {
    const read = this.lastRead(chat, topic) ?? 0;
    const fromOthers = ({ message }) => message.message_id > read && message.from?.id !== this.person;
    return entriesOf(this.world.rooms.get(chat), topic).filter(fromOthers).length;
  }

  /** @param {number} chat @param {number} topic */
  readKey(chat, topic) {
    return `read/${this.world.run}/${this.person}/${chat}/${topic}`;
  }
}
