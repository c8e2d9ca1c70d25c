/** Pictures and documents of a message. */

import { icon, iconButton, make } from "./dom.js";
import { size } from "./time.js";

const WIDEST = 420;
const HIGHEST = 420;

/**
 * @typedef {import("./world.js").Json} Json
 * @param {Json} message
 * @returns {HTMLElement | null}
 */
export function attachment(message) {
  if (message.photo) return photo(message.photo.at(-1), message.caption);
  return message.document ? file(message.document) : null;
}

/** @param {string} id */
const address = (id) => `/api/file/${encodeURIComponent(id)}`;

/** @param {Json} picture @param {string | undefined} caption */
function photo(picture, caption) {
  const scale = Math.min(1, WIDEST / picture.width, HIGHEST / picture.height);
  const shown = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
  const alt = caption ? `Picture: ${caption.slice(0, 120)}` : "Picture";
  const image = make("img", { src: address(picture.file_id), alt, loading: "lazy", ...shown });
  const click = () => showLarge(picture, alt);
  return make("button", { type: "button", class: "photo", on: { click } }, image);
}

/** @param {Json} document_ */
function file(document_) {
  const name = document_.file_name ?? "file";
  const ending = /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1] ?? "";
  const details = `${size(document_.file_size ?? 0)}${ending ? ` · ${ending.toUpperCase()}` : ""}`;
  return make(
    "a",
    { class: "file", href: address(document_.file_id), download: name },
    make("span", { class: "file-icon" }, icon("download")),
    make(
      "span",
      { class: "file-about" },
      make("bdi", { class: "file-name", text: name }),
      make("span", { class: "file-size", text: details }),
    ),
  );
}

/** @param {Json} picture @param {string} alt */
function showLarge(picture, alt) {
  const dialog = make(
    "dialog",
    { class: "viewer", "aria-label": alt },
    make("img", { src: address(picture.file_id), alt, width: picture.width, height: picture.height }),
    iconButton("close", "Close", () => dialog.close(), { class: "icon-button viewer-close" }),
  );
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
