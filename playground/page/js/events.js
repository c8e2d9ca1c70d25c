/** What each kind of event of the stream changes in the world. */

const TYPING_SECONDS = 5;

/**
 * @typedef {import("./world.js").World} World
 * @typedef {import("./world.js").Json} Json
 * @type {Record<string, (world: World, event: Json) => void>}
 */
export const REDUCERS = {
  message(world, { chat, message, keyboard }) {
    const room = world.roomOf(message.chat);
    room.messages.set(message.message_id, { message, reactions: new Map() });
    if (keyboard) room.keyboard = keyboard.remove_keyboard ? null : keyboard;
    if (message.from?.id === world.bot.id) stopTyping(room);
    world.tell("message", { chat, id: message.message_id, keyboard });
    if (keyboard) world.tell("keyboard", { chat });
  },

  edited(world, { chat, message }) {
    const entry = world.rooms.get(chat)?.messages.get(message.message_id);
    if (!entry) return;
    entry.message = message;
    world.tell("edited", { chat, id: message.message_id });
  },

  deleted(world, { chat, message_id: id }) {
    const room = world.rooms.get(chat);
    const thread = room?.messages.get(id)?.message.message_thread_id;
    room?.messages.delete(id);
    world.tell("deleted", { chat, id, thread });
  },

  reaction(world, { chat, message_id: id, person, reactions }) {
    const entry = world.rooms.get(chat)?.messages.get(id);
    if (!entry) return;
    if (reactions.length) entry.reactions.set(person, reactions);
    else entry.reactions.delete(person);
    world.tell("edited", { chat, id });
  },

  pin(world, { chat, message_id: id, pinned }) {
    const room = world.rooms.get(chat);
    if (!room) return;
    room.pinned = room.pinned.filter((other) => other !== id);
    if (pinned) room.pinned.push(id);
    world.tell("pinned", { chat });
  },

  typing(world, { chat, topic, action }) {
    const room = world.rooms.get(chat);
    if (!room) return;
    stopTyping(room);
    const timer = setTimeout(() => {
      room.typing = null;
      world.tell("typing", { chat });
    }, TYPING_SECONDS * 1000);
    room.typing = { topic: topic ?? 0, action, timer };
    world.tell("typing", { chat });
  },

  person(world, { person }) {
    world.people.set(person.id, person);
    world.tell("people", { person: person.id });
  },

  chat(world, { chat, migrated_from: old }) {
    world.roomOf(chat).chat = chat;
    const before = world.rooms.get(old);
    if (before) before.migratedTo = chat.id;
    world.tell("chats", { chat: chat.id });
  },

  member(world, { chat, person, member }) {
    world.rooms.get(chat)?.members.set(person, member);
    world.tell("chats", { chat });
  },

  topic(world, { chat, topic }) {
    const topics = world.rooms.get(chat)?.topics;
    if (topic.deleted) topics?.delete(topic.message_thread_id);
    else topics?.set(topic.message_thread_id, topic);
    world.tell("chats", { chat });
  },

  profile(world, { profile }) {
    world.profile = profile;
    world.tell("profile");
  },

  call(world, { call }) {
    world.keepCalls([call]);
    world.tell("call", { call });
  },

  faults(world, { faults }) {
    world.faults = faults;
    world.tell("faults");
  },

  backstage(world, { backstage }) {
    world.backstage = backstage;
    world.tell("backstage");
  },

  flood(world, { chat, retry_after: wait }) {
    world.tell("flood", { chat, wait });
  },
};

/** @param {import("./world.js").Room} room */
function stopTyping(room) {
  clearTimeout(room.typing?.timer);
  room.typing = null;
}
