/** Light or dark: as the system has it, until somebody chooses. */

import { icon, make } from "./dom.js";

const KEY = "theme";

/** Make the switch, and put the choice made before in force. */
export function themeButton() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = make("button", { type: "button", class: "icon-button", "aria-label": "Dark mode", title: "Dark mode" });
  const isDark = () => (localStorage.getItem(KEY) ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => {
    const chosen = localStorage.getItem(KEY);
    if (chosen) document.documentElement.dataset.theme = chosen;
    button.setAttribute("aria-pressed", String(isDark()));
    button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, isDark() ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
  return button;
}
