/** "Behind the scenes": buttons and facts of the program that runs this, and the Bot API's calls. */

import { act, look } from "./api.js";
import { CallList } from "./calls.js";
import { iconButton, make } from "./dom.js";
import { toast } from "./toast.js";

const KEY = "panel";
const WIDE = "(min-width: 1180px)";
const FAULTS = {
  delay: "slow answers", drop_before: "dropped connections", drop_after: "lost answers",
  html: "proxy errors", garbage: "broken answers", error: "errors",
};

/** @typedef {import("./world.js").Json} Json */

/** Shows and refreshes itself. */
export class Panel {
  /** @param {import("./world.js").World} world @param {HTMLElement} element */
  constructor(world, element) {
    this.world = world;
    this.element = element;
    this.buttons = make("div", { class: "stage-buttons" });
    this.trouble = make("div", { class: "trouble", role: "status" });
    this.facts = make("div", { class: "facts" });
    this.calls = new CallList(world);
    const close = iconButton("close", "Close the panel", () => this.toggle(false));
    element.append(
      make("div", { class: "panel-head" }, make("h2", { text: "Behind the scenes" }), close),
      make("div", { class: "panel-body" }, this.buttons, this.trouble, this.facts, this.calls.element),
    );
    world.addEventListener("backstage", () => this.refresh());
    world.addEventListener("faults", () => this.showTrouble());
    /** @type {Map<string, string>} */ this.before = new Map();
  }

  /** Read the calls so far, and open if there is room and something to show. */
  async open() {
    this.refresh();
    this.world.calls = await look("calls", { limit: 200 }).catch(() => []);
    this.calls.refresh();
    const { facts, buttons } = this.world.backstage;
    const wanted = sessionStorage.getItem(KEY) ?? (facts.length + buttons.length ? "open" : "closed");
    this.toggle(wanted === "open" && matchMedia(WIDE).matches, false);
  }

  /** @param {boolean} [isOpen] @param {boolean} [isChoice] whether to keep it over a reload */
  toggle(isOpen = this.element.hidden, isChoice = true) {
    this.element.hidden = !isOpen;
    document.body.classList.toggle("with-panel", isOpen);
    if (isChoice) sessionStorage.setItem(KEY, isOpen ? "open" : "closed");
    this.element.dispatchEvent(new Event("toggled"));
  }

  refresh() {
    const { facts, buttons } = this.world.backstage;
    if (buttons.length !== this.buttons.children.length || this.labels() !== buttons.map((b) => b.label).join()) {
      this.buttons.replaceChildren(...buttons.map((given) => this.button(given)));
    }
    this.facts.replaceChildren(...facts.filter(({ rows }) => rows.length).map((fact) => this.fact(fact)));
    this.showTrouble();
  }

  labels() {
    return [...this.buttons.children].map((b) => b.textContent).join();
  }

  /** @param {Json} given */
  button({ id, label }) {
    const element = make("button", { type: "button", class: "stage-button", data: { button: id }, text: label });
    element.addEventListener("click", async () => {
      element.setAttribute("aria-busy", "true");
      const told = await act("button", { button: id }).catch((problem) => problem.message);
      element.removeAttribute("aria-busy");
      if (typeof told === "string" && told) toast(told);
    });
    return element;
  }

  /** @param {Json} fact */
  fact({ name, title, rows }) {
    const isPairs = rows.every((/** @type {string[]} */ row) => row.length === 2);
    const content = isPairs ? this.tiles(name, rows) : this.table(rows);
    return make("section", { class: "fact", data: { fact: name }, "aria-label": title }, make("h3", { text: title }), content);
  }

  /** @param {string} name @param {string[][]} rows */
  tiles(name, rows) {
    const tiles = rows.map(([label, value]) => {
      const key = `${name}/${label}`;
      const hasChanged = this.before.has(key) && this.before.get(key) !== value;
      this.before.set(key, value);
      const look_ = `${hasChanged ? "changed " : ""}${value.length <= 5 ? "number" : "words"}`;
      return make("div", { class: `tile ${look_}` }, make("dt", { text: label }), make("dd", { text: value }));
    });
    return make("dl", { class: "tiles" }, ...tiles);
  }

  /** @param {string[][]} rows the first names the columns */
  table([names = [], ...rows]) {
    const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col", text: name })));
    const body = rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", { text: cell }))));
    return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
  }

  /** Nobody tells when a fault's time is over, so it is asked for. */
  showTrouble() {
    clearTimeout(this.timer);
    if (this.world.faults.length) this.timer = setTimeout(() => this.askTrouble(), 1000);
    const kinds = this.world.faults.map(({ kind, code }) => (kind === "error" ? `${code}` : FAULTS[kind] ?? kind));
    if (kinds.join() === this.shownTrouble) return;
    this.shownTrouble = kinds.join();
    this.trouble.replaceChildren();
    if (!kinds.length) return;
    const calm = () => act("clear_faults").catch(() => null);
    const words = `Telegram is in trouble: ${[...new Set(kinds)].join(", ")}`;
    this.trouble.append(make("span", { text: words }), make("button", { type: "button", class: "plain", text: "End it", on: { click: calm } }));
  }

  async askTrouble() {
    this.world.faults = await look("faults").catch(() => this.world.faults);
    this.showTrouble();
  }
}
