/** The first page: nobody is here yet, so one says who one is. */

import { act } from "./api.js";
import { icon, make } from "./dom.js";
import { nameOf } from "./names.js";

/**
 * Build the card that asks for a name.
 * @param {import("./hands.js").Hands} hands
 */
export function welcome({ world, viewer }) {
  const field = make("input", { id: "your-name", name: "first_name", type: "text", required: true, maxlength: "64", autocomplete: "off", placeholder: "Ada" });
  const error = make("p", { class: "form-error", role: "alert" });
  const form = make("form", { class: "card welcome" },
    make("span", { class: "welcome-mark" }, icon("plane")),
    make("h1", { text: "A Telegram of your own" }),
    make("p", { text: `It runs on this machine, with ${nameOf(world.bot)} in it. No account, no token; nothing leaves this computer.` }),
    make("label", { for: "your-name", text: "What is your name?" }),
    field, error,
    make("button", { type: "submit", class: "primary", text: "Begin" }));
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      const person = await act("person", { first_name: field.value.trim(), language_code: "en" });
      world.people.set(person.id, person);
      viewer.open({ person: person.id });
    } catch (problem) {
      error.textContent = problem instanceof Error ? problem.message : String(problem);
    }
  });
  return make("div", { class: "welcome-page" }, form);
}
