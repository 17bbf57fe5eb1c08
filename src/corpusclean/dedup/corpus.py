"""The texts of a run as numbers, in little memory: words wait on disk, and a text keeps its seeds.

A seed is the least of eight shingles in a row (winnowing), so two texts that share eleven words in a row share
one. Seeds propose which texts to compare; the words say what is true of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cached_property
from typing import IO, Any, cast

import numpy as np
from numpy.typing import NDArray

from .kernels import Kernels

SEED = (4, 8)  # words of a shingle that may become a seed, or characters of a script without spaces
WINDOW = 8
IN_MEMORY = 1 << 27  # bytes of a column; what is more goes into a temporary file
_WHOLE = (1 << 30, 1 << 30)


class Column:
    """Numbers that are added in pieces and read as one array; a long one lies in a temporary file.

    >>> column = Column(np.int32)
    >>> column.add(np.array([1, 2])), column.add(np.array([3]))
    (None, None)
    >>> column.whole().tolist(), len(column)
    ([1, 2, 3], 3)
    """

    def __init__(self, kind: type[np.generic]) -> None:
        self._kind = np.dtype(kind)
        self._pieces: list[NDArray[Any]] = []
        self._file: IO[bytes] | None = None
        self._length = self._waiting = 0

    def add(self, numbers: NDArray[Any]) -> None:
        self._pieces.append(np.ascontiguousarray(numbers, self._kind))
        self._length += len(numbers)
        self._waiting += len(numbers) * self._kind.itemsize
        if self._waiting > IN_MEMORY:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115
            self._write()

    def whole(self) -> NDArray[Any]:
        """All numbers; to be asked for when there are no more to come."""
        if self._file:
            self._write()
            self._file.flush()
            mapped = np.memmap(self._file, self._kind, "r", shape=(self._length,))
            self.close()  # what is mapped stays
            return np.asarray(mapped)
        if len(self._pieces) != 1:
            self._pieces = [np.concatenate([np.zeros(0, self._kind), *self._pieces])]
        return self._pieces[0]

    def close(self) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return self._length

    def _write(self) -> None:
        for piece in self._pieces:
            cast("IO[bytes]", self._file).write(piece.data)
        self._pieces, self._waiting = [], 0


class Corpus:
    """Texts, added in batches and numbered as they come; what is asked for is asked when all are there.

    >>> from .kernels import kernels_for
    >>> corpus = Corpus(kernels_for(0))
    >>> corpus.add(["The council opened the bridge on Monday.", "The council closed it."])
    >>> len(corpus), corpus.sizes.tolist(), len(corpus.codes)
    (2, [7, 4], 11)
    """

    def __init__(self, kernels: Kernels) -> None:
        self.kernels = kernels
        self._codes, self._words = Column(np.uint32), Column(np.int64)
        self._starts, self._ends = Column(np.int32), Column(np.int32)
        self._lines, self._line_of, self._line_keys = Column(np.int32), Column(np.int64), Column(np.uint64)
        self._wide = Column(np.bool_)
        self._keys, self._key_of, self._equal = Column(np.int64), Column(np.int64), Column(np.uint64)

    def add(self, texts: Sequence[str]) -> None:
        """Read a batch of texts."""
        read = self.kernels.read(texts)
        shingles, bounds = self.kernels.roll(read.codes, read.words, SEED)
        keys, key_of = np.empty(len(shingles), np.int64), np.empty(len(bounds), np.int64)
        many = self.kernels.loops.winnow_texts(shingles.view(np.int64), bounds, WINDOW, keys, key_of)
        edges = np.append(read.lines[:, 0], len(read.codes)).astype(np.int64)
        self._line_keys.add(self.kernels.roll(read.codes, edges, _WHOLE)[0])
        lines = read.lines.copy()
        lines[:, 0] -= np.repeat(read.words[:-1], np.diff(read.line_of)).astype(np.int32)
        equal = np.zeros(len(texts), np.uint64)
        equal[np.diff(read.words) > 0] = self.kernels.roll(read.codes, read.words, _WHOLE)[0]
        self._words.add(read.words[1:] + len(self._codes))
        self._line_of.add(read.line_of[1:] + len(self._lines) // 3)
        self._key_of.add(key_of[1:] + len(self._keys))
        self._wide.add(np.diff(bounds) < np.maximum(np.diff(read.words) - SEED[0] + 1, 1))
        self._codes.add(read.codes)
        self._starts.add(read.starts)
        self._ends.add(read.ends)
        self._lines.add(lines.ravel())
        self._keys.add(keys[:many])
        self._equal.add(equal)

    def close(self) -> None:
        """Let go of temporary files."""
        for column in vars(self).values():
            if isinstance(column, Column):
                column.close()

    def __len__(self) -> int:
        return len(self._words)

    @cached_property
    def codes(self) -> NDArray[np.uint32]:
        """The words of all texts; text `d` has those from `words[d]` to `words[d + 1]`."""
        return self._codes.whole()

    @cached_property
    def words(self) -> NDArray[np.int64]:
        return _from_zero(self._words)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many words each text has."""
        return np.diff(self.words)

    @cached_property
    def wide(self) -> NDArray[np.bool_]:
        """Whether most words of a text are single characters."""
        return self._wide.whole()

    @cached_property
    def starts(self) -> NDArray[np.int32]:
        """The character of its text that each word begins with."""
        return self._starts.whole()

    @cached_property
    def ends(self) -> NDArray[np.int32]:
        """The character of its text that each word ends before."""
        return self._ends.whole()

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
    def seeds(self) -> NDArray[np.int64]:
        """The seeds of all texts; text `d` has those from `seed_of[d]` to `seed_of[d + 1]`."""
        return self._keys.whole()

    @cached_property
    def seed_of(self) -> NDArray[np.int64]:
        return _from_zero(self._key_of)

    @cached_property
    def equal(self) -> NDArray[np.uint64]:
        """A number for each text, the same for the same words in the same order; 0 where there are none."""
        return self._equal.whole()

    def entries(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
        """All seeds, sorted, with the number of their text in the lowest bits; and how many bits those are.

        `numbers` are those that the texts are to go by; a text with a number below 0 is left out.
        """
        bits = max(len(self).bit_length(), 1)
        owners = np.repeat(numbers, np.diff(self.seed_of))
        entries = self.seeds >> bits << bits | owners
        entries = entries[owners >= 0]
        entries.sort()
        return entries, bits

    def gather(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The words of some texts, one after the other, and where each begins."""
        words = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(self.sizes[texts], out=words[1:])
        pieces = [self.codes[self.words[d] : self.words[d + 1]] for d in texts.tolist()]
        return np.concatenate([np.zeros(0, np.uint32), *pieces]), words


def _from_zero(ends: Column) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), ends.whole()])
