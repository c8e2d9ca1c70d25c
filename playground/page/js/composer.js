/** The foot of a conversation: the field to write in, or the one button that stands in its place. */

import { upload } from "./api.js";
import { icon, iconButton, make } from "./dom.js";
import { footButton } from "./foot.js";
import { nameOf, senderOf, summaryOf } from "./names.js";
import { replyKeyboard } from "./replykeyboard.js";
import { Suggest, menuButton } from "./suggest.js";
import { toast } from "./toast.js";
import { newestOf } from "./world.js";

const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/** @typedef {import("./world.js").Json} Json */

/** Writes, answers, edits and attaches. */
export class Composer {
  /**
   * @param {import("./hands.js").Hands} hands
   * @param {import("./outgoing.js").Outgoing} outgoing
   */
  constructor(hands, outgoing) {
    this.hands = hands;
    this.outgoing = outgoing;
    this.viewer = hands.viewer;
    this.world = hands.world;
    /** @type {{kind: "reply" | "edit", message: Json} | null} */ this.about = null;
    /** @type {Map<string, string>} */ this.drafts = new Map();
    this.build();
    this.listen();
  }

  build() {
    this.field = make("textarea", { id: "field", class: "field-text", rows: "1", placeholder: "Message", "aria-label": "Message", autocomplete: "off", enterkeyhint: "send" });
    this.suggest = new Suggest(this.field, this.viewer, {
      send: (text) => this.sendText(text),
      chosen: () => this.clear(),
    });
    this.context = make("div", { class: "context", hidden: true });
    this.file = make("input", { type: "file", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-label": "File to send" });
    this.menu = menuButton(() => this.suggest.openCommands());
    const attach = iconButton("attach", "Send a file", () => this.file.click());
    this.keysToggle = iconButton("keyboard", "Keyboard of the bot", () => this.toggleKeys(), { "aria-expanded": "true", hidden: true });
    this.send = iconButton("send", "Send", () => this.submit(), { class: "icon-button send" });
    this.line = make("div", { class: "write" }, this.menu, attach, this.file, this.field, this.keysToggle, this.send);
    this.keys = make("div", { class: "reply-keys", role: "group", "aria-label": "Keyboard of the bot", hidden: true });
    this.instead = make("div", { class: "instead" });
    this.element = make("footer", { class: "composer" }, this.suggest.element, this.context, this.line, this.keys, this.instead);
  }

  listen() {
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.field.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => this.paste(event));
    this.file.addEventListener("change", () => this.attach(this.file.files));
    const hear = (/** @type {string} */ what, /** @type {(detail: Json) => void} */ then) =>
      this.hands.addEventListener(what, (event) => then(/** @type {CustomEvent} */ (event).detail));
    hear("reply", ({ message }) => this.take("reply", message));
    hear("edit", ({ message }) => this.take("edit", message));
    hear("inline", ({ query }) => this.write(`@${this.world.bot.username} ${query}`));
    this.outgoing.addEventListener("refused", (event) => this.write(/** @type {CustomEvent} */ (event).detail.text));
    this.world.addEventListener("keyboard", (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (detail.chat === this.viewer.chat) this.showKeys();
    });
    this.world.addEventListener("message", (event) => this.forceReply(/** @type {CustomEvent} */ (event).detail));
  }

  /** Another chat was opened: its draft, its keyboard, nothing to answer. */
  open() {
    if (this.place) this.drafts.set(this.place, this.field.value);
    const { person, chat, topic } = this.viewer;
    this.place = `${person}/${chat}/${topic}`;
    this.drop();
    this.field.value = this.drafts.get(this.place) ?? "";
    this.suggest.hide();
    this.grow();
    this.refresh();
  }

  /** Show the field, or the button that the chat's state asks for. */
  refresh() {
    const button = footButton(this.hands);
    const hadFocus = this.instead.contains(document.activeElement);
    // A button that stays keeps the focus it may have.
    if ((button?.textContent ?? "") !== this.instead.textContent) this.instead.replaceChildren(...(button ? [button] : []));
    this.instead.hidden = !button;
    this.line.hidden = Boolean(button);
    this.menu.hidden = !this.viewer.isPrivate;
    if (hadFocus && !button) this.field.focus();
    this.showKeys();
  }

  showKeys() {
    const keyboard = this.line.hidden ? null : this.viewer.room?.keyboard;
    this.keysToggle.hidden = !keyboard?.keyboard;
    this.keys.hidden = !keyboard?.keyboard;
    this.keys.replaceChildren(...(keyboard?.keyboard ? replyKeyboard(keyboard, (text, once) => this.pressKey(text, once)) : []));
    this.field.placeholder = keyboard?.input_field_placeholder || "Message";
  }

  /** @param {string} text @param {boolean} isOnce */
  pressKey(text, isOnce) {
    if (isOnce) this.toggleKeys();
    this.sendText(text);
  }

  toggleKeys() {
    this.keys.hidden = !this.keys.hidden;
    this.keysToggle.setAttribute("aria-expanded", String(!this.keys.hidden));
  }

  /** @param {{chat: number, id: number, keyboard?: Json}} event */
  forceReply({ chat, id, keyboard }) {
    const message = this.viewer.room?.messages.get(id)?.message;
    if (chat === this.viewer.chat && keyboard?.force_reply && message) this.take("reply", message);
  }

  /** Answer or edit a message. @param {"reply" | "edit"} kind @param {Json} message */
  take(kind, message) {
    this.about = { kind, message };
    const title = kind === "reply" ? `Reply to ${nameOf(senderOf(message))}` : "Edit message";
    const text = make("div", { class: "context-text" }, make("bdi", { class: "context-title", text: title }), make("bdi", { text: summaryOf(message) }));
    this.context.replaceChildren(icon(kind), text, iconButton("close", "Cancel", () => this.drop()));
    this.context.hidden = false;
    if (kind === "edit") this.write(message.text);
    this.field.focus();
  }

  drop() {
    if (this.about?.kind === "edit") this.field.value = "";
    this.about = null;
    this.context.hidden = true;
    this.grow();
  }

  /** @param {string} text */
  write(text) {
    this.field.value = text;
    this.field.focus();
    this.field.dispatchEvent(new Event("input"));
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    this.send.classList.toggle("ready", this.field.value.trim() !== "");
  }

  clear() {
    this.field.value = "";
    this.drop();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.suggest.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.about) {
      event.stopPropagation();
      this.drop();
    } else if (event.key === "ArrowUp" && !this.field.value) this.editLast(event);
  }

  /** @param {Event} event */
  editLast(event) {
    const mine = [...(this.viewer.room?.messages.values() ?? [])].map(({ message }) => message)
      .filter((message) => this.hands.isMine(message) && message.text !== undefined);
    const newest = mine.sort((a, b) => a.message_id - b.message_id).at(-1);
    if (!newest) return;
    event.preventDefault();
    this.take("edit", newest);
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    if (this.about?.kind === "edit") {
      const done = await this.hands.do("edit", { message: this.about.message.message_id, text });
      if (done) this.clear();
    } else this.sendText(text);
  }

  /** @param {string} text */
  sendText(text) {
    const { person, chat, topic, room } = this.viewer;
    const replied = this.about?.kind === "reply" ? this.about.message.message_id : undefined;
    this.clear();
    const after = newestOf(room, 0)?.message_id ?? 0;
    this.outgoing.send({ person, chat, topic, text, reply_to: replied, after, date: Math.floor(this.world.now()) });
    this.field.focus();
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.attach(files);
  }

  /** @param {FileList | null} files */
  async attach(files) {
    const { person, chat, topic } = this.viewer;
    for (const file of files ?? []) {
      const kind = PICTURES.includes(file.type) ? "photo" : "document";
      const values = { person, chat, topic: topic || undefined, caption: this.field.value.trim() };
      try {
        await upload(kind, file, values);
        this.clear();
      } catch (problem) {
        toast(problem instanceof Error ? problem.message : "The file was not sent.");
      }
    }
    this.file.value = "";
  }
}
