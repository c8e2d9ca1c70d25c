"""Whether what is new in a feed is news, or old papers under new ids."""

_LEAST = 5  # papers; fewer do no harm


def sudden(listed: int, fresh: int, usual: int) -> bool:
    """Whether more of a feed that was read before is new than can be believed: more than half, as
    if its ids had changed. Of the papers `listed`, `fresh` were never listed before.

    `usual` is how many were new when it last brought any (0 if that was the first time): servers
    with more papers a day than their feeds show renew them wholly each day, and nothing is odd
    about that.
    """
    return fresh >= _LEAST and 2 * fresh > listed and 2 * usual <= listed
