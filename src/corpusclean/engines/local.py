"""The engine for one machine.

Each worker process has a thread in the main process that sends it a chunk and waits for the results; the
futures of the chunks, in a queue of bounded length, keep the order. A chunk whose worker died is run again
source by source in new processes, so that the one source that is to blame is the only one that fails.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, LifoQueue
from threading import Event
from typing import Generic, TypeVar

from ..errors import Failure, InputError
from ..model import Source
from .attempt import attempt, failed
from .worker import LostWorkerError, Worker, leave_interrupts

Result = TypeVar("Result")
# Large enough that sending costs little beside cleaning, small enough that no process is long behind.
CHUNK_BYTES = 200_000
CHUNK_SOURCES = 64
WAITING = 4  # chunks for each process that may be under way or wait for their turn


def map_ordered(
    function: Callable[[Source], Result], items: Iterable[Source | Failure], jobs: int = 1
) -> Iterator[Result | Failure]:
    """The function's results in the order of the items; a Failure among these passes through.

    With `jobs` > 1 the function runs in that many processes, so it must be one that can be pickled. At no time
    are more than a few chunks of items for each process in memory.

    >>> list(map_ordered(lambda source: source.name, [Source("a", b""), Source("b", b"")]))
    ['a', 'b']
    """
    if jobs <= 1:
        return (item if isinstance(item, Failure) else attempt(function, item) for item in items)
    return _Crew(function, jobs).map(items)


class _Crew(Generic[Result]):
    """Worker processes and their threads."""

    def __init__(self, function: Callable[[Source], Result], jobs: int) -> None:
        self.function, self.jobs = function, jobs
        self.idle: LifoQueue[Worker[Result]] = LifoQueue()
        self.all: list[Worker[Result]] = []
        self.closing = Event()

    def map(self, items: Iterable[Source | Failure]) -> Iterator[Result | Failure]:
        threads = ThreadPoolExecutor(self.jobs, "corpusclean", leave_interrupts)
        pending: deque[Future[list[Result | Failure]]] = deque()
        try:
            for chunk in _chunks(items):
                pending.append(threads.submit(self.run, chunk))
                while pending and (len(pending) > WAITING * self.jobs or pending[0].done()):
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        finally:
            # also when the caller stops early, or on Ctrl-C: nobody waits for work that nobody wants
            self.closing.set()
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in list(self.all):
                worker.end()
            threads.shutdown(wait=True)
            for worker in self.all:
                worker.stop()

    def run(self, chunk: list[Source | Failure]) -> list[Result | Failure]:
        """The results of a chunk, in a thread."""
        sources = [item for item in chunk if isinstance(item, Source)]
        results = iter(self._ask(sources) if sources else [])
        return [item if isinstance(item, Failure) else next(results) for item in chunk]

    def _ask(self, sources: list[Source]) -> list[Result | Failure]:
        try:
            return self._once(sources)
        except LostWorkerError:
            return [self._alone(source) for source in sources]

    def _alone(self, source: Source) -> Result | Failure:
        try:
            return self._once([source])[0]
        except LostWorkerError as error:
            hint = "the others went on; see whether this input is very large, and run with fewer jobs"
            return failed(source, InputError(error.what, where=source.name, hint=hint))

    def _once(self, sources: list[Source]) -> list[Result | Failure]:
        worker = self._worker()
        try:
            results = worker.run(sources)
        except LostWorkerError:
            if self.closing.is_set():
                raise InputError("the run was stopped") from None
            self.all.remove(worker)
            worker.stop()
            raise
        self.idle.put(worker)
        return results

    def _worker(self) -> Worker[Result]:
        """A worker that is idle, or a new one: there are never more than threads that ask for one."""
        if self.closing.is_set():
            raise InputError("the run was stopped")
        with suppress(Empty):
            return self.idle.get_nowait()
        worker = Worker(self.function)
        self.all.append(worker)
        if self.closing.is_set():
            worker.end()
        return worker


def _chunks(items: Iterable[Source | Failure]) -> Iterator[list[Source | Failure]]:
    """The items in chunks that are neither long nor heavy."""
    chunk: list[Source | Failure] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.data) if isinstance(item, Source) else 0
        if size >= CHUNK_BYTES or len(chunk) >= CHUNK_SOURCES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
