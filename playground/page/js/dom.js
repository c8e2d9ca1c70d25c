/** Builds elements. Text is only ever set as text, and no attribute can hold a script. */

import { safeAddress } from "./links.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 *
 * `class`, `text`, `on` (events to listeners) and `data` are special; all else is an attribute:
 * true sets an empty one, false, null and undefined none. Children are nodes or texts.
 * @param {string} tag
 * @param {Record<string, any>} [options]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) set(element, name, value);
  element.append(...children.filter((child) => child || child === ""));
  return element;
}

/** @param {HTMLElement} element @param {string} name @param {any} value */
function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "text") element.textContent = value;
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "on") {
    for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  } else if (name.startsWith("on") || name === "style" || name === "srcdoc") {
    throw new TypeError(`no element is made with the attribute ${name}`);
  } else if (name === "href" || name === "src") {
    const address = safeAddress(value);
    if (address) element.setAttribute(name, address);
  } else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Make an icon of img/icons.svg; it is decoration, so the control around it needs a name.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/img/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * Make a button that shows only an icon.
 * @param {string} name the icon
 * @param {string} label what it does
 * @param {(event: Event) => void} click
 * @param {Record<string, any>} [more]
 */
export function iconButton(name, label, click, more = {}) {
  const options = { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click } };
  return make("button", { ...options, ...more }, icon(name));
}

/**
 * Let arrow keys move the focus among the elements that `selector` finds in `container`.
 * @param {HTMLElement} container
 * @param {string} selector
 * @param {{wrap?: boolean}} [options]
 */
export function arrowKeys(container, selector, { wrap = true } = {}) {
  container.addEventListener("keydown", (event) => {
    const current = /** @type {Element} */ (event.target);
    if (!current.matches(selector)) return;
    const all = /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]);
    const last = all.length - 1;
    const place = all.indexOf(/** @type {HTMLElement} */ (current));
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    const within = Math.max(0, Math.min(last, next));
    event.preventDefault();
    all[wrap ? (next + all.length) % all.length : within].focus();
  });
}
