/** The menu of one message: reactions on top, then what can be done with it. */

import { make } from "./dom.js";
import { choose } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { avatar, nameOf } from "./names.js";
import { isAdmin } from "./world.js";

const REACTIONS = ["👍", "❤", "🔥", "🎉", "🤔", "👀", "👎"];

/**
 * Open the menu of a message, at the pointer or beside the message.
 * @param {import("./hands.js").Hands} hands
 * @param {import("./world.js").Json} message
 * @param {Event | null} event
 */
export function messageMenu(hands, message, event) {
  const bubble = document.querySelector(`.row[data-id="${Number(message.message_id)}"] .bubble`);
  const byPointer = event instanceof MouseEvent && event.clientX + event.clientY > 0;
  const place = byPointer ? { point: { x: event.clientX, y: event.clientY } } : { anchor: bubble ?? document.body };
  const { room, person, isPrivate } = hands.viewer;
  const runs = isPrivate || isAdmin(room, person);
  const mine = hands.isMine(message) || (message.chat.type === "channel" && runs);
  const text = message.text ?? message.caption ?? "";
  const id = { message: message.message_id };
  const items = [
    { label: "Reply", icon: "reply", act: () => hands.reply(message) },
    text && { label: "Copy text", icon: "copy", act: () => hands.copy(text) },
    mine && message.text !== undefined && { label: "Edit", icon: "edit", act: () => hands.tell("edit", { message }) },
    hands.isPinned(message)
      ? { label: "Unpin", icon: "pin", act: () => hands.do("unpin", id) }
      : { label: "Pin", icon: "pin", act: () => hands.do("pin", id) },
    { label: "Forward", icon: "forward", act: () => forward(hands, message) },
    (mine || runs) && { label: "Delete", icon: "delete", danger: true, act: () => hands.do("delete", id) },
  ].filter((item) => item);
  openMenu("Message", /** @type {any} */ (items), { ...place, head: (close) => reactionBar(hands, message, close) });
}

/**
 * @param {import("./hands.js").Hands} hands @param {import("./world.js").Json} message
 * @param {() => void} close
 */
function reactionBar(hands, message, close) {
  const entry = hands.viewer.room?.messages.get(message.message_id);
  const mine = entry?.reactions.get(hands.viewer.person)?.[0]?.emoji;
  const buttons = REACTIONS.map((emoji) => {
    const click = () => {
      close();
      hands.react(message, emoji === mine ? [] : [emoji]);
    };
    const name = `React with ${emoji}`;
    const options = { role: "menuitemcheckbox", "aria-checked": String(emoji === mine), "aria-label": name, tabindex: "-1" };
    return make("button", { type: "button", class: "react", ...options, text: emoji, on: { click } });
  });
  const bar = make("div", { class: "react-bar", role: "group", "aria-label": "Reactions" }, ...buttons);
  bar.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && buttons[buttons.indexOf(/** @type {any} */ (document.activeElement)) + step];
    next?.focus();
  });
  return bar;
}

/** @param {import("./hands.js").Hands} hands @param {import("./world.js").Json} message */
function forward(hands, message) {
  const { world, viewer } = hands;
  const send = (/** @type {number} */ chat) =>
    hands.do("forward", { chat, from_chat: viewer.chat, message: message.message_id });
  const rooms = viewer.rooms().map(({ chat }) => ({
    label: nameOf(chat),
    picture: avatar(chat, "small"),
    act: () => send(chat.id),
  }));
  const bot = { label: nameOf(world.bot), picture: avatar(world.bot, "small"), act: () => send(viewer.person) };
  choose("Forward to", [bot, ...rooms], "");
}
