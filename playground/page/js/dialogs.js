/** Dialogs with a form: a title, fields, and one button that does it. */

import { make } from "./dom.js";

let fieldNumber = 0;

/**
 * @typedef {{name: string, label: string, kind?: "text" | "check" | "choice", value?: any,
 *   hint?: string, required?: boolean, choices?: [string, string][], pattern?: string}} Field
 */

/**
 * Ask for some values. `done` is given them by name; when it raises, the dialog stays and says why.
 * @param {string} title
 * @param {Field[]} fields
 * @param {string} button
 * @param {(values: Record<string, any>) => Promise<void> | void} done
 */
export function ask(title, fields, button, done) {
  const error = make("p", { class: "form-error", role: "alert" });
  const submit = make("button", { type: "submit", class: "primary", text: button });
  const cancel = make("button", { type: "button", class: "plain", text: "Cancel" });
  const form = make("form", {}, make("h2", { text: title }), ...fields.map(field), error,
    make("div", { class: "dialog-buttons" }, cancel, submit));
  const dialog = show(title, form);
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      await done(valuesOf(form));
      dialog.close();
    } catch (problem) {
      error.textContent = problem instanceof Error ? problem.message : String(problem);
    }
  });
}

/**
 * Show anything in a dialog; it is gone when closed.
 * @param {string} title
 * @param {...Node} content
 */
export function show(title, ...content) {
  const dialog = make("dialog", { class: "dialog", "aria-label": title }, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("pointerdown", (/** @type {Event} */ event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, select, [data-first]")?.focus();
  return dialog;
}

/**
 * Show a list to choose from.
 * @param {string} title
 * @param {{label: string, note?: string, picture?: Node, act: () => void}[]} items
 * @param {string} empty what to say when there are none
 */
export function choose(title, items, empty) {
  const list = make("div", { class: "choice-list" });
  const close = make("button", { type: "button", class: "plain", text: "Close" });
  const dialog = show(title, make("h2", { text: title }), list, make("div", { class: "dialog-buttons" }, close));
  close.addEventListener("click", () => dialog.close());
  for (const item of items) {
    const click = () => {
      dialog.close();
      item.act();
    };
    const about = [make("bdi", { text: item.label }), item.note && make("span", { class: "note", text: item.note })];
    list.append(make("button", { type: "button", class: "choice", on: { click } }, item.picture, ...about));
  }
  if (!items.length) list.append(make("p", { class: "note", text: empty }));
  (list.querySelector("button") ?? close).focus();
}

/** @param {Field} given */
function field(given) {
  fieldNumber += 1;
  const id = `field-${fieldNumber}`;
  const common = { id, name: given.name };
  if (given.kind === "check") {
    const box = make("input", { ...common, type: "checkbox", checked: Boolean(given.value) });
    return make("label", { class: "check", for: id }, box, make("span", { text: given.label }));
  }
  const control = given.kind === "choice" ? choice(common, given) : entry(common, given);
  const hint = given.hint && make("span", { class: "note", id: `${id}-hint`, text: given.hint });
  if (hint) control.setAttribute("aria-describedby", hint.id);
  return make("div", { class: "field" }, make("label", { for: id, text: given.label }), control, hint);
}

/** @param {Record<string, any>} common @param {Field} given */
function entry(common, { value, required, pattern }) {
  const more = { type: "text", autocomplete: "off", maxlength: "128", value, required, pattern };
  return make("input", { ...common, ...more });
}

/** @param {Record<string, any>} common @param {Field} given */
function choice(common, { choices, value }) {
  const options = (choices ?? []).map(([name, text]) =>
    make("option", { value: name, selected: name === value, text }));
  return make("select", common, ...options);
}

/** @param {HTMLFormElement} form */
function valuesOf(form) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const control of /** @type {any} */ (form.elements)) {
    if (control.name) values[control.name] = control.type === "checkbox" ? control.checked : control.value.trim();
  }
  return values;
}
