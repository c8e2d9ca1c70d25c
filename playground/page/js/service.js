/** Service messages ("Ada joined the group") in words. */

import { nameOf, senderOf, summaryOf } from "./names.js";

/**
 * @typedef {import("./world.js").Json} Json
 * @type {[string, (value: any, who: string, message: Json) => string][]}
 */
const WORDS = [
  ["group_chat_created", (_, who) => `${who} created the group`],
  ["supergroup_chat_created", (_, who) => `${who} created the group`],
  ["channel_chat_created", () => "Channel created"],
  ["new_chat_members", (members, who, { from }) => joined(members, who, from)],
  ["left_chat_member", (member, who, { from }) => left(member, who, from)],
  ["new_chat_title", (title, who) => `${who} changed the name to “${title}”`],
  ["pinned_message", (message, who) => `${who} pinned “${summaryOf(message).slice(0, 60) || "a message"}”`],
  ["migrate_to_chat_id", () => "This group became a supergroup"],
  ["migrate_from_chat_id", () => "The group became a supergroup"],
  ["forum_topic_created", ({ name }, who) => `${who} opened the topic “${name}”`],
  ["forum_topic_edited", ({ name }, who) => `${who} renamed the topic to “${name}”`],
  ["forum_topic_closed", (_, who) => `${who} closed the topic`],
  ["forum_topic_reopened", (_, who) => `${who} reopened the topic`],
  ["general_forum_topic_hidden", (_, who) => `${who} hid the General topic`],
  ["general_forum_topic_unhidden", (_, who) => `${who} showed the General topic`],
];

/**
 * Give the words of a service message, or null for a message of any other kind.
 * @param {Json} message
 * @returns {string | null}
 */
export function serviceWords(message) {
  const found = WORDS.find(([field]) => message[field] !== undefined);
  if (!found) return null;
  const [field, words] = found;
  return words(message[field], nameOf(senderOf(message)), message);
}

/** @param {Json[]} members @param {string} who @param {Json | undefined} from */
function joined(members, who, from) {
  if (members.length === 1 && members[0].id === from?.id) return `${who} joined the group`;
  return `${who} added ${members.map(nameOf).join(", ")}`;
}

/** @param {Json} member @param {string} who @param {Json | undefined} from */
function left(member, who, from) {
  return member.id === from?.id ? `${who} left the group` : `${who} removed ${nameOf(member)}`;
}
