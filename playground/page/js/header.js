/** The head of a conversation: who or what it is, what goes on, what is pinned, what can be done. */

import { iconButton, make } from "./dom.js";
import { chatMenu } from "./chatmenu.js";
import { avatar, chatName, nameOf, summaryOf, topicName } from "./names.js";
import { isIn } from "./world.js";

const DOING = {
  typing: "is typing", upload_document: "is sending a file", upload_photo: "is sending a picture",
  choose_sticker: "is choosing a sticker", find_location: "is looking for a place", record_voice: "is recording",
};

/** Shows and refreshes itself when told. */
export class Header {
  /** @param {import("./hands.js").Hands} hands @param {() => void} togglePanel */
  constructor(hands, togglePanel) {
    this.hands = hands;
    this.viewer = hands.viewer;
    this.world = hands.world;
    this.face = make("span", { class: "head-face" });
    this.title = make("h1", { class: "head-title" });
    this.state = make("div", { class: "head-state" });
    this.pinned = make("div", { class: "pinned", hidden: true });
    const back = iconButton("back", "Back to the chats", () => this.viewer.open({ chat: 0 }), { class: "icon-button back" });
    this.panelButton = iconButton("panel", "Behind the scenes", togglePanel, { "aria-expanded": "false", "aria-controls": "panel" });
    const more = iconButton("more", "Chat menu", () => chatMenu(hands, more), { "aria-haspopup": "menu" });
    this.bar = make("div", { class: "head-bar" }, back, this.face, make("div", { class: "head-about" }, this.title, this.state), this.panelButton, more);
    this.element = make("header", { class: "head" }, this.bar, this.pinned);
  }

  refresh() {
    const { room, topic, isPrivate } = this.viewer;
    const who = isPrivate ? this.world.bot : room?.chat;
    this.face.replaceChildren(avatar(who, "small"));
    this.title.replaceChildren(make("bdi", { text: topic ? topicName(room, topic) : isPrivate ? nameOf(who) : chatName(this.world, who) }));
    this.showState();
    this.showPinned();
  }

  showState() {
    const { room, topic } = this.viewer;
    const typing = room?.typing;
    const isHere = typing && (!topic || !typing.topic || typing.topic === topic);
    const words = isHere ? `${nameOf(this.world.bot)} ${DOING[typing.action] ?? "is busy"}` : this.about();
    this.state.classList.toggle("typing", Boolean(isHere));
    this.state.replaceChildren(words, ...(isHere ? [dots()] : []));
  }

  about() {
    const { room, me, topic, isPrivate } = this.viewer;
    if (isPrivate) return me?.blocked ? "bot, blocked by you" : "bot";
    const count = [...(room?.members.keys() ?? [])].filter((id) => isIn(room, id)).length;
    const people = room?.chat.type === "channel" ? "subscriber" : "member";
    const words = `${count} ${people}${count === 1 ? "" : "s"}`;
    return topic ? `${nameOf(room?.chat)}, ${words}` : words;
  }

  showPinned() {
    const { room } = this.viewer;
    const id = room?.pinned.at(-1);
    const message = id === undefined ? undefined : room?.messages.get(id)?.message;
    this.pinned.hidden = id === undefined;
    if (id === undefined) return;
    const jump = () => this.hands.jump(id);
    const text = make("button", { type: "button", class: "pinned-text", on: { click: jump } },
      make("span", { class: "pinned-title", text: "Pinned message" }),
      make("bdi", { text: summaryOf(message) || "An older message" }));
    const unpin = iconButton("close", "Unpin", () => this.hands.do("unpin", { message: id }));
    this.pinned.replaceChildren(text, unpin);
  }
}

function dots() {
  return make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
}
