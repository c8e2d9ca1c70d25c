/** What must not be lost when a row is built anew: the focus, and what was opened in it. */

/** List what can have the focus in a row. @param {Element} element @returns {HTMLElement[]} */
export function focusables(element) {
  return [...element.querySelectorAll("a, button, [tabindex]")].map((e) => /** @type {HTMLElement} */ (e));
}

/** Open in the new row the quotes and spoilers that were open in the old one. */
export function keepOpen(/** @type {Element} */ old, /** @type {Element} */ element) {
  const quotes = element.querySelectorAll(".quote-toggle");
  old.querySelectorAll(".expandable").forEach((quote, place) => {
    if (quote.classList.contains("open")) /** @type {HTMLElement} */ (quotes[place])?.click();
  });
  const covers = element.querySelectorAll(".spoiler");
  old.querySelectorAll(".spoiler").forEach((cover, place) => {
    if (cover.classList.contains("shown")) /** @type {HTMLElement} */ (covers[place])?.click();
  });
}
