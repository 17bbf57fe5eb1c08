"""The texts of a run as numbers, in little memory: words wait on disk, and a text keeps its seeds.

A seed is the least of eight shingles in a row (winnowing), so two texts that share eleven words in a row share
one. Seeds propose which texts to compare; the words say what is true of them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from .kernels import Kernels, Texts

SEED = (4, 8)  # words of a shingle that may become a seed, or characters of a script without spaces
WINDOW = 8
IN_MEMORY = 1 << 23  # bytes of a column; what is more goes into a temporary file: new memory costs no less
_WHOLE = (1 << 30, 1 << 30)
_STEP = 255  # characters that fit into a byte
_CHUNK = 8192  # texts whose seeds are packed at a time
SORTED = 1 << 22  # seeds that are sorted at a time, in so many parts at the most
PARTS = 4
MOST_SORTED = 1 << 25  # with more seeds parts grow up to this, and then there are more of them


class Column:
    """Numbers that are added in pieces; a long one lies in a temporary file.

    What it gives is good until more is added.

    >>> column = Column(np.int32)
    >>> column.add(np.array([1, 2])), column.add(np.array([3]))
    (None, None)
    >>> column.whole().tolist(), column.part(1, 3).tolist(), len(column)
    ([1, 2, 3], [2, 3], 3)
    """

    def __init__(self, kind: type[np.generic]) -> None:
        self._kind = np.dtype(kind)
        self._room = np.empty(0, self._kind)  # what is not in the file; `_written` numbers are
        self._file: BinaryIO | None = None
        self._length = self._written = 0

    def add(self, numbers: NDArray[Any]) -> None:
        begin = self._length - self._written
        if begin + len(numbers) > len(self._room):
            begin = self._make_room(begin, len(numbers))
        self._room[begin : begin + len(numbers)] = numbers
        self._length += len(numbers)

    def whole(self) -> NDArray[Any]:
        """All numbers."""
        return self.part(0, self._length)

    def part(self, begin: int, end: int) -> NDArray[Any]:
        """The numbers from one place to another."""
        if begin >= self._written:
            return self._room[begin - self._written : end - self._written]
        assert self._file  # noqa: S101
        size = self._kind.itemsize
        many = min(end, self._written) - begin
        self._file.seek(begin * size)
        numbers = np.empty(many, self._kind)
        data = numbers.data.cast("B")
        while data:  # one call reads no more than two gigabytes
            read = self._file.readinto(data)  # type: ignore[attr-defined]
            if not read:
                raise OSError("a temporary file is shorter than what was written to it")
            data = data[read:]
        return np.concatenate([numbers, self.part(begin + many, end)]) if begin + many < end else numbers

    def parts(self, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[Any]:
        """The numbers between many places, one after the other."""
        part = self.part
        return np.concatenate(
            [self._room[:0], *(part(a, b) for a, b in zip(begins.tolist(), ends.tolist(), strict=True))]
        )

    def close(self) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return self._length

    def _make_room(self, used: int, more: int) -> int:
        """Make room for more numbers behind those that are used; how many are used now."""
        most = IN_MEMORY // self._kind.itemsize
        if used and used + more > most:
            self._write(used)
            used = 0
        size = max(2 * (used + more), 1024)
        # Memory that is not written to costs nothing, and moving what is there does.
        size = max(size if size < most // 64 else most, used + more)
        if size > len(self._room):
            room = np.empty(size, self._kind)
            room[:used] = self._room[:used]
            self._room = room
        return used

    def _write(self, many: int) -> None:
        self._file = self._file or tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._file.seek(0, os.SEEK_END)
        data = self._room[:many].data.cast("B")
        while data:
            data = data[self._file.write(data) :]
        self._written += many


class Corpus:
    """Texts, added in batches and numbered as they come; what is asked for is best asked when all are there.

    Without `places` it does not remember lines, nor where in its text a word stands.

    >>> from .kernels import kernels_for
    >>> corpus = Corpus(kernels_for(0))
    >>> corpus.add(["The council opened the bridge on Monday.", "The council closed it."])
    >>> len(corpus), corpus.sizes.tolist(), len(corpus.gather(np.array([1]))[0])
    (2, [7, 4], 4)
    """

    def __init__(self, kernels: Kernels, *, places: bool = True) -> None:
        self.kernels = kernels
        self._places = places
        self._codes, self._words = Column(np.uint32), Column(np.int64)
        self._steps, self._lengths = Column(np.uint8), Column(np.uint8)  # from word to word; of the word
        self._starts = lru_cache(256)(self._read_starts)
        self._leaps: dict[int, int] = {}  # steps that are longer, by number of the word
        self._lines, self._line_of, self._line_keys = Column(np.int32), Column(np.int64), Column(np.uint64)
        self._wide = Column(np.bool_)
        self._keys, self._key_of, self._equal = Column(np.int64), Column(np.int64), Column(np.uint64)

    def add(self, texts: Sequence[str]) -> None:
        """Read a batch of texts."""
        for name in _CACHED & vars(self).keys():
            delattr(self, name)
        read = self.kernels.read(texts, places=self._places)
        seeds = self.kernels.seed(read.codes, read.words, SEED, WINDOW)
        self._words.add(read.words[1:] + len(self._codes))
        self._key_of.add(seeds.key_of[1:] + len(self._keys))
        self._wide.add(seeds.wide)
        self._codes.add(read.codes)
        self._keys.add(seeds.keys)
        self._equal.add(seeds.equal)
        if self._places:
            self._add_places(read)

    def _add_places(self, read: Texts) -> None:
        edges = np.append(read.lines[:, 0], len(read.codes)).astype(np.int64)
        self._line_keys.add(self.kernels.roll(read.codes, edges, _WHOLE)[0])
        lines = read.lines.copy()
        lines[:, 0] -= np.repeat(read.words[:-1], np.diff(read.line_of)).astype(np.int32)
        self._line_of.add(read.line_of[1:] + len(self._lines) // 3)
        self._lines.add(lines.ravel())
        steps = np.diff(read.starts, prepend=np.int32(0))
        firsts = read.words[:-1][np.diff(read.words) > 0]
        steps[firsts] = read.starts[firsts]
        for word in np.flatnonzero(steps > _STEP).tolist():
            self._leaps[len(self._steps) + word] = int(steps[word])
        self._steps.add(np.minimum(steps, _STEP))
        self._lengths.add(np.minimum(read.ends - read.starts, _STEP))

    def close(self) -> None:
        """Let go of temporary files."""
        for column in vars(self).values():
            if isinstance(column, Column):
                column.close()

    def __len__(self) -> int:
        return len(self._words)

    @cached_property
    def words(self) -> NDArray[np.int64]:
        """Text `d` has the words from `words[d]` to `words[d + 1]`."""
        return _from_zero(self._words)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many words each text has."""
        return np.diff(self.words)

    @cached_property
    def wide(self) -> NDArray[np.bool_]:
        """Whether most words of a text are single characters."""
        return self._wide.whole()

    def span(self, text: int, first: int, end: int) -> tuple[int, int]:
        """The characters of a text from the beginning of one of its words to the end of the one before `end`.

        Of a last word of more than 255 characters, which no passage has, the rest is left out.
        """
        at = int(self.words[text])
        starts = self._starts(text)
        return int(starts[first]), int(starts[end - 1]) + int(self._lengths.part(at + end - 1, at + end)[0])

    def edges(self, text: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The characters at which the words of a text begin, and at which they end."""
        begin, end = self.words[text : text + 2].tolist()
        starts = self._starts(text)
        return starts, starts + self._lengths.part(begin, end)

    def _read_starts(self, text: int) -> NDArray[np.int64]:
        """The first characters of the words of a text."""
        begin, end = self.words[text : text + 2].tolist()
        steps = self._steps.part(begin, end).astype(np.int64)
        for word in np.flatnonzero(steps == _STEP).tolist():
            steps[word] = self._leaps.get(begin + word, _STEP)
        return np.cumsum(steps)

    @cached_property
    def line_keys(self) -> NDArray[np.uint64]:
        """A number for each line, the same for the same words in the same order."""
        return self._line_keys.whole()

    @cached_property
    def lines(self) -> NDArray[np.int32]:
        """A row for each line that has words: the first of them, counted in the text, and first character, end."""
        return self._lines.whole().reshape(-1, 3)

    @cached_property
    def line_of(self) -> NDArray[np.int64]:
        return _from_zero(self._line_of)

    @cached_property
    def seed_of(self) -> NDArray[np.int64]:
        return _from_zero(self._key_of)

    @cached_property
    def equal(self) -> NDArray[np.uint64]:
        """A number for each text, the same for the same words in the same order; 0 where there are none."""
        return self._equal.whole()

    @property
    def bits(self) -> int:
        """How many bits the number of a text takes in an entry."""
        return max(len(self).bit_length(), 1)

    def entries(self, numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """All seeds, sorted, with the number of their text in the lowest `bits`; a part of the seeds at a time.

        `numbers` are those that the texts are to go by; a text with a number below 0 is left out. What it gives
        is good until the next part is asked for.
        """
        loops, bits = self.kernels.loops, self.bits
        many = len(self._keys)
        parts = max(min(many // SORTED, PARTS), many // MOST_SORTED) + 1
        counts = np.full(parts, len(self._keys) if parts == 1 else 0, np.int64)
        for begin in range(0, len(self._keys) if parts > 1 else 0, SORTED):
            loops.count_parts(self._keys.part(begin, min(begin + SORTED, len(self._keys))), bits, counts)
        room = np.empty(int(counts.max()) + 1, np.int64)
        for part in range(parts):
            n = 0
            for begin in range(0, len(self), _CHUNK):
                edges = self.seed_of[begin : begin + _CHUNK + 1]
                keys = self._keys.part(int(edges[0]), int(edges[-1]))
                n = loops.pack(keys, edges, numbers[begin : begin + _CHUNK], bits, part, parts, room, n)
            room[:n].sort()
            yield room[:n]

    def gather(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The words of some texts, one after the other, and where each begins."""
        return _gather(self._codes, self.words, texts)

    def gather_seeds(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The seeds of some texts in the same way."""
        return _gather(self._keys, self.seed_of, texts)


_CACHED = {name for name, value in vars(Corpus).items() if isinstance(value, cached_property)}


def _gather(
    column: Column, bounds: NDArray[np.int64], texts: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    begins, ends = bounds[texts], bounds[texts + 1]
    edges = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(ends - begins, out=edges[1:])
    return column.parts(begins, ends), edges


def _from_zero(ends: Column) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), ends.whole()])
