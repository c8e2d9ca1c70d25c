"""How often Python looks for objects that only keep each other alive."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 100)  # new objects, and younger collections, until the next collection


@contextmanager
def seldom_collected() -> Iterator[None]:
    """In the block, look seldom, and never at what is there when it begins.

    Usually Python looks after each 700 new objects, which a single message takes. That is a fifth
    of what sending costs, and each look at everything stops the program for as long as it takes.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
