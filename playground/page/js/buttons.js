/** Inline keyboards: the buttons under a message, and what each kind does when pressed. */

import { icon, make } from "./dom.js";
import { safeAddress } from "./links.js";

/**
 * @typedef {import("./world.js").Json} Json
 * @typedef {import("./hands.js").Hands} Hands
 */

/**
 * Build the keyboard of a message.
 * @param {Json} message
 * @param {Hands} hands
 */
export function inlineKeyboard(message, hands) {
  const rows = message.reply_markup.inline_keyboard ?? [];
  const made = rows.map((/** @type {Json[]} */ buttons) =>
    make("div", { class: "key-row" }, ...buttons.map((button) => key(message, button, hands))),
  );
  return make("div", { class: "keys", role: "group", "aria-label": "Buttons of the message" }, ...made);
}

/** @param {Json} message @param {Json} button @param {Hands} hands */
function key(message, button, hands) {
  const style = button.style ? ` ${button.style}` : "";
  const label = make("span", { class: "key-label", text: button.text });
  const address = safeAddress(button.url ?? button.login_url?.url);
  if (address) {
    const click = (/** @type {Event} */ event) => hands.taps.link(address, event);
    const options = { href: address, target: "_blank", rel: "noopener noreferrer", title: address };
    return make("a", { class: `key${style}`, ...options, on: { click } }, label, corner("outside"));
  }
  const element = make("button", { type: "button", class: `key${style}` }, label, mark(button));
  element.addEventListener("click", () => pressed(message, button, element, hands));
  return element;
}

/** @param {string} name */
const corner = (name) => make("span", { class: "key-corner" }, icon(name));

/** @param {Json} button */
function mark(button) {
  if (button.copy_text) return corner("copy");
  return "switch_inline_query" in button || button.switch_inline_query_chosen_chat ? corner("forward") : null;
}

/** @param {Json} message @param {Json} button @param {HTMLElement} element @param {Hands} hands */
async function pressed(message, button, element, hands) {
  if (button.callback_data !== undefined) await pressCallback(message, button, element, hands);
  else if (button.copy_text) await hands.taps.copy(button.copy_text.text);
  else if ("switch_inline_query_current_chat" in button) hands.askInline(button.switch_inline_query_current_chat);
  else if ("switch_inline_query" in button) hands.askInlineElsewhere(button.switch_inline_query);
  else if (button.switch_inline_query_chosen_chat) {
    hands.askInlineElsewhere(button.switch_inline_query_chosen_chat.query ?? "");
  } else hands.toast("This kind of button is not known here.");
}

/** @param {Json} message @param {Json} button @param {HTMLElement} element @param {Hands} hands */
async function pressCallback(message, button, element, hands) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    await hands.press(message, button.callback_data);
  } finally {
    element.removeAttribute("aria-busy");
  }
}
