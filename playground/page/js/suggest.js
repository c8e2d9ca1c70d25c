/** The list above the message field: commands while typing "/", results of the bot's inline mode. */

import { act, look } from "./api.js";
import { icon, make } from "./dom.js";

const INLINE_PAUSE = 200;
const LISTED = "suggestions";

/**
 * @typedef {import("./world.js").Json} Json
 * @typedef {{title: string, note: string, take: () => void}} Choice
 */

/** Watches a text field; arrow keys, Tab and Enter choose while the focus stays in the field. */
export class Suggest {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {import("./viewer.js").Viewer} viewer
   * @param {{send: (text: string) => void, chosen: () => void}} then
   */
  constructor(field, viewer, then) {
    this.field = field;
    this.viewer = viewer;
    this.then = then;
    this.element = make("div", { class: "suggest", id: LISTED, role: "listbox", "aria-label": "Suggestions", hidden: true });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", LISTED);
    field.addEventListener("input", () => this.look());
    field.addEventListener("blur", () => this.hide());
    /** @type {Choice[]} */ this.choices = [];
    this.active = 0;
    this.asked = 0;
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** See what the text in the field calls for. */
  async look() {
    this.asked += 1;
    clearTimeout(this.timer);
    const text = this.field.value;
    const name = this.viewer.world.bot.username;
    const inline = new RegExp(`^@${name}\\s(.*)$`, "is").exec(text);
    if (inline) this.timer = setTimeout(() => this.inline(inline[1], this.asked), INLINE_PAUSE);
    else if (/^\/[\w]*$/.test(text)) await this.commands(text.slice(1), this.asked);
    else this.hide();
  }

  /** @param {string} begun @param {number} asked */
  async commands(begun, asked) {
    const { person, chat, isPrivate, world } = this.viewer;
    const known = await look("commands", { person, chat }).catch(() => []);
    if (asked !== this.asked) return;
    const fitting = known.filter(({ command }) => command.startsWith(begun.toLowerCase()));
    const suffix = isPrivate ? "" : `@${world.bot.username}`;
    this.show(fitting.map((/** @type {Json} */ { command, description }) => ({
      title: `/${command}`,
      note: description,
      take: () => this.then.send(`/${command}${suffix}`),
      text: `/${command}${suffix} `,
    })));
  }

  /** @param {string} query @param {number} asked */
  async inline(query, asked) {
    const { person, chat } = this.viewer;
    const asking = act("inline", { person, chat, query, timeout: 5 }).catch(() => null);
    const result = await asking;
    if (asked !== this.asked) return;
    const results = result?.answer?.results ?? [];
    this.show(results.map((/** @type {Json} */ { id, title, description }) => ({
      title: title ?? id,
      note: description ?? "",
      take: () => this.choose(result.query_id, id),
    })));
  }

  /** @param {string} query @param {string} result */
  async choose(query, result) {
    const { person, chat } = this.viewer;
    await act("choose", { person, chat, query_id: query, result }).catch(() => null);
    this.then.chosen();
  }

  /** @param {(Choice & {text?: string})[]} choices */
  show(choices) {
    this.choices = choices;
    this.element.replaceChildren(...choices.map((choice, place) => this.option(choice, place)));
    this.element.hidden = choices.length === 0;
    this.point(0);
  }

  /** @param {Choice} choice @param {number} place */
  option({ title, note }, place) {
    const on = {
      pointerdown: (/** @type {Event} */ event) => event.preventDefault(),
      click: () => this.take(place),
    };
    return make("div", { class: "option", role: "option", id: `option-${place}`, "aria-selected": "false", on },
      make("span", { class: "option-title", text: title }), make("span", { class: "option-note", text: note }));
  }

  /** @param {number} place */
  point(place) {
    const options = [...this.element.children];
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = (place + options.length) % Math.max(1, options.length);
    options[this.active]?.setAttribute("aria-selected", "true");
    options[this.active]?.scrollIntoView({ block: "nearest" });
    if (options.length) this.field.setAttribute("aria-activedescendant", `option-${this.active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  take(place) {
    const choice = this.choices[place];
    this.hide();
    choice?.take();
  }

  hide() {
    this.element.hidden = true;
    this.choices = [];
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Take a key that is meant for the list. @param {KeyboardEvent} event @returns {boolean} */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const { key } = event;
    if (key === "ArrowDown") this.point(this.active + 1);
    else if (key === "ArrowUp") this.point(this.active - 1);
    else if (key === "Escape") this.hide();
    else if (key === "Tab" && !event.shiftKey) this.complete();
    else if (key === "Enter" && !event.shiftKey) this.take(this.active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Put the command into the field, so that something can be written behind it. */
  complete() {
    const choice = /** @type {any} */ (this.choices[this.active]);
    if (!choice?.text) return this.take(this.active);
    this.field.value = choice.text;
    return this.hide();
  }

  /** Open the list of all commands, as the menu button does. */
  async openCommands() {
    this.field.focus();
    this.asked += 1;
    await this.commands("", this.asked);
  }
}

/** @param {() => void} click */
export function menuButton(click) {
  const options = { type: "button", class: "menu-button", "aria-label": "Commands of the bot", on: { click } };
  return make("button", options, icon("menu"), make("span", { text: "Menu" }));
}
