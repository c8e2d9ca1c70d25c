/** How people, chats and senders are called and pictured. */

import { icon, make } from "./dom.js";
import { GENERAL } from "./world.js";

const COLOURS = 7;

/**
 * @typedef {import("./world.js").Json} Json
 * @param {Json | undefined} who a User or a Chat
 */
export function nameOf(who) {
  if (!who) return "Nobody";
  const full = who.title ?? [who.first_name, who.last_name].filter(Boolean).join(" ");
  return full || "Deleted account";
}

/**
 * Name a chat as the person before the page sees it: their own private chat is the bot.
 * @param {import("./world.js").World} world
 * @param {Json | undefined} chat
 */
export function chatName(world, chat) {
  return !chat || chat.type === "private" ? nameOf(world.bot) : nameOf(chat);
}

/** @param {import("./world.js").Room | undefined} room @param {number} topic */
export function topicName(room, topic) {
  return room?.topics.get(topic)?.name ?? (topic === GENERAL ? "General" : `Topic ${topic}`);
}

/**
 * Give the sender of a message: a User, or the Chat in whose name it was sent.
 * @param {Json} message
 */
export function senderOf(message) {
  return message.sender_chat ?? message.from;
}

/** @param {number} id */
export function colourOf(id) {
  return Math.abs(id) % COLOURS;
}

/**
 * Make a round picture of the first letters of a name.
 * @param {Json | undefined} who
 * @param {string} [size] a class: "small" or "tiny"
 */
export function avatar(who, size = "") {
  if (who?.is_bot) return make("span", { class: `avatar ${size}`, "aria-hidden": "true", data: { colour: "bot" } }, icon("plane"));
  const words = nameOf(who).split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0].toUpperCase());
  const options = { class: `avatar ${size}`, "aria-hidden": "true", data: { colour: colourOf(who?.id ?? 0) } };
  return make("span", options, letters.join("") || "?");
}

/**
 * Put what a message holds into one line of plain text.
 * @param {Json | undefined} message
 */
export function summaryOf(message) {
  if (!message) return "";
  const text = (message.text ?? message.caption ?? "").slice(0, 300).replace(/\s+/g, " ").trim();
  if (message.photo) return text ? `Photo: ${text}` : "Photo";
  if (message.document) return text || (message.document.file_name ?? "File");
  return text;
}
