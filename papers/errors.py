"""The errors of the domain.

PaperboyError            anything Paperboy itself refuses; its text is fit for the person who asked
├── DigestError          a text that is no digest at all
├── KeywordError         a keyword the language refuses (with its position)
├── FeedError            an answer that is no feed, or not all of one (papers/feed.py)
├── RecordsError         a file of records that can't be read on (papers/records.py)
├── UnknownCategoryError a category arXiv doesn't have (papers/taxonomy.py)
├── StorageError         the database can't be used (storage/errors.py)
└── …                    the errors of bot, each beside what raises it
"""


class PaperboyError(Exception):
    """Something was refused; `str(error)` names what, and what to do about it."""


class DigestError(PaperboyError):
    """A text that can't be read as a digest at all. Single bad entries are `Problem`s instead."""


class KeywordError(PaperboyError):
    """A keyword the language refuses. `position` is the offset in `text` where it went wrong."""

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message)
        self.text = text
        self.position = position
