"""Parsers run in a process of their own, with a limit of time and memory, for what strangers send.

A thread would not do: a regular expression that takes minutes holds the interpreter's lock, and the
event loop stands still with it. The process is spawned (never forked from a program with threads),
started before the first use and kept; when it has to be killed the next use starts another.
"""

import asyncio
import multiprocessing
import pickle
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar

from papers.errors import PaperboyError

SECONDS = 10.0
MEMORY = 512 * 1024 * 1024  # bytes beyond what the interpreter has when it is ready
_START_SECONDS = 60.0

Given = ParamSpec("Given")
Result = TypeVar("Result")


class ParserStopped(PaperboyError):
    """A parser took too long or too much memory, or died; its process has been replaced."""


class Sandbox:
    """One worker process. Close it, or use `async with`; one call at a time, the others wait."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._worker: _Worker | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        async with self._turn:
            await self._started()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._worker:
            self._worker.kill()
        self._worker = None

    async def run(
        self, function: Callable[..., Result], *arguments: object, **named: object
    ) -> Result:
        """What `function` returns; it must be importable by name, all values picklable.

        Raises the PaperboyError that it raises, and ParserStopped when it does not return in time,
        needs too much memory, or fails in any other way.
        """
        async with self._turn:
            worker = await self._started()
            try:
                job = (function, arguments, named)
                succeeded, value = await asyncio.to_thread(worker.call, job, self._seconds)
            except BaseException:  # also when this task is cancelled: a half-done call is no use
                self.close()
                raise
        if succeeded:
            result: Result = value
            return result
        if isinstance(value, ParserStopped):
            self.close()
        raise value

    async def _started(self) -> "_Worker":
        if not self._worker:
            self._worker = await asyncio.to_thread(_Worker, self._memory)
        return self._worker


class _Worker:
    """The process and the pipe to it; blocking, for use in a thread."""

    def __init__(self, memory: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, memory), name="paperboy-parser", daemon=True
        )
        self._process.start()
        theirs.close()
        self._receive(_START_SECONDS)

    def call(self, job: object, seconds: float) -> tuple[bool, Any]:
        try:
            self._pipe.send(job)
        except OSError as error:
            raise ParserStopped("The parser's process has died.") from error
        return self._receive(seconds)

    def kill(self) -> None:
        self._process.kill()
        self._process.join()  # the pipe is closed with its last user: a thread may wait for it yet

    def _receive(self, seconds: float) -> tuple[bool, Any]:
        try:
            if self._pipe.poll(seconds):
                answer: tuple[bool, Any] = self._pipe.recv()
                return answer
        except (EOFError, OSError) as error:
            raise ParserStopped("The parser's process has died.") from error
        raise ParserStopped(f"The document was not read within {seconds:g} seconds.")


def _serve(pipe: Connection, memory: int) -> None:
    """The worker's life: limits set, then one job after the other until the pipe is closed, which
    is when the program has ended, or died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends us
    _limit(memory)
    with suppress(EOFError, BrokenPipeError):
        pipe.send((True, None))
        while True:
            function, arguments, named = pipe.recv()
            pipe.send(_done(function, arguments, named))


def _done(function: Callable[..., object], arguments: Any, named: Any) -> tuple[bool, object]:
    try:
        return True, function(*arguments, **named)
    except MemoryError:
        return False, ParserStopped("The document needs more memory than is allowed.")
    except PaperboyError as error:
        return False, _portable(error)
    except Exception as error:
        # Whatever a parser does wrong is told to the caller; the worker itself must not end by it.
        return False, ParserStopped(f"The parser failed: {type(error).__name__}: {error}")


def _portable(error: PaperboyError) -> PaperboyError:
    """`error`, or its words where it can't be pickled (as when it takes more than its text)."""
    try:
        copy: PaperboyError = pickle.loads(pickle.dumps(error))  # noqa: S301 (made one line above)
    except TypeError:
        return PaperboyError(str(error))
    return copy


def _limit(memory: int) -> None:
    """Allows `memory` bytes of address space more than there are now."""
    now = Path("/proc/self/statm")
    used = int(now.read_text().split()[0]) * resource.getpagesize() if now.exists() else 0
    try:
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    except (ValueError, OSError):
        return  # macOS knows the limit but doesn't take it; the time limit remains
