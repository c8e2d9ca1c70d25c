/** Reply keyboards: buttons below the field that send their text. */

import { make } from "./dom.js";

/**
 * Build the rows of a reply keyboard.
 * @param {import("./world.js").Json} keyboard a ReplyKeyboardMarkup
 * @param {(text: string, isOnce: boolean) => void} press
 * @returns {HTMLElement[]}
 */
export function replyKeyboard(keyboard, press) {
  const isOnce = Boolean(keyboard.one_time_keyboard);
  return keyboard.keyboard.map((/** @type {any[]} */ buttons) => {
    const keys = buttons.map((button) => {
      const text = typeof button === "string" ? button : button.text;
      return make("button", { type: "button", class: "reply-key", dir: "auto", text, on: { click: () => press(text, isOnce) } });
    });
    return make("div", { class: "key-row" }, ...keys);
  });
}
