/** Shortcuts of the keyboard, and the page that lists them. */

import { make } from "./dom.js";
import { show } from "./dialogs.js";

const LISTED = [
  ["Enter", "send; Shift+Enter begins a new line"],
  ["/", "list the bot's commands"],
  ["↑", "in the empty field: edit one's last message"],
  ["Alt+↑ Alt+↓", "go to the chat above or below"],
  ["Esc", "leave off; back to the field"],
  ["↑ ↓ Home End", "from message to message, once one has the focus"],
  ["Enter on a message", "its menu: reply, react, edit, pin, forward, delete"],
  ["Ctrl+B", "show or hide what goes on behind"],
  ["Ctrl+/", "this list"],
];

/**
 * Listen for the shortcuts.
 * @param {HTMLElement} list the chats
 * @param {() => void} togglePanel
 */
export function listen(list, togglePanel) {
  addEventListener("keydown", (event) => {
    const hasCommand = event.ctrlKey || event.metaKey;
    if (document.querySelector("dialog[open], .menu")) return;
    if (event.altKey && event.key === "ArrowDown") step(list, 1, event);
    else if (event.altKey && event.key === "ArrowUp") step(list, -1, event);
    else if (hasCommand && event.key === "/") help(event);
    else if (hasCommand && event.key.toLowerCase() === "b") {
      event.preventDefault();
      togglePanel();
    } else if (event.key === "Escape") document.getElementById("field")?.focus();
  });
}

/** @param {HTMLElement} list @param {number} by @param {Event} event */
function step(list, by, event) {
  event.preventDefault();
  const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("a.chat")]);
  const open = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[(open + by + links.length) % links.length]?.click();
}

/** @param {Event} event */
function help(event) {
  event.preventDefault();
  const rows = LISTED.map(([keys, words]) => make("div", {}, make("dt", {}, make("kbd", { text: keys })), make("dd", { text: words })));
  const close = make("button", { type: "button", class: "primary", text: "Close", data: { first: "" } });
  const dialog = show("Keyboard", make("h2", { text: "Keyboard" }), make("dl", { class: "keys-help" }, ...rows),
    make("div", { class: "dialog-buttons" }, close));
  close.addEventListener("click", () => dialog.close());
}
