"""What people asked the bot by pressing a button or typing an inline query, until it answers."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from playground.errors import bad_request
from playground.wire import Json

PATIENCE = 30.0
"""Seconds within which an answer is accepted. Telegram's own figure is not published."""
MOST_OPEN = 10_000
MOST_ANSWERED = 100
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Question:
    """One open question. `about` is what it was asked with; `answer` is set once."""

    id: str
    monotonic: float
    about: Json
    answer: asyncio.Future[Json]


class Questions:
    """The open questions of one kind by id. When there are too many, the oldest are dropped."""

    def __init__(self, monotonic: Callable[[], float], first_id: int) -> None:
        self._monotonic = monotonic
        self._ids = itertools.count(first_id, 17)
        self._open: dict[str, Question] = {}
        self._answered: dict[str, Question] = {}

    def ask(self, about: Json) -> Question:
        """Open a question."""
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        question = Question(str(next(self._ids)), self._monotonic(), about, future)
        self._open[question.id] = question
        if len(self._open) > MOST_OPEN:
            self._open.pop(next(iter(self._open)))
        return question

    def answer(self, question_id: str, answer: Json) -> Question:
        """Answer a question, once.

        Raises:
            ApiError: 400, when it is unknown, answered already or older than PATIENCE.
        """
        question = self._open.pop(question_id, None)
        if question is None or self._monotonic() - question.monotonic > PATIENCE:
            raise bad_request(TOO_OLD)
        if not question.answer.done():
            question.answer.set_result(answer)
        self._answered[question.id] = question
        if len(self._answered) > MOST_ANSWERED:
            self._answered.pop(next(iter(self._answered)))
        return question

    def answered(self, question_id: str) -> Question | None:
        """Find a question that has its answer, if it is not long ago."""
        return self._answered.get(question_id)
