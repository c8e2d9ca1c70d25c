"""Somebody before the page: what they see and do, in the words of the screen."""

from playwright.async_api import Locator, Page, expect


class Visitor:
    """Finds things as people do: by what they say and what they are."""

    def __init__(self, page: Page, url: str, person: int | None = None) -> None:
        self.page = page
        self.url = url
        self.person = person

    async def arrive(self) -> "Visitor":
        """Open the page, and wait until it listens to what happens."""
        await self.page.goto(self.url + (f"/#/{self.person}/{self.person}" if self.person else ""))
        await expect(self.page.locator("#sidebar .side-head")).to_be_attached()
        return self

    async def begin(self, name: str) -> "Visitor":
        """Say who one is on the empty page."""
        await self.page.get_by_label("What is your name?").fill(name)
        await self.page.get_by_role("button", name="Begin").click()
        return self

    @property
    def field(self) -> Locator:
        """Give the field to write in."""
        return self.page.get_by_role("textbox", name="Message")

    @property
    def bubbles(self) -> Locator:
        """Give all messages of the open chat, oldest first."""
        return self.page.locator(".timeline .bubble")

    @property
    def last(self) -> Locator:
        """Give the newest message."""
        return self.bubbles.last

    def bubble(self, text: str) -> Locator:
        """Give the newest message with this text in it."""
        return self.bubbles.filter(has_text=text).last

    def button(self, name: str, *, exact: bool = False) -> Locator:
        """Give a button by what it says."""
        return self.page.get_by_role("button", name=name, exact=exact)

    async def write(self, text: str) -> None:
        """Write a text and send it."""
        await self.field.fill(text)
        if text.startswith("/"):
            await self.field.press("Escape")  # the suggested commands
        await self.field.press("Enter")

    async def menu(self, text: str, item: str) -> None:
        """Choose something from the menu of a message."""
        await self.bubble(text).click(button="right", position={"x": 12, "y": 12})
        await self.page.get_by_role("menu").get_by_text(item, exact=True).click()

    async def chat_menu(self, item: str) -> None:
        """Choose something from the menu of the open chat."""
        await self.button("Chat menu").click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def new(self, what: str, **fields: str | bool) -> None:
        """Make a new chat or person: fill the form, its fields named by what stands at them."""
        await self.button("New chat").click()
        await self.page.get_by_role("menuitem", name=what).click()
        dialog = self.page.get_by_role("dialog")
        for label, value in fields.items():
            entry = dialog.get_by_label(label.replace("_", " "), exact=False)
            if isinstance(value, bool):
                await entry.set_checked(value)
            else:
                await entry.fill(value)
        await dialog.get_by_role("button", name="Create").click()
        await expect(dialog).to_have_count(0)

    async def open(self, name: str) -> None:
        """Open a chat of the list."""
        await self.page.locator("#sidebar .chat").filter(has_text=name).first.click()

    async def become(self, name: str) -> None:
        """Be somebody else."""
        await self.page.locator(".who").click()
        await self.page.get_by_role("menuitemradio", name=name).click()

    async def sent(self, text: str) -> Locator:
        """Wait until a message of one's own has arrived: its clock has become a tick."""
        found = self.bubble(text)
        await expect(found.locator("use[href$='#tick']")).to_be_attached()
        return found

    async def sees(self, text: str) -> Locator:
        """Wait until a message with this text is there."""
        found = self.bubble(text)
        await expect(found).to_be_visible()
        return found
