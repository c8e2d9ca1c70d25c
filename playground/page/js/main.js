/** Puts the page together: reads the snapshot, opens the line, and tells each part of what concerns it. */

import { look } from "./api.js";
import { Composer } from "./composer.js";
import { choose } from "./dialogs.js";
import { make } from "./dom.js";
import { addGroup } from "./forms.js";
import { Hands } from "./hands.js";
import { Header } from "./header.js";
import * as keys from "./keys.js";
import { meet } from "./meet.js";
import { avatar, nameOf } from "./names.js";
import { Outgoing } from "./outgoing.js";
import { Panel } from "./panel.js";
import { Sidebar } from "./sidebar.js";
import { Line } from "./stream.js";
import { Timeline } from "./timeline.js";
import { announce } from "./toast.js";
import { Viewer } from "./viewer.js";
import { welcome } from "./welcome.js";
import { World } from "./world.js";

const AGAIN_SECONDS = 1;
const AROUND = ["message", "edited", "deleted", "typing", "people", "chats", "pinned", "profile"];

const world = new World();
const line = new Line(() => world);
const viewer = new Viewer(world);
const hands = new Hands(world, viewer);
const outgoing = new Outgoing(world, line);
const place = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {number | undefined} */
let frame;

const panel = new Panel(world, place("panel"));
const sidebar = new Sidebar(hands, place("sidebar"));
const header = new Header(hands, () => panel.toggle());
const timeline = new Timeline(hands, outgoing);
const composer = new Composer(hands, outgoing);
const conversation = place("conversation");

/** Show the open chat, or the first page when there is nobody yet. */
function show() {
  const isEmpty = !viewer.person;
  const hasChat = Boolean(viewer.chat);
  const parts = hasChat ? [header.element, timeline.element, composer.element] : [noChat()];
  conversation.replaceChildren(...(isEmpty ? [welcome(hands)] : parts));
  document.body.classList.toggle("no-chat", !hasChat && !isEmpty);
  document.body.classList.toggle("nobody", isEmpty);
  sidebar.refresh();
  if (isEmpty) return document.getElementById("your-name")?.focus();
  if (!hasChat) return sidebar.list.querySelector("a")?.focus();
  header.refresh();
  timeline.open();
  composer.open();
  document.title = titleOf();
  if (matchMedia("(pointer: fine)").matches) composer.field.focus();
  return undefined;
}

function noChat() {
  return make("div", { class: "empty" }, make("h1", { class: "pill", text: "Choose a chat" }));
}

function titleOf() {
  return `${viewer.isPrivate ? nameOf(world.bot) : nameOf(viewer.room?.chat)} · Playground`;
}

/** Read everything, and try again as long as the server can't be reached. */
async function read() {
  try {
    world.read(await look("snapshot"));
  } catch {
    sidebar.showLine(false);
    setTimeout(read, AGAIN_SECONDS * 1000);
    return;
  }
  viewer.follow();
  line.open();
  await panel.open();
}

/** A chat that nobody told of before: who is in it? @param {number} chat */
async function found(chat) {
  await meet(world, chat).catch(() => null);
  refreshAround();
}

/** Refresh what stands around the messages, with the next frame, once however often it is asked. */
function refreshAround() {
  sidebar.soon();
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    if (!viewer.person || !viewer.chat) return;
    header.refresh();
    composer.refresh();
  });
}

/** Ask in which chat the inline query goes on. @param {string} query */
function elsewhere(query) {
  const write = (/** @type {number} */ chat) => {
    viewer.open({ chat });
    setTimeout(() => hands.askInline(query));
  };
  const items = viewer.rooms().map(({ chat }) => ({ label: nameOf(chat), picture: avatar(chat, "small"), act: () => write(chat.id) }));
  const bot = { label: nameOf(world.bot), picture: avatar(world.bot, "small"), act: () => write(viewer.person) };
  choose("Choose a chat", [bot, ...items], "");
}

/** Say that something came in a chat that is not open. @param {{chat: number, id: number}} where */
function elsewhereCame({ chat, id }) {
  const room = world.rooms.get(chat);
  const isForeign = chat === viewer.chat || (room?.chat.type === "private" && chat !== viewer.person);
  const message = room?.messages.get(id)?.message;
  if (!isForeign && message?.from?.id !== viewer.person) announce(`New message in ${nameOf(room?.chat)}`);
}

const detail = (/** @type {Event} */ event) => /** @type {CustomEvent} */ (event).detail;
line.addEventListener("event", (event) => world.apply(detail(event)));
line.addEventListener("up", () => sidebar.showLine(true));
line.addEventListener("down", () => sidebar.showLine(false));
line.addEventListener("gap", read);
viewer.addEventListener("moved", show);
viewer.addEventListener("read", () => sidebar.soon());
for (const what of AROUND) world.addEventListener(what, refreshAround);
world.addEventListener("message", (event) => elsewhereCame(detail(event)));
world.addEventListener("found", (event) => line.isUp && found(detail(event).chat));
world.addEventListener("people", () => !viewer.person && viewer.follow());
hands.addEventListener("elsewhere", (event) => elsewhere(detail(event).query));
hands.addEventListener("startgroup", (event) => addGroup(hands, detail(event).payload));
panel.element.addEventListener("toggled", () => header.panelButton.setAttribute("aria-expanded", String(!panel.element.hidden)));
keys.listen(sidebar.list, () => panel.toggle());
read();
