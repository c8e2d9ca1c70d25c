/** Messages from before those that are shown: from what is known, else from the server. */

import { look } from "./api.js";
import { entriesOf } from "./world.js";

const PAGE = 50;

/**
 * Give up to a page of messages before number `before` (all, if undefined), oldest first.
 * @param {import("./world.js").World} world
 * @param {import("./world.js").Room} room
 * @param {number} topic
 * @param {number | undefined} before
 * @returns {Promise<import("./world.js").Entry[]>}
 */
export async function olderThan(world, room, topic, before) {
  const known = knownBefore(room, topic, before);
  if (known.length || room.complete.has(topic)) return known;
  const items = await look("messages", { chat: room.chat.id, topic: topic || undefined, before, limit: PAGE });
  if (items.length < PAGE) room.complete.add(topic);
  for (const item of items) world.readMessage(room, item);
  return knownBefore(room, topic, before);
}

/**
 * @param {import("./world.js").Room} room
 * @param {number} topic
 * @param {number | undefined} before
 */
function knownBefore(room, topic, before = Infinity) {
  return entriesOf(room, topic).filter(({ message }) => message.message_id < before).slice(-PAGE);
}
