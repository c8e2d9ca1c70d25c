/** What the person before the page can do with a message. Says what it wants of others as events. */

import { Refused, act } from "./api.js";
import { messageMenu } from "./messagemenu.js";
import { deepLink, safeAddress } from "./links.js";
import { alertBox, toast } from "./toast.js";
import { nameOf } from "./names.js";

/** @typedef {import("./world.js").Json} Json */

/**
 * Tells "reply", "edit", "jump", "inline", "elsewhere" and "startgroup" to whom it concerns.
 */
export class Hands extends EventTarget {
  /** @param {import("./world.js").World} world @param {import("./viewer.js").Viewer} viewer */
  constructor(world, viewer) {
    super();
    this.world = world;
    this.viewer = viewer;
    this.toast = toast;
    this.taps = {
      link: (/** @type {string} */ address, /** @type {Event} */ event) => this.follow(address, event),
      command: (/** @type {string} */ text) => this.say(text),
      copy: (/** @type {string} */ text) => this.copy(text),
    };
  }

  get showsSenders() {
    return ["group", "supergroup"].includes(this.viewer.room?.chat.type);
  }

  /** @param {Json} message */
  isMine(message) {
    return message.from?.id === this.viewer.person && !message.sender_chat;
  }

  /** @param {Json} message */
  isPinned(message) {
    return Boolean(this.viewer.room?.pinned.includes(message.message_id));
  }

  /**
   * Do something, and say it when it is refused. Gives undefined then.
   * @param {string} action
   * @param {Json} [values]
   */
  async do(action, values = {}) {
    const { person, chat } = this.viewer;
    try {
      return await act(action, { person, chat, ...values });
    } catch (problem) {
      toast(problem instanceof Refused ? problem.message : "No connection: this was not done.");
      return undefined;
    }
  }

  /** @param {string} text */
  say(text) {
    return this.do("send", { text, topic: this.viewer.topic || undefined });
  }

  /** @param {Json} message @param {string} data */
  async press(message, data) {
    const result = await this.do("press", { message: message.message_id, data });
    if (!result) return;
    const { answered, answer } = result;
    if (!answered) toast(`${nameOf(this.world.bot)} has not answered.`);
    else if (answer?.url) this.open(answer.url);
    else if (answer?.text && answer.show_alert) alertBox(nameOf(this.world.bot), answer.text);
    else if (answer?.text) toast(answer.text);
  }

  /** @param {Json} message @param {string[]} emoji */
  react(message, emoji) {
    return this.do("react", { message: message.message_id, emoji });
  }

  /** @param {Json} message @param {Event | null} event */
  menu(message, event) {
    event?.preventDefault();
    messageMenu(this, message, event);
  }

  /** @param {Json} message */
  reply(message) {
    this.tell("reply", { message });
  }

  /** @param {number} id */
  jump(id) {
    this.tell("jump", { id });
  }

  /** @param {string} query */
  askInline(query) {
    this.tell("inline", { query });
  }

  /** @param {string} query */
  askInlineElsewhere(query) {
    this.tell("elsewhere", { query });
  }

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      toast("The browser does not let this page copy.");
    }
  }

  /** Open what the bot answered a press with. @param {string} url */
  open(url) {
    const address = safeAddress(url);
    if (!address) return;
    const tab = new Event("click", { cancelable: true });
    this.follow(address, tab);
    if (!tab.defaultPrevented) window.open(address, "_blank", "noopener");
  }

  /** Links to the bot stay on the page, as they do in Telegram; all others open in a new tab. */
  follow(/** @type {string} */ address, /** @type {Event} */ event) {
    const link = deepLink(address);
    if (link?.username.toLowerCase() !== this.world.bot.username.toLowerCase()) return;
    event.preventDefault();
    if (link?.startgroup != null) this.tell("startgroup", { payload: link.startgroup });
    else {
      this.viewer.open({ chat: this.viewer.person });
      if (link?.start != null) this.do("start", { chat: undefined, payload: link.start });
    }
  }

  /** @param {string} what @param {Json} detail */
  tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
