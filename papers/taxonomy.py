"""arXiv's groups, archives and categories: their names, what belongs to what, and old names.

The facts are in `taxonomy.json`, from arXiv/arxiv-base `arxiv/taxonomy/definitions.py` (CC0).
"""

import difflib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from papers.errors import PaperboyError


class UnknownCategoryError(PaperboyError):
    """A text that names nothing in the taxonomy. `suggestion` is the nearest id, or None."""

    def __init__(self, text: str, suggestion: str | None) -> None:
        hint = f" Did you mean {suggestion}?" if suggestion else ""
        super().__init__(f"arXiv has no category “{text[:60]}”.{hint}")
        self.text = text
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Category:
    """One category that papers are filed under today: `cs.CV`, its name, and its archive `cs`."""

    id: str
    name: str
    archive: str


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: `cs`, its name, and its group `grp_cs`. Some have one category of their name."""

    id: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All that is in use, each by id. `groups` holds names; `aliases` leads from other and former
    names of a category (`math.IT`, `cmp-lg`) to its id."""

    groups: dict[str, str]
    archives: dict[str, Archive]
    categories: dict[str, Category]
    aliases: dict[str, str]

    def resolve(self, text: str) -> str | None:
        """The id of the category that `text` names by id or alias in any case, or None."""
        wanted = text.strip().casefold()
        for known in (*self.categories, *self.aliases):
            if known.casefold() == wanted:
                return self.aliases.get(known, known)
        return None

    def expand(self, text: str) -> tuple[str, ...]:
        """The ids of all categories that `text` names, sorted: one, an archive's or a group's.

        A category is named by id, alias or full name; an archive by id (`cs`); a group by its id
        (`grp_physics`) or full name (`Physics` is the group, `physics` the archive in it). An
        archive's aliases count for what they stand for: `math` includes `cs.IT`. Raises
        UnknownCategoryError, with the nearest id, when `text` names nothing.
        """
        text = text.strip()
        if category := self.resolve(text):
            return (category,)
        if text.casefold() in self.archives:
            if text in self.groups.values():
                return self._of_group(text)
            return self._of_archive(text.casefold())
        if found := self._of_group(text) or self._named(text):
            return found
        raise UnknownCategoryError(text, self.suggest(text))

    def name(self, category: str) -> str:
        """The full name of a category, archive or group by id, or the id itself if unknown."""
        known = self.categories.get(category) or self.archives.get(category)
        return known.name if known else self.groups.get(category, category)

    def suggest(self, text: str) -> str | None:
        """The id nearest to a mistyped one, or of the category with the nearest name, or None."""
        wanted = text.strip().casefold()[:60]
        ids = {each.casefold(): each for each in (*self.categories, *self.archives, *self.aliases)}
        length = len(wanted) + 1 if " " in wanted else None  # long names are left unfinished
        names = {
            known.name.casefold()[:length]: known.id for known in reversed(self.categories.values())
        }
        near = difflib.get_close_matches(wanted, [*ids, *names], n=len(ids), cutoff=0.6)
        if not near:
            return None
        nearest = max(
            sorted(near),
            key=lambda each: (*_likeness(each, wanted), ids.get(each) not in self.aliases),
        )
        found = ids.get(nearest) or names[nearest]
        return self.aliases.get(found, found)

    def _of_archive(self, archive: str) -> tuple[str, ...]:
        own = (known.id for known in self.categories.values() if known.archive == archive)
        former = (to for name, to in self.aliases.items() if name.startswith(f"{archive}."))
        return tuple(sorted({*own, *former}))

    def _of_group(self, text: str) -> tuple[str, ...]:
        wanted = {group for group, name in self.groups.items() if text in (group, name)}
        within = (known.id for known in self.archives.values() if known.group in wanted)
        return tuple(sorted({category for each in within for category in self._of_archive(each)}))

    def _named(self, text: str) -> tuple[str, ...]:
        wanted = text.casefold()
        return tuple(each.id for each in self.categories.values() if each.name.casefold() == wanted)


def _likeness(known: str, wanted: str) -> tuple[float, bool, int]:
    """How alike two names are; of equals the one with the same letters in another order wins, then
    the one that begins alike."""
    ratio = difflib.SequenceMatcher(None, known, wanted).ratio()
    pairs = enumerate(zip(known, wanted, strict=False))
    begins = next((place for place, (one, other) in pairs if one != other), len(known))
    return (round(ratio, 3), sorted(known) == sorted(wanted), begins)


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy that comes with Paperboy, read once."""
    data = json.loads(files("papers").joinpath("taxonomy.json").read_text("utf-8"))
    return Taxonomy(
        groups=data["groups"],
        archives={key: Archive(key, *value) for key, value in data["archives"].items()},
        categories={key: Category(key, *value) for key, value in data["categories"].items()},
        aliases=data["aliases"],
    )
