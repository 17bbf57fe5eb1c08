"""A process that runs the function on chunks of sources, and what the main process holds of it."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from ..errors import ConfigError, CorpuscleanError, Failure
from ..model import Cleaned, Copy, RawText, Record, Removal, Repair, Repeat, Row, Source
from .attempt import attempt

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Result = TypeVar("Result")
# A process that is forked has the threads' locks of its parent, but not the threads that would open them.
_PROCESSES = multiprocessing.get_context("spawn")
_READY = "ready"

_GUARD = 'a script that uses several jobs must start them below `if __name__ == "__main__":`'


class LostWorkerError(CorpuscleanError):
    """The process of a worker ended before its work was done."""


class Worker(Generic[Result]):
    """A process of its own that is asked chunk by chunk."""

    def __init__(self, function: Callable[[Source], Result]) -> None:
        self.pipe, theirs = _PROCESSES.Pipe()
        self.process = _PROCESSES.Process(target=_serve, args=(theirs, function), daemon=True)
        try:
            self.process.start()
        except (OSError, RuntimeError, AttributeError, pickle.PicklingError) as error:
            self.pipe.close()
            what = f"no process for jobs can be started: {' '.join(str(error).split())[:200]}"
            raise ConfigError(what, hint=_GUARD) from error
        finally:
            # without this copy of its end, the pipe tells when the process is gone
            theirs.close()
        try:
            self.pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise ConfigError("the processes for jobs end as soon as they start", hint=_GUARD) from error

    def run(self, chunk: Sequence[Source]) -> list[Result | Failure]:
        """The results of a chunk; LostWorkerError when the process is gone."""
        try:
            self.pipe.send(chunk)
            return cast("list[Result | Failure]", self.pipe.recv())
        except (EOFError, OSError) as error:
            self.process.join(5)
            raise LostWorkerError(_death(self.process.exitcode)) from error

    def end(self) -> None:
        """Tell the process to end, also in the middle of its work; who waits for it is told that it is gone."""
        self.process.terminate()

    def stop(self) -> None:
        """End the process and give back what it holds."""
        self.end()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


def _serve(pipe: Connection, function: Callable[[Source], Result]) -> None:
    """The life of a worker: chunks in, results out, until the main process hangs up."""
    leave_interrupts()
    try:
        pipe.send(_READY)
        while True:
            chunk: list[Source] = pipe.recv()
            results = [attempt(function, source) for source in chunk]
            try:
                pipe.send(results)
            except (AttributeError, TypeError, pickle.PicklingError) as error:
                pipe.send([attempt(partial(_raise, error), source) for source in chunk])
    except (EOFError, OSError):
        return


def _raise(error: Exception, _source: Source) -> None:
    raise error


def leave_interrupts() -> None:
    """Leave Ctrl-C, which goes to all processes of a terminal, to the main thread of the main process.

    It is called in the threads that start processes, too: these have it from their first moment on.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    elif threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pickle_by_constructor(kind: type[DataclassInstance]) -> None:
    """Send values of a frozen dataclass with slots by their constructor: field by field takes twice the time."""
    values = attrgetter(*(field.name for field in fields(kind)))

    def reduced(value: DataclassInstance) -> tuple[type[DataclassInstance], tuple[object, ...]]:
        return kind, values(value)

    ForkingPickler.register(kind, reduced)


for _kind in (Cleaned, Copy, RawText, Record, Removal, Repair, Repeat, Row, Source):
    _pickle_by_constructor(_kind)


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        hint = ", as when memory runs out" if name == "SIGKILL" else ""
        return f"the process that cleaned it was ended by {name}{hint}"
    return f"the process that cleaned it ended with code {code}"
