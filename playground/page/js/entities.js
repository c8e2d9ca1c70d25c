/** Telegram's formatted text as elements: each entity becomes a tag, everything else stays text. */

import { icon, make } from "./dom.js";
import { addressOf, safeAddress } from "./links.js";

/** A quote that shows whole is not to be opened. */
const FITTING = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const isOpen = target.parentElement?.classList.contains("open");
    if (!isOpen) target.parentElement?.classList.toggle("fits", target.scrollHeight <= target.clientHeight + 2);
  }
});
const LONG_QUOTE = { lines: 4, width: 56 };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

/**
 * @typedef {{type: string, offset: number, length: number, [more: string]: any}} Entity
 * @typedef {{link: (address: string, event: Event) => void, command: (text: string) => void,
 *   copy: (text: string) => void}} Taps what happens when somebody taps a piece of text
 */

/**
 * Build a text. Offsets are UTF-16 units, which is how strings are counted here too.
 * @param {string} text
 * @param {Entity[]} entities
 * @param {Taps} taps
 */
export function formatted(text, entities, taps) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...pieces(text, 0, text.length, sorted, taps));
  return fragment;
}

/**
 * Build the stretch from `start` to `end`; entities that leave the one around them are cut to it.
 * @param {string} text @param {number} start @param {number} end
 * @param {Entity[]} entities @param {Taps} taps
 * @returns {(Node | string)[]}
 */
function pieces(text, start, end, entities, taps) {
  const found = [];
  let place = start;
  for (let n = 0; n < entities.length; n += 1) {
    const entity = entities[n];
    const from = Math.max(entity.offset, place);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    if (from > place) found.push(text.slice(place, from));
    const isBlock = BLOCKS.has(entity.type);
    let next = n + 1;
    while (next < entities.length && entities[next].offset < to) next += 1;
    const inner = pieces(text, from, to, entities.slice(n + 1, next), taps);
    found.push(tagged(entity, text.slice(from, to), inner, taps));
    n = next - 1;
    // A block ends its line by itself: the line break after it would show as an empty line.
    place = isBlock && text[to] === "\n" ? to + 1 : to;
  }
  if (place < end) found.push(text.slice(place, end));
  return found;
}

/**
 * @param {Entity} entity @param {string} text @param {(Node | string)[]} inner @param {Taps} taps
 * @returns {Node}
 */
function tagged(entity, text, inner, taps) {
  if (entity.type in TAGS) return make(TAGS[entity.type], {}, ...inner);
  switch (entity.type) {
    case "code": return code(text, taps);
    case "pre": return pre(text, entity.language, taps);
    case "blockquote": return make("blockquote", {}, ...inner);
    case "expandable_blockquote": return expandable(text, inner);
    case "spoiler": return spoiler(inner);
    case "text_link": return link(safeAddress(entity.url), inner, taps);
    case "url": return link(addressOf(text), inner, taps);
    case "email": return link(safeAddress(`mailto:${text}`), inner, taps);
    case "phone_number": return link(safeAddress(`tel:${text}`), inner, taps);
    case "mention": return link(safeAddress(`https://t.me/${text.slice(1)}`), inner, taps);
    case "bot_command": return tap("inline-link", text, () => taps.command(text));
    case "hashtag": case "cashtag": case "text_mention": return make("span", { class: "tag" }, ...inner);
    default: return make("span", {}, ...inner);
  }
}

/** @param {string | null} address @param {(Node | string)[]} inner @param {Taps} taps */
function link(address, inner, taps) {
  if (!address) return make("span", {}, ...inner);
  const click = (/** @type {Event} */ event) => taps.link(address, event);
  const options = { href: address, target: "_blank", rel: "noopener noreferrer", title: address };
  return make("a", { ...options, on: { click } }, ...inner);
}

/** @param {string} look @param {string} text @param {() => void} click */
function tap(look, text, click) {
  return make("button", { type: "button", class: look, text, on: { click } });
}

/** @param {string} text @param {Taps} taps */
function code(text, taps) {
  const click = () => taps.copy(text);
  return make("code", { title: "Copy", on: { click } }, text);
}

/** @param {string} text @param {string | undefined} language @param {Taps} taps */
function pre(text, language, taps) {
  const click = () => taps.copy(text);
  const options = { type: "button", class: "pre-copy", "aria-label": "Copy the code", title: "Copy", on: { click } };
  const head = make("span", { class: "pre-head" }, language ?? "code", make("button", options, icon("copy")));
  return make("div", { class: "pre" }, head, make("pre", {}, make("code", {}, text)));
}

/** @param {string} text @param {(Node | string)[]} inner */
function expandable(text, inner) {
  const lines = text.split("\n").reduce((sum, l) => sum + Math.max(1, Math.ceil(l.length / LONG_QUOTE.width)), 0);
  if (lines < LONG_QUOTE.lines) return make("blockquote", {}, ...inner);
  const body = make("div", { class: "quote-body" }, ...inner);
  const toggle = make("button", { type: "button", class: "quote-toggle" }, icon("down"));
  const quote = make("blockquote", { class: "expandable" }, body, toggle);
  const show = (/** @type {boolean} */ isOpen) => {
    quote.classList.toggle("open", isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
    toggle.setAttribute("aria-label", isOpen ? "Show less of the quote" : "Show the whole quote");
  };
  quote.addEventListener("click", (event) => {
    const isLink = /** @type {Element} */ (event.target).closest("a, .inline-link, .spoiler");
    if (!isLink && !String(getSelection())) show(!quote.classList.contains("open"));
  });
  show(false);
  FITTING.observe(body);
  return quote;
}

/** @param {(Node | string)[]} inner */
function spoiler(inner) {
  const hidden = make("span", { class: "spoiler-text", inert: true }, ...inner);
  const options = { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" };
  const cover = make("span", options, hidden);
  const reveal = (/** @type {Event} */ event) => {
    event.preventDefault();
    cover.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    hidden.removeAttribute("inert");
    cover.removeEventListener("click", reveal);
    cover.removeEventListener("keydown", onKey);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" || event.key === " ") reveal(event);
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", onKey);
  return cover;
}
