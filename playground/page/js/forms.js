/** The forms that make something new: a person, a group, a channel, a topic. */

import { act } from "./api.js";
import { ask, choose } from "./dialogs.js";
import { meet } from "./meet.js";
import { avatar, nameOf, topicName } from "./names.js";
import { isIn } from "./world.js";

/** @typedef {import("./hands.js").Hands} Hands */

/** @param {Hands} hands */
export function addPerson(hands) {
  const fields = [
    { name: "first_name", label: "First name", required: true },
    { name: "last_name", label: "Last name" },
    { name: "username", label: "Username", hint: "4 to 32 letters, digits or _; may stay empty" },
    { name: "language_code", label: "Language", value: "en", hint: "as Telegram tells it to bots: en, de, pt-br" },
  ];
  ask("New person", fields, "Create", async (values) => {
    const person = await act("person", values);
    hands.world.people.set(person.id, person);
    hands.viewer.open({ person: person.id });
  });
}

/** @param {Hands} hands @param {string} [payload] of a link that adds the bot to a group */
export function addGroup(hands, payload = "") {
  const name = nameOf(hands.world.bot);
  const fields = [
    { name: "title", label: "Name of the group", required: true },
    { name: "forum", label: "With topics", kind: "check" },
    { name: "with_bot", label: `Add ${name}`, kind: "check", value: true },
    { name: "as_admin", label: `${name} is an administrator`, kind: "check" },
  ];
  ask("New group", /** @type {any} */ (fields), "Create", async (values) => {
    const chat = await make(hands, { ...values, kind: values.forum ? "supergroup" : "group" });
    if (payload) await hands.do("send", { chat, text: `/start@${hands.world.bot.username} ${payload}` });
  });
}

/** @param {Hands} hands */
export function addChannel(hands) {
  const name = nameOf(hands.world.bot);
  const fields = [
    { name: "title", label: "Name of the channel", required: true },
    { name: "username", label: "Username", hint: "may stay empty" },
    { name: "with_bot", label: `Add ${name} as an administrator`, kind: "check", value: true },
  ];
  ask("New channel", /** @type {any} */ (fields), "Create", async (values) => {
    await make(hands, { ...values, kind: "channel" });
  });
}

/** @param {Hands} hands @param {Record<string, any>} values */
async function make(hands, values) {
  const chat = await act("group", { person: hands.viewer.person, ...values });
  await meet(hands.world, chat.id);
  hands.viewer.open({ chat: chat.id });
  return chat.id;
}

/** @param {Hands} hands */
export function addTopic(hands) {
  const { person, chat } = hands.viewer;
  ask("New topic", [{ name: "name", label: "Name of the topic", required: true }], "Create", async (values) => {
    const topic = await act("topic", { person, chat, ...values });
    hands.viewer.open({ chat, topic: topic.message_thread_id });
  });
}

/** @param {Hands} hands */
export function renameTopic(hands) {
  const { person, chat, topic, room } = hands.viewer;
  const field = { name: "name", label: "Name of the topic", required: true, value: topicName(room, topic) };
  ask("Rename the topic", [field], "Rename", async (values) => {
    await act("rename_topic", { person, chat, topic, ...values });
  });
}

/** @param {Hands} hands */
export function renameChat(hands) {
  const { person, chat, room } = hands.viewer;
  const field = { name: "title", label: "Name", required: true, value: nameOf(room?.chat) };
  ask("Rename", [field], "Rename", async (values) => {
    await act("rename", { person, chat, ...values });
  });
}

/** @param {Hands} hands */
export function joinGroup(hands) {
  const { world, viewer } = hands;
  const others = [...world.rooms.values()].filter(
    (room) => room.chat.type !== "private" && room.migratedTo === null && !isIn(room, viewer.person),
  );
  const join = async (/** @type {number} */ chat) => {
    if (!(await hands.do("join", { chat }))) return;
    await meet(world, chat);
    viewer.open({ chat });
  };
  const items = others.map(({ chat }) => ({
    label: nameOf(chat),
    note: chat.type === "channel" ? "channel" : "group",
    picture: avatar(chat, "small"),
    act: () => join(chat.id),
  }));
  choose("Join a group or channel", items, "There is none that this person is not in.");
}
