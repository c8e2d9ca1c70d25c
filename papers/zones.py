"""Time zones by the names that people use: IANA's, or a city's."""

import difflib
from functools import cache
from zoneinfo import available_timezones

from papers.errors import PaperboyError

# Cities where many papers come from and that IANA's names don't have, and names with one meaning.
_OTHERS = {
    "aachen": "Europe/Berlin", "ann arbor": "America/Detroit", "atlanta": "America/New_York",
    "austin": "America/Chicago", "bangalore": "Asia/Kolkata", "barcelona": "Europe/Madrid",
    "beijing": "Asia/Shanghai", "bengaluru": "Asia/Kolkata", "berkeley": "America/Los_Angeles",
    "bologna": "Europe/Rome", "bonn": "Europe/Berlin", "boston": "America/New_York",
    "cambridge": "Europe/London", "chennai": "Asia/Kolkata", "cologne": "Europe/Berlin",
    "daejeon": "Asia/Seoul", "delhi": "Asia/Kolkata", "edinburgh": "Europe/London",
    "frankfurt": "Europe/Berlin", "geneva": "Europe/Zurich", "gothenburg": "Europe/Stockholm",
    "grenoble": "Europe/Paris", "guangzhou": "Asia/Shanghai", "haifa": "Asia/Jerusalem",
    "hamburg": "Europe/Berlin", "hangzhou": "Asia/Shanghai", "heidelberg": "Europe/Berlin",
    "houston": "America/Chicago", "hyderabad": "Asia/Kolkata", "kyoto": "Asia/Tokyo",
    "lausanne": "Europe/Zurich", "leuven": "Europe/Brussels", "lyon": "Europe/Paris",
    "manchester": "Europe/London", "miami": "America/New_York", "milan": "Europe/Rome",
    "montreal": "America/Toronto", "mumbai": "Asia/Kolkata", "munich": "Europe/Berlin",
    "nanjing": "Asia/Shanghai", "new delhi": "Asia/Kolkata", "osaka": "Asia/Tokyo",
    "ottawa": "America/Toronto", "oxford": "Europe/London", "philadelphia": "America/New_York",
    "pittsburgh": "America/New_York", "princeton": "America/New_York",
    "rio de janeiro": "America/Sao_Paulo", "rotterdam": "Europe/Amsterdam",
    "san diego": "America/Los_Angeles", "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles", "shenzhen": "Asia/Shanghai",
    "stanford": "America/Los_Angeles", "stuttgart": "Europe/Berlin", "tel aviv": "Asia/Jerusalem",
    "toulouse": "Europe/Paris", "tübingen": "Europe/Berlin", "turin": "Europe/Rome",
    "washington": "America/New_York", "wuhan": "Asia/Shanghai", "eastern": "America/New_York",
    "est": "America/New_York", "edt": "America/New_York", "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles", "pacific": "America/Los_Angeles", "cest": "Europe/Berlin",
}  # fmt: skip


class UnknownZoneError(PaperboyError):
    """A text that names no time zone. `suggestion` is the nearest name that does, or None."""

    def __init__(self, text: str, suggestion: str | None) -> None:
        hint = f" Did you mean {suggestion}?" if suggestion else ""
        super().__init__(f"I know no time zone or city “{text[:60]}”.{hint}")
        self.suggestion = suggestion


def zone(text: str) -> str:
    """The IANA name of the zone that `text` names, in any case: `Europe/Berlin`, `berlin`,
    `New York`, `utc`. Raises UnknownZoneError, with the nearest name, when there is none."""
    wanted = " ".join(text.replace("_", " ").split()).casefold()
    names = _names()
    if wanted in names:
        return names[wanted]
    near = difflib.get_close_matches(wanted[:60], names, n=1, cutoff=0.7)
    raise UnknownZoneError(text, near[0].title() if near else None)


@cache
def _names() -> dict[str, str]:
    """Zones by their names in lower case, by the cities in them, and by those above."""
    known = sorted(available_timezones() - {"localtime", "Factory"})
    cities = {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in known}
    full = {name.replace("_", " ").casefold(): name for name in known}
    return cities | full | _OTHERS
