/** All that the page knows: people, chats, messages, calls. Told of events; shows nothing. */

import { REDUCERS } from "./events.js";

export const GENERAL = 1;
const KEPT_CALLS = 300;

/**
 * @typedef {Record<string, any>} Json an object of the Bot API
 * @typedef {{message: Json, reactions: Map<number, Json[]>}} Entry a message and who reacted how
 * @typedef {{chat: Json, members: Map<number, Json>, topics: Map<number, Json>, pinned: number[],
 *   migratedTo: number | null, keyboard: Json | null, messages: Map<number, Entry>,
 *   complete: Set<number>, touched: number, typing: {topic: number, action: string, timer: any} | null}} Room
 *   a chat; `complete` holds the topics (0: the whole chat) whose first message is here,
 *   `touched` is the number of the last event about it
 */

/** Holds everything and tells of changes as events named for what changed. */
export class World extends EventTarget {
  constructor() {
    super();
    this.seq = 0;
    this.run = "";
    /** @type {Json} */ this.bot = {};
    /** @type {Json} */ this.profile = {};
    /** @type {Map<number, Json>} */ this.people = new Map();
    /** @type {Map<number, Room>} */ this.rooms = new Map();
    /** @type {Json[]} */ this.faults = [];
    /** @type {Json[]} */ this.calls = [];
    /** @type {{facts: Json[], buttons: Json[]}} */ this.backstage = { facts: [], buttons: [] };
    this.ahead = 0;
  }

  /** Give the server's time now, in Unix seconds. */
  now() {
    return Date.now() / 1000 + this.ahead;
  }

  /**
   * Take everything from a snapshot.
   * @param {Json} snapshot
   */
  read(snapshot) {
    const { seq, run, bot, profile, faults, backstage } = snapshot;
    Object.assign(this, { seq, run, bot, profile, faults, backstage });
    this.people = new Map(snapshot.people.map((/** @type {Json} */ p) => [p.id, p]));
    this.rooms = new Map();
    for (const view of snapshot.chats) this.readChat(view);
    this.tellTime(snapshot.now);
    this.tell("reset");
  }

  /**
   * Take one chat as a snapshot shows it; messages that are here already stay.
   * @param {Json} view
   */
  readChat(view) {
    const room = this.roomOf(view.chat);
    room.members = new Map(view.members.map((/** @type {Json} */ m) => [m.user.id, m]));
    room.topics = new Map(view.topics.map((/** @type {Json} */ t) => [t.message_thread_id, t]));
    const { pinned, keyboard } = view;
    Object.assign(room, { chat: view.chat, pinned, keyboard, migratedTo: view.migrated_to });
    for (const item of view.messages) this.readMessage(room, item);
  }

  /** @param {Room} room @param {Json} item */
  readMessage(room, item) {
    const reactions = new Map(item.reactions.map((/** @type {Json} */ r) => [r.person, r.reactions]));
    room.messages.set(item.message.message_id, { message: item.message, reactions });
  }

  /**
   * Find the room of a chat, or make it.
   * @param {Json} chat
   * @returns {Room}
   */
  roomOf(chat) {
    const known = this.rooms.get(chat.id);
    if (known) return known;
    const empty = { touched: this.seq, pinned: [], migratedTo: null, keyboard: null, typing: null };
    const room = { chat, members: new Map(), topics: new Map(), messages: new Map(), complete: new Set(), ...empty };
    this.rooms.set(chat.id, room);
    if (chat.type !== "private") this.tell("found", { chat: chat.id });
    return room;
  }

  /**
   * Let something happen, once.
   * @param {Json} event
   */
  apply(event) {
    if (event.seq <= this.seq) return;
    this.seq = event.seq;
    this.tellTime(event.time);
    const room = this.rooms.get(event.chat?.id ?? event.chat);
    if (room) room.touched = event.seq;
    REDUCERS[event.kind]?.(this, event);
  }

  /** @param {number} time */
  tellTime(time) {
    this.ahead = time - Date.now() / 1000;
  }

  /** @param {Json[]} calls oldest first */
  keepCalls(calls) {
    this.calls = [...this.calls, ...calls].slice(-KEPT_CALLS);
  }

  /** @param {string} what @param {Json} [detail] */
  tell(what, detail = {}) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/**
 * List a chat's messages (of one topic, if named), oldest first.
 * @param {Room | undefined} room
 * @param {number} topic
 * @returns {Entry[]}
 */
export function entriesOf(room, topic) {
  if (!room) return [];
  const all = [...room.messages.values()].filter((e) => !topic || topicOf(e.message) === topic);
  return all.sort((a, b) => a.message.message_id - b.message.message_id);
}

/**
 * Give the newest message of a chat or topic.
 * @param {Room | undefined} room
 * @param {number} topic
 */
export function newestOf(room, topic) {
  return entriesOf(room, topic).at(-1)?.message;
}

/** @param {Json} message */
export function topicOf(message) {
  return message.message_thread_id ?? GENERAL;
}

/** @param {Room | undefined} room @param {number} person */
export function isIn(room, person) {
  const member = room?.members.get(person);
  return Boolean(member) && !["left", "kicked"].includes(member?.status);
}

/** @param {Room | undefined} room @param {number} person */
export function isAdmin(room, person) {
  return ["creator", "administrator"].includes(room?.members.get(person)?.status);
}
