/** Menus that pop up at a button or at the pointer. By keyboard: arrows, Enter, Escape. */

import { arrowKeys, icon, make } from "./dom.js";

const EDGE = 8;
const LANDMARKS = "nav, main, aside";

/**
 * @typedef {{label: string, icon?: string, picture?: Node, act: () => void, danger?: boolean,
 *   checked?: boolean}} Item
 */

/**
 * Show a menu; it goes when something is chosen or the focus leaves it.
 * @param {string} label what the menu is about
 * @param {(Item | null | false | undefined)[]} items null makes a line between
 * @param {{anchor?: Element, point?: {x: number, y: number}, head?: (close: () => void) => Node}} place
 */
export function openMenu(label, items, { anchor, point, head }) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const menu = make("div", { class: "menu", role: "menu", "aria-label": label, popover: "manual" });
  const close = () => {
    if (!menu.isConnected) return;
    const hadFocus = menu.contains(document.activeElement);
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    if (hadFocus) before?.focus();
  };
  const outside = (/** @type {PointerEvent} */ event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) close();
  };
  if (head) menu.append(head(close));
  for (const item of items) {
    if (item === null) menu.append(make("hr", { role: "separator" }));
    else if (item) menu.append(entry(item, close));
  }
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" || event.key === "Tab") close();
    if (event.key === "Escape") event.stopPropagation();
  });
  arrowKeys(menu, "[role^=menuitem]");
  addEventListener("pointerdown", outside, true);
  (anchor?.closest(LANDMARKS) ?? before?.closest(LANDMARKS) ?? document.querySelector("main"))?.append(menu);
  menu.showPopover();
  put(menu, anchor?.getBoundingClientRect() ?? new DOMRect(point?.x, point?.y, 0, 0));
  menu.querySelector("[role^=menuitem]")?.focus();
}

/** @param {Item} item @param {() => void} close */
function entry(item, close) {
  const isChoice = item.checked !== undefined;
  const click = () => {
    close();
    item.act();
  };
  return make(
    "button",
    {
      type: "button",
      class: `menu-item${item.danger ? " danger" : ""}`,
      role: isChoice ? "menuitemradio" : "menuitem",
      "aria-checked": isChoice ? String(item.checked) : null,
      tabindex: "-1",
      on: { click },
    },
    item.picture ?? (item.icon && icon(item.icon)),
    make("bdi", { text: item.label }),
    item.checked && icon("tick"),
  );
}

/** @param {HTMLElement} menu @param {DOMRect} near */
function put(menu, near) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(near.left, innerWidth - width - EDGE);
  const below = near.bottom + height + EDGE <= innerHeight;
  const top = below ? near.bottom + 4 : Math.max(EDGE, near.top - height - 4);
  menu.style.left = `${Math.max(EDGE, left)}px`;
  menu.style.top = `${top}px`;
}
