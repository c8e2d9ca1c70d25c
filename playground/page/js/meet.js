/** Getting to know a chat that was not in the snapshot: who is in it, its topics, what is pinned. */

import { look } from "./api.js";

/**
 * Read a chat. An answer that is older than what the stream has told since is asked for again.
 * @param {import("./world.js").World} world
 * @param {number} chat
 */
export async function meet(world, chat) {
  let view;
  do view = await look("chat", { chat, messages: 0 });
  while ((world.rooms.get(chat)?.touched ?? 0) > view.seq);
  world.readChat(view);
}
