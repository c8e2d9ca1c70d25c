/** One message as a row of the conversation. Builds elements; asks `hands` for everything to be done. */

import { attachment } from "./attachments.js";
import { inlineKeyboard } from "./buttons.js";
import { icon, make } from "./dom.js";
import { formatted } from "./entities.js";
import { avatar, chatName, colourOf, nameOf, senderOf, summaryOf } from "./names.js";
import { serviceWords } from "./service.js";
import { hour, iso, whole } from "./time.js";

/**
 * @typedef {import("./world.js").Entry} Entry
 * @typedef {import("./world.js").Json} Json
 * @typedef {import("./hands.js").Hands} Hands
 */

/**
 * Build the row of a message.
 * @param {Entry} entry
 * @param {Hands} hands
 */
export function row({ message, reactions }, hands) {
  const data = { id: message.message_id };
  const words = serviceWords(message);
  if (words !== null) return make("li", { class: "row service", data }, make("span", { text: words }));
  const isMine = hands.isMine(message);
  const keyboard = message.reply_markup && inlineKeyboard(message, hands);
  const stack = make("div", { class: "stack" }, bubble(message, reactions, hands), keyboard);
  const face = !isMine && hands.showsSenders && avatar(faceOf(message, hands), "small");
  return make("li", { class: `row ${isMine ? "out" : "in"}`, data }, face, stack);
}

/** @param {Json} message @param {Hands} hands */
function faceOf(message, hands) {
  const who = senderOf(message);
  return who?.id === hands.world.bot.id ? hands.world.bot : who;
}

/** @param {Json} message @param {Map<number, Json[]>} reactions @param {Hands} hands */
function bubble(message, reactions, hands) {
  const text = message.text ?? message.caption ?? "";
  const only = message.photo && !text ? " picture-only" : "";
  const label = `${nameOf(senderOf(message))}, ${hour(message.date)}: ${summaryOf(message)}`;
  const article = make(
    "article",
    { class: `bubble${only}`, tabindex: "-1", "aria-label": label },
    author(message, hands),
    message.forward_origin && forwarded(message.forward_origin),
    message.via_bot && make("div", { class: "via", text: `via @${message.via_bot.username}` }),
    quotesAnother(message) && replyQuote(message.reply_to_message, hands),
    attachment(message),
    body(message, text, hands),
    reactions.size > 0 && reactionRow(message, reactions, hands),
  );
  article.addEventListener("contextmenu", (/** @type {Event} */ event) => {
    if (!String(getSelection())) hands.menu(message, event);
  });
  article.addEventListener("dblclick", () => hands.reply(message));
  const more = () => hands.menu(message, null);
  article.append(make("button", { type: "button", class: "more", tabindex: "-1", "aria-label": "Message menu", on: { click: more } }, icon("more")));
  return article;
}

/** @param {Json} message @param {string} text @param {Hands} hands */
function body(message, text, hands) {
  const entities = message.entities ?? message.caption_entities ?? [];
  return make("div", { class: "text", dir: "auto" }, formatted(text, entities, hands.taps), meta(message, hands));
}

/** @param {Json} message @param {Hands} hands */
function author(message, hands) {
  if (hands.isMine(message) || !hands.showsSenders) return null;
  const who = senderOf(message);
  const name = who?.type === "private" ? chatName(hands.world, who) : nameOf(who);
  return make("div", { class: "author", data: { colour: colourOf(who?.id ?? 0) } }, make("bdi", { text: name }));
}

/** @param {Json} origin */
function forwarded(origin) {
  const from = nameOf(origin.sender_user ?? origin.chat ?? origin.sender_chat ?? { title: origin.sender_user_name });
  return make("div", { class: "forwarded" }, "Forwarded from ", make("bdi", { text: from }));
}

/** A topic's first message is what all others in it answer; that is not shown as a reply. */
function quotesAnother(/** @type {Json} */ message) {
  return message.reply_to_message && message.reply_to_message.forum_topic_created === undefined;
}

/** @param {Json} quoted @param {Hands} hands */
function replyQuote(quoted, hands) {
  const who = senderOf(quoted);
  const click = () => hands.jump(quoted.message_id);
  return make(
    "button",
    { type: "button", class: "reply-quote", data: { colour: colourOf(who?.id ?? 0) }, on: { click } },
    make("bdi", { class: "reply-name", text: nameOf(who) }),
    make("span", { class: "reply-text", text: summaryOf(quoted) || serviceWords(quoted) || "Message" }),
  );
}

/** @param {Json} message @param {Hands} hands */
function meta(message, hands) {
  const time = make("time", { datetime: iso(message.date), title: whole(message.date), text: hour(message.date) });
  const tick = hands.isMine(message) && icon(message.pending ? "clock" : "tick");
  const edited = message.edit_date && make("span", { class: "edited", text: "edited" });
  const pinned = hands.isPinned(message) && make("span", { class: "pin-mark", title: "Pinned" }, icon("pin"));
  return make("span", { class: "meta" }, pinned, edited, time, tick);
}

/** @param {Json} message @param {Map<number, Json[]>} reactions @param {Hands} hands */
function reactionRow(message, reactions, hands) {
  /** @type {Map<string, number[]>} */
  const byEmoji = new Map();
  for (const [person, given] of reactions) {
    for (const { emoji } of given) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), person]);
  }
  const chips = [...byEmoji].map(([emoji, who]) => {
    const isMine = who.includes(hands.viewer.person);
    const names = who.map((id) => nameOf(hands.world.people.get(id) ?? hands.world.bot)).join(", ");
    const click = () => hands.react(message, isMine ? [] : [emoji]);
    const options = { "aria-pressed": String(isMine), "aria-label": `${emoji} ${who.length}`, title: names };
    return make("button", { type: "button", class: "reaction", ...options, on: { click } }, emoji, make("span", { text: who.length }));
  });
  return make("div", { class: "reactions" }, ...chips);
}
