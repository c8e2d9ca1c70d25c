"""People and groups of a playground, as a program moves them. Each method is one request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playground.client_stream import Message
from playground.wire import Json

Act = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a pressed button brought: the bot's answer, if it came in time."""

    answered: bool
    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. Everywhere, `chat` left out is the chat with the bot."""

    id: int
    name: str
    call: Act
    """Does one action over HTTP: call(action, **values)."""
    look: Act
    """Reads one view over HTTP: look(view, **values)."""

    async def act(self, action: str, chat: int | None = None, **values: object) -> Any:
        """Do any action of the person's side (see README.md) as this person."""
        return await self.call(action, person=self.id, chat=chat, **values)

    async def send(
        self,
        text: str,
        chat: int | None = None,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        """Write a text."""
        replied = reply_to.id if reply_to else None
        return Message(await self.act("send", chat, text=text, reply_to=replied, topic=topic))

    async def start(self, payload: str = "") -> Message:
        """Press START, or follow a deep link with a payload."""
        return Message(await self.act("start", payload=payload))

    async def edit(self, message: Message, text: str) -> Message:
        """Write one's own message anew."""
        return Message(await self.act("edit", message.chat_id, message=message.id, text=text))

    async def press(self, message: Message, button: str, seconds: float = 10) -> Answer:
        """Press the button with this text or callback data, and wait for the bot's answer."""
        data = [b.get("callback_data") for row in message.buttons for b in row]
        named = {"data" if button in data else "text": button}
        where = message.chat_id
        answer = await self.act("press", where, message=message.id, timeout=seconds, **named)
        return Answer(answer["answered"], **_answer_fields(answer["answer"]))

    async def messages(self, chat: int | None = None, limit: int = 50) -> list[Message]:
        """Read the newest messages of a chat, oldest first."""
        found = await self.look("messages", person=self.id, chat=chat, limit=limit)
        return [Message(item["message"]) for item in found]

    async def commands(self, chat: int | None = None) -> dict[str, str]:
        """Read the command menu as it shows to this person: name to description."""
        found = await self.look("commands", person=self.id, chat=chat)
        return {item["command"]: item["description"] for item in found}

    async def upload(
        self, kind: str, name: str, content: bytes, chat: int | None = None, caption: str = ""
    ) -> Message:
        """Send a file; `kind` is "document" or "photo"."""
        files = {kind: (name, content)}
        return Message(await self.act(kind, chat, caption=caption, files=files))

    async def inline(self, query: str, chat: int | None = None) -> Json:
        """Type an inline query; gives {"answered", "query_id", "answer": {"results", ...}}."""
        answer: Json = await self.act("inline", chat, query=query)
        return answer

    async def group(
        self, title: str, kind: str = "group", *, with_bot: bool = True, **options: object
    ) -> "Group":
        """Make a group, supergroup or channel; options: forum, username, as_admin."""
        chat = await self.act("group", None, title=title, kind=kind, with_bot=with_bot, **options)
        return Group(int(chat["id"]), title, self)


@dataclass(frozen=True, slots=True)
class Group:
    """A group, supergroup or channel and who made it; `by` is who acts, else its creator."""

    id: int
    title: str
    creator: Person

    async def join(self, *people: Person) -> None:
        """Let people come in by themselves."""
        for person in people:
            await person.act("join", self.id)

    async def add_bot(self, by: Person | None = None, *, as_admin: bool = False) -> Json:
        """Bring the bot in; gives its ChatMember object."""
        return await self._act("add_bot", by, as_admin=as_admin)

    async def remove_bot(self, by: Person | None = None) -> Json:
        """Remove the bot; gives its ChatMember object."""
        return await self._act("remove_bot", by)

    async def promote(self, user: int, by: Person | None = None, **options: object) -> Json:
        """Make a user (the bot too) an administrator; options: rights, anonymous, custom_title."""
        return await self._act("promote", by, user=user, **options)

    async def demote(self, user: int, by: Person | None = None) -> Json:
        """Make an administrator a plain member."""
        return await self._act("demote", by, user=user)

    async def topic(self, name: str, by: Person | None = None) -> int:
        """Open a topic; gives its id."""
        return int((await self._act("topic", by, name=name))["message_thread_id"])

    async def migrate(self) -> "Group":
        """Make the group a supergroup, which has another id."""
        chat = await self._act("migrate", None)
        return Group(int(chat["id"]), self.title, self.creator)

    async def _act(self, action: str, by: Person | None, **values: object) -> Json:
        result: Json = await (by or self.creator).act(action, self.id, **values)
        return result


def _answer_fields(answer: Json | None) -> dict[str, Any]:
    return {name: value for name, value in (answer or {}).items() if name != "cache_time"}
