"""The errors of the domain.

PaperboyError            anything Paperboy itself refuses; its text is fit for the person who asked
├── DigestError          a text that is no digest at all
├── KeywordError         a keyword the language refuses (with its position)
└── …                    each room adds its own below this root
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
