/** What can be done with a whole chat: blocking the bot, members, topics, leaving. */

import { choose } from "./dialogs.js";
import { addTopic, renameChat, renameTopic } from "./forms.js";
import { meet } from "./meet.js";
import { openMenu } from "./menu.js";
import { avatar, nameOf } from "./names.js";
import { GENERAL, isAdmin, isIn } from "./world.js";

/**
 * Open the menu of the open chat.
 * @param {import("./hands.js").Hands} hands
 * @param {Element} anchor
 */
export function chatMenu(hands, anchor) {
  openMenu("Chat menu", hands.viewer.isPrivate ? privateItems(hands) : groupItems(hands), { anchor });
}

/** @param {import("./hands.js").Hands} hands */
function privateItems(hands) {
  const { viewer, world } = hands;
  const name = nameOf(world.bot);
  return [
    { label: "Start again", icon: "restart", act: () => hands.do("start", { chat: undefined }) },
    viewer.me?.blocked
      ? { label: `Unblock ${name}`, icon: "unblock", act: () => hands.do("unblock") }
      : { label: `Block ${name}`, icon: "block", danger: true, act: () => hands.do("block") },
  ];
}

/** @param {import("./hands.js").Hands} hands */
function groupItems(hands) {
  const { viewer, world } = hands;
  const { room, person, topic } = viewer;
  const runs = isAdmin(room, person);
  const hasBot = isIn(room, world.bot.id);
  const name = nameOf(world.bot);
  const isGroup = room?.chat.type === "group";
  return [
    { label: "Members", icon: "people", act: () => members(hands) },
    runs && { label: "Add a member", icon: "person-add", act: () => addMember(hands) },
    runs && { label: "Rename", icon: "edit", act: () => renameChat(hands) },
    room?.chat.is_forum && { label: "New topic", icon: "topic", act: () => addTopic(hands) },
    ...(topic ? topicItems(hands) : []),
    null,
    hasBot
      ? runs && { label: `Remove ${name}`, icon: "block", danger: true, act: () => hands.do("remove_bot") }
      : { label: `Add ${name}`, icon: "bot", act: () => hands.do("add_bot") },
    hasBot && runs && !isAdmin(room, world.bot.id) && { label: `Make ${name} an administrator`, icon: "star", act: () => promote(hands) },
    runs && isGroup && { label: "Make it a supergroup", icon: "people", act: () => migrate(hands) },
    { label: "Leave", icon: "leave", danger: true, act: () => leave(hands) },
  ];
}

/** @param {import("./hands.js").Hands} hands */
function topicItems(hands) {
  const { viewer } = hands;
  const { room, person, topic } = viewer;
  if (!isAdmin(room, person)) return [];
  const isClosed = room?.topics.get(topic)?.is_closed;
  const remove = async () => {
    if (await hands.do("delete_topic", { topic })) viewer.open({ chat: viewer.chat, topic: GENERAL });
  };
  return [
    { label: "Rename the topic", icon: "edit", act: () => renameTopic(hands) },
    { label: isClosed ? "Reopen the topic" : "Close the topic", icon: "block", act: () => hands.do(isClosed ? "reopen_topic" : "close_topic", { topic }) },
    topic !== GENERAL && { label: "Delete the topic", icon: "delete", danger: true, act: remove },
  ];
}

/** @param {import("./hands.js").Hands} hands */
function promote(hands) {
  return hands.do("promote", { user: hands.world.bot.id });
}

/** @param {import("./hands.js").Hands} hands */
async function migrate(hands) {
  const chat = await hands.do("migrate");
  if (!chat) return;
  await meet(hands.world, chat.id);
  hands.viewer.open({ chat: chat.id });
}

/** @param {import("./hands.js").Hands} hands */
async function leave(hands) {
  if (await hands.do("leave")) hands.viewer.open({});
}

/** @param {import("./hands.js").Hands} hands */
function members(hands) {
  const { room } = hands.viewer;
  const here = [...(room?.members.values() ?? [])].filter(({ user }) => isIn(room, user.id));
  const items = here.map(({ user, status }) => ({
    label: nameOf(user),
    note: status === "creator" ? "owner" : status === "administrator" ? "admin" : "",
    picture: avatar(user, "small"),
    act: () => memberMenu(hands, user, status),
  }));
  choose("Members", items, "Nobody is here.");
}

/** @param {import("./hands.js").Hands} hands @param {import("./world.js").Json} user @param {string} status */
function memberMenu(hands, user, status) {
  const { room, person } = hands.viewer;
  if (!isAdmin(room, person) || user.id === person || user.id === hands.world.bot.id) return;
  const action = status === "administrator" ? ["demote", "Make a plain member"] : ["promote", "Make an administrator"];
  const items = [action, ["remove_member", "Remove from the chat"]].map(([name, label]) => ({
    label,
    act: () => hands.do(name, { user: user.id }),
  }));
  choose(nameOf(user), items, "");
}

/** @param {import("./hands.js").Hands} hands */
function addMember(hands) {
  const { viewer, world } = hands;
  const others = [...world.people.values()].filter((p) => !p.deactivated && !isIn(viewer.room, p.id));
  const items = others.map((user) => ({
    label: nameOf(user),
    picture: avatar(user, "small"),
    act: () => hands.do("add_member", { user: user.id }),
  }));
  choose("Add a member", items, "Everybody is here already. Make a new person first.");
}
