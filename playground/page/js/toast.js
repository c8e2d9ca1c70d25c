/** Short notices, alerts to be confirmed, and words for screen readers. */

import { make } from "./dom.js";

const SHOWN_SECONDS = 4;
const MOST_SAID = 5;

/**
 * Show a notice for a few seconds; it is read aloud too.
 * @param {string} text
 */
export function toast(text) {
  const note = make("div", { class: "toast", dir: "auto", text });
  document.getElementById("toasts")?.append(note);
  setTimeout(() => note.remove(), SHOWN_SECONDS * 1000);
}

/**
 * Show an alert that stays until it is confirmed.
 * @param {string} title
 * @param {string} text
 */
export function alertBox(title, text) {
  const close = make("button", { type: "submit", class: "primary", text: "OK" });
  const dialog = make(
    "dialog",
    { class: "dialog alert", role: "alertdialog", "aria-label": title, "aria-describedby": "alert-text" },
    make("form", { method: "dialog" },
      make("h2", { text: title }),
      make("p", { id: "alert-text", dir: "auto", text }),
      make("div", { class: "dialog-buttons" }, close)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Read words aloud in a screen reader, showing nothing.
 * @param {string} text
 */
export function announce(text) {
  const place = document.getElementById("announcer");
  place?.append(make("p", { text }));
  while (place && place.children.length > MOST_SAID) place.firstElementChild?.remove();
}
