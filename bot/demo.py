"""`paperboy demo`: the whole way from a digest to a delivered alert, on a Telegram of this machine.

The playground stands in for Telegram and nothing else is different: the same application, over the
same HTTP, with a database in a file. A person is played as well, through the playground's own
interface, as a browser would.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import App, compose, running
from bot.files import read_digest
from bot.ingest import Report, ingest
from bot.stage import Clock, Stage, morning, samples
from papers.digest import Digest
from papers.errors import PaperboyError
from playground import Playground, serve
from playground.client import Message, Person, PlaygroundClient
from storage.sqlite import open_store
from storage.store import Store

_KEYWORDS = ('"object detection"', '"point cloud"', "lidar")
_PATIENCE = 30.0  # seconds for an answer or an alert; it takes a fraction of one

Say = Callable[[str], None]


class NothingArrived(PaperboyError):
    """The demo's bot did not answer or deliver in time."""


@dataclass(frozen=True)
class Demo:
    """What to show: digests (the bundled sample if none), keywords (some of ours if none)."""

    digests: Sequence[Path]
    keywords: Sequence[str]
    port: int
    say: Say

    async def run(self, once: bool) -> dict[str, Any]:
        """Show it, and unless `once`, go on until Ctrl-C. What was ingested and delivered."""
        digests = [read_digest(path) for path in self.digests]
        further: Sequence[Digest] = ()
        if not digests:
            first, *further = samples()
            digests = [first]
        with tempfile.TemporaryDirectory(prefix="paperboy-") as folder:
            store = await open_store(Path(folder) / "demo.db")
            try:
                return await self._serve(store, digests, further, once)
            finally:
                await store.close()

    async def _serve(
        self, store: Store, digests: Sequence[Digest], further: Sequence[Digest], once: bool
    ) -> dict[str, Any]:
        clock = Clock()
        clock.set(morning(max(digest.day for digest in digests)))
        async with _playground(self.port, clock) as telegram:
            self.say(f"A Telegram of your own listens at {telegram.url}")
            application = _application(store, telegram, clock)
            stage = Stage(telegram, store, clock, further)
            async with running(application), PlaygroundClient(telegram.url) as client:
                told = await self._show(stage, client, digests)
                if not once:
                    self.say(f"\nOpen {telegram.url} in a browser to talk to Paperboy yourself.")
                    self.say("Ctrl-C stops it.")
                    await stage.run()
        return told

    async def _show(
        self, stage: Stage, client: PlaygroundClient, digests: Sequence[Digest]
    ) -> dict[str, Any]:
        ada = await client.person("Ada", last_name="Lovelace", username="ada_lovelace")
        await self._asked(client, ada, "/start")
        await self._asked(client, ada, f"/add {', '.join(self.keywords or _KEYWORDS)}")
        reports = [await self._ingested(stage, digest) for digest in digests]
        await stage.let_fall_due()
        alerts = await self._delivered(stage.store, client, ada)
        return {"digests": [_without_alerts(report) for report in reports], "alerts": alerts}

    async def _asked(self, client: PlaygroundClient, ada: Person, words: str) -> None:
        """Ada writes, Paperboy answers."""
        self.say(f"Ada writes: {words}")
        await ada.send(words)
        await _arrival(client, ada)

    async def _ingested(self, stage: Stage, digest: Digest) -> Report:
        report = await ingest(stage.store, digest, stage.clock)
        self.say(f"Papers read: {report.papers} ({report.category}, {report.date})")
        for problem in digest.problems:
            self.say(f"  line {problem.line} was skipped: {problem.reason}")
        return report

    async def _delivered(
        self, store: Store, client: PlaygroundClient, ada: Person
    ) -> list[dict[str, Any]]:
        """Ada's alerts as they arrived, one a day; none when no paper matched."""
        numbers = [alert.number for alert in await store.alerts.listed()]
        written = await store.alerts.contents(numbers)
        papers = [[item.paper.id for item in written[n].items] for n in numbers if n in written]
        self.say(f"Papers matched: {sum(map(len, papers))}")
        alerts = []
        for matched in reversed(papers):
            message = await _arrival(client, ada)
            self.say(f"Message delivered (number {message.id}):\n")
            self.say("\n".join(f"  {line}" for line in message.text.splitlines()))
            told = {"message_id": message.id, "text": message.text}
            alerts.append({"chat": ada.id, "papers": matched, "messages": [told]})
        return alerts


async def serve_playground(port: int, as_json: bool, say: Say) -> None:
    """Run the playground alone, for any bot, until cancelled."""

    def ready(telegram: Playground) -> None:
        facts = {
            "base_url": telegram.base_url,
            "base_file_url": telegram.base_file_url,
            "token": telegram.token,
            "page": telegram.url,
        }
        if as_json:
            say(json.dumps(facts))
            return
        say(f"A Telegram of your own listens at {telegram.url} (open it in a browser).")
        say(f"Bots use the base URL {telegram.base_url} with the token {telegram.token}")
        say("Ctrl-C stops it.")

    try:
        await serve(port, ready=ready)
    except OSError as error:
        raise PaperboyError(f"port {port} can't be used: {error}") from error


def _playground(port: int, clock: Clock) -> Playground:
    return Playground(port, clock=clock.unix, name="Paperboy", username="paperboy_bot")


def _application(store: Store, telegram: Playground, clock: Clock) -> App:
    return compose(store, clock, telegram.token, telegram.base_url, telegram.base_file_url)


async def _arrival(client: PlaygroundClient, ada: Person) -> Message:
    try:
        return await client.wait_for(chat=ada.id, timeout=_PATIENCE)
    except TimeoutError:
        raise NothingArrived("Paperboy did not answer in the playground; see the log") from None


def _without_alerts(report: Report) -> dict[str, Any]:
    told = report._asdict()
    del told["alerts"]
    return told
