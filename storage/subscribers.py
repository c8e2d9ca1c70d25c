"""Subscribers in SQLite: chats and their profiles."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils.db import Database as Connection

from papers.keyword import Keyword, parse
from storage.database import Database
from storage.store import Chat


class SqliteSubscribers:
    """`storage.store.Subscribers` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._parsed: dict[str, Keyword] = {}  # those of all profiles, as they were last

    async def welcome(self, chat: Chat, now: datetime) -> bool:
        """Note a chat that uses Paperboy; True when it is new or comes back."""

        def work(db: Connection) -> bool:
            known = db.execute("SELECT state FROM subscribers WHERE chat = ?", [chat.id]).fetchone()
            db.execute(
                """
                INSERT INTO subscribers (chat, kind, title, topic, state, since)
                VALUES (?, ?, ?, ?, 'active', ?) ON CONFLICT (chat) DO UPDATE
                SET kind = excluded.kind, title = excluded.title, state = 'active'
                """,
                [chat.id, chat.kind, chat.title, chat.topic, now.isoformat()],
            )
            return known is None or known[0] != "active"

        return await self._database.write(work)

    async def lose(self, chat: int) -> None:
        """The chat can't be written to any more: it goes quiet, its profile stays."""
        await self._changed("UPDATE subscribers SET state = 'gone' WHERE chat = ?", [chat])

    async def back(self, chat: int) -> None:
        """A chat that was lost can be written to again."""
        await self._changed(
            "UPDATE subscribers SET state = 'active' WHERE chat = ? AND state = 'gone'", [chat]
        )

    async def leave_topic(self, chat: int) -> None:
        """The forum topic in which Paperboy was set up is gone: alerts go to the general one."""
        await self._changed("UPDATE subscribers SET topic = NULL WHERE chat = ?", [chat])

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: everything it has moves to the new id."""
        values = {"old": old, "new": new}

        def work(db: Connection) -> None:
            known = db.execute("SELECT 1 FROM subscribers WHERE chat = ?", [new]).fetchone()
            for statement in _JOIN if known else _MOVE:
                db.execute(statement, values)

        await self._database.write(work)

    async def keywords(self, chat: int) -> Sequence[Keyword]:
        """A chat's profile in the order in which it was made."""

        def work(db: Connection) -> list[Keyword]:
            rows = db.execute("SELECT text FROM keywords WHERE chat = ? ORDER BY number", [chat])
            return [parse(text) for (text,) in rows]

        return await self._database.read(work)

    async def add(self, chat: int, keyword: Keyword) -> bool:
        """Add a keyword; False when the chat has it already."""
        return await self._changed(
            """
            INSERT INTO keywords (chat, text, key) VALUES (?, ?, ?)
            ON CONFLICT (chat, key) DO NOTHING
            """,
            [chat, str(keyword), keyword.key],
        )

    async def remove(self, chat: int, keyword: Keyword) -> bool:
        """Remove a keyword; False when the chat doesn't have it."""
        return await self._changed(
            "DELETE FROM keywords WHERE chat = ? AND key = ?", [chat, keyword.key]
        )

    async def profiles(self) -> Mapping[int, Sequence[Keyword]]:
        """The profiles of all chats that can be written to."""

        def work(db: Connection) -> dict[int, list[Keyword]]:
            rows = db.execute(
                """
                SELECT k.chat, k.text FROM keywords AS k JOIN subscribers AS s USING (chat)
                WHERE s.state = 'active' ORDER BY k.chat, k.number
                """
            )
            profiles: dict[int, list[Keyword]] = {}
            before, parsed = self._parsed, dict[str, Keyword]()
            for chat, text in rows:
                if text not in parsed:
                    parsed[text] = before.get(text) or parse(text)
                profiles.setdefault(chat, []).append(parsed[text])
            self._parsed = parsed
            return profiles

        return await self._database.read(work)

    async def _changed(self, statement: str, values: Sequence[object]) -> bool:
        return await self._database.write(lambda db: db.execute(statement, values).rowcount > 0)


_MOVE = ("UPDATE subscribers SET chat = :new, kind = 'supergroup' WHERE chat = :old",)

# Both ids are known, because each was heard of by itself: the old one's things join the new one's.
_JOIN = (
    "UPDATE OR IGNORE keywords SET chat = :new WHERE chat = :old",
    "UPDATE OR IGNORE followed SET chat = :new WHERE chat = :old",
    "UPDATE OR IGNORE saved SET chat = :new WHERE chat = :old",
    """
    UPDATE matches SET alert = coalesce(
        (SELECT n.number FROM alerts AS n JOIN alerts AS o
         WHERE o.number = matches.alert AND n.chat = :new
         AND n.state = 'pending' AND n.attempts = 0 AND n.leased = 0
         AND o.state = 'pending' AND o.attempts = 0 AND o.leased = 0),
        alert)
    WHERE chat = :old
    """,
    "UPDATE OR IGNORE matches SET chat = :new WHERE chat = :old",
    "UPDATE OR IGNORE alerts SET chat = :new WHERE chat = :old",
    "DELETE FROM subscribers WHERE chat = :old",
)
