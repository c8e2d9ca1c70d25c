/** The left side: who one is, and the chats that this person has. */

import { arrowKeys, icon, iconButton, make } from "./dom.js";
import { addChannel, addGroup, addPerson, addTopic, joinGroup } from "./forms.js";
import { openMenu } from "./menu.js";
import { avatar, nameOf, senderOf, summaryOf, topicName } from "./names.js";
import { serviceWords } from "./service.js";
import { themeButton } from "./theme.js";
import { brief } from "./time.js";
import { newestOf } from "./world.js";

/**
 * @typedef {import("./world.js").Json} Json
 * @typedef {import("./world.js").Room} Room
 */

/** Shows and refreshes itself when told. */
export class Sidebar {
  /** @param {import("./hands.js").Hands} hands @param {HTMLElement} element */
  constructor(hands, element) {
    this.hands = hands;
    this.viewer = hands.viewer;
    this.world = hands.world;
    this.who = make("button", { type: "button", class: "who", "aria-haspopup": "menu", on: { click: () => this.chooseWho() } });
    const add = iconButton("plus", "New chat", () => this.addMenu(add), { "aria-haspopup": "menu" });
    this.line = make("div", { class: "line-state", role: "status" });
    this.list = make("ul", { class: "chats", "aria-label": "Chats" });
    arrowKeys(this.list, "a");
    element.append(make("div", { class: "side-head" }, this.who, themeButton(), add), this.line, this.list);
  }

  /** @param {boolean} isUp */
  showLine(isUp) {
    const words = isUp ? "" : "Connection lost. Reconnecting …";
    this.line.replaceChildren(...(words ? [icon("offline"), words] : []));
    this.line.classList.toggle("down", !isUp);
  }

  /** Refresh with the next frame, once however often it is asked. */
  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.refresh();
    });
  }

  refresh() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    const { me, person } = this.viewer;
    this.who.replaceChildren(
      avatar(me, "small"),
      make("span", { class: "who-about" }, make("span", { class: "who-hint", text: "You are" }), make("bdi", { class: "who-name", text: me ? nameOf(me) : "nobody yet" })),
      icon("down"),
    );
    const others = this.viewer.rooms().map((room) => ({ room, message: newestOf(room, 0) }));
    others.sort((a, b) => (b.message?.date ?? 0) - (a.message?.date ?? 0));
    const bot = me ? [this.item(person, this.world.bot, this.world.rooms.get(person))] : [];
    this.list.replaceChildren(...bot, ...others.map(({ room }) => this.item(room.chat.id, room.chat, room)));
    if (focused) /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-key="${focused}"]`))?.focus();
  }

  /** @param {number} id @param {Json} who @param {Room | undefined} room */
  item(id, who, room) {
    const message = newestOf(room, 0);
    const isOpen = this.viewer.chat === id;
    const kind = { channel: "channel", group: "people", supergroup: "people" }[room?.chat.type];
    const link = this.link(id, 0, isOpen, [
      avatar(who),
      make("span", { class: "chat-name" }, kind && icon(kind), make("bdi", { text: nameOf(who) })),
      make("span", { class: "chat-time", text: message ? brief(message.date, this.world.now()) : "" }),
      this.preview(room, message),
      this.badge(id, 0, isOpen),
    ]);
    const topics = isOpen && room?.chat.is_forum ? this.topics(room) : null;
    return make("li", {}, link, topics);
  }

  /** @param {number} chat @param {number} topic @param {boolean} isOpen @param {any[]} content */
  link(chat, topic, isOpen, content) {
    const place = `#/${this.viewer.person}/${chat}${topic ? `/${topic}` : ""}`;
    const options = { href: place, data: { key: `${chat}/${topic}` }, "aria-current": isOpen ? "page" : null };
    return make("a", { class: topic ? "topic" : "chat", ...options }, ...content);
  }

  /** @param {Room | undefined} room @param {Json | undefined} message */
  preview(room, message) {
    if (room?.typing) return make("span", { class: "chat-preview typing", text: "typing …" });
    const words = message ? serviceWords(message) ?? summaryOf(message) : "";
    const isMine = message?.from?.id === this.viewer.person;
    const isGroup = room && room.chat.type !== "private" && room.chat.type !== "channel";
    const who = isMine ? "You: " : isGroup && message ? `${nameOf(senderOf(message))}: ` : "";
    const prefix = who && serviceWords(message ?? {}) === null && make("span", { class: "chat-who", text: who });
    return make("span", { class: "chat-preview", dir: "auto" }, prefix, words || "Nothing said yet");
  }

  /** @param {number} chat @param {number} topic @param {boolean} isOpen */
  badge(chat, topic, isOpen) {
    const count = isOpen && !topic ? 0 : this.viewer.unread(chat, topic);
    if (!count) return null;
    return make("span", { class: "badge", "aria-label": `${count} unread`, role: "img", text: count > 99 ? "99+" : count });
  }

  /** @param {Room} room */
  topics(room) {
    const links = [...room.topics.values()].map((topic) => {
      const id = topic.message_thread_id;
      const isOpen = this.viewer.topic === id;
      const dot = make("span", { class: "topic-dot", data: { colour: id % 7 } });
      const link = this.link(room.chat.id, id, isOpen, [
        dot,
        make("bdi", { class: "topic-name", text: topicName(room, id) }),
        topic.is_closed && icon("lock"),
        isOpen ? null : this.badge(room.chat.id, id, false),
      ]);
      return make("li", {}, link);
    });
    const add = make("button", { type: "button", class: "topic add", on: { click: () => addTopic(this.hands) } }, icon("plus"), "New topic");
    return make("ul", { class: "topics", "aria-label": "Topics" }, ...links, make("li", {}, add));
  }

  chooseWho() {
    const people = [...this.world.people.values()].filter((person) => !person.deactivated);
    const items = people.map((person) => ({
      label: nameOf(person),
      picture: avatar(person, "tiny"),
      checked: person.id === this.viewer.person,
      act: () => this.viewer.open({ person: person.id }),
    }));
    const add = { label: "New person", icon: "person-add", act: () => addPerson(this.hands) };
    openMenu("Who you are", [...items, null, add], { anchor: this.who });
  }

  /** @param {Element} anchor */
  addMenu(anchor) {
    const items = [
      { label: "New person", icon: "person-add", act: () => addPerson(this.hands) },
      { label: "New group", icon: "people", act: () => addGroup(this.hands) },
      { label: "New channel", icon: "channel", act: () => addChannel(this.hands) },
      { label: "Join a group or channel", icon: "join", act: () => joinGroup(this.hands) },
    ];
    openMenu("New chat", this.viewer.me ? items : items.slice(0, 1), { anchor });
  }
}
