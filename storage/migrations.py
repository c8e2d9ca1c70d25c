"""The schema, as the steps that made it. A step is never changed once released; new ones follow.

Each is a module in `storage.steps`, runs in a transaction, uses nothing but SQL, and is tested from
every older version.
"""

from types import ModuleType

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from storage.steps import (
    m001_from_a_digest_to_an_alert,
    m002_delivery_and_the_inbox,
    m003_the_account_of_days_and_what_each_chat_wants,
    m004_the_search_index,
    m005_saved_papers,
    m006_feeds_that_are_held,
)

migrations = Migrations("paperboy")


def _add(step: ModuleType) -> None:
    """Have the statements of a step executed, under the name of its module."""

    @migrations(name=step.__name__.rpartition(".")[2])
    def execute(db: Database) -> None:
        for statement in step.SQL.split(";\n"):
            db.execute(statement)


for _step in (
    m001_from_a_digest_to_an_alert,
    m002_delivery_and_the_inbox,
    m003_the_account_of_days_and_what_each_chat_wants,
    m004_the_search_index,
    m005_saved_papers,
    m006_feeds_that_are_held,
):
    _add(_step)
