"""Plain and compiled kernels behind one face."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from threading import local
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from . import plain
from .build import compiled_loops, kernels, plain_loops
from .folding import table

SMALL = 100_000  # characters that are not worth loading numba
BATCH = 128  # texts that share a buffer: what is written stays in the cache of the processor
_SLACK = bytes(128)

Lengths = tuple[int, int]
"""Words of a shingle, and the same where most words are single characters (Chinese, Thai)."""


class Texts(NamedTuple):
    """A batch of texts as words.

    `codes`, `starts` and `ends` are those of all words, one text after the other: text `d` has the words from
    `words[d]` to `words[d + 1]`. `lines` are rows of (number of the first word, first character, end) for each
    line that has a word; text `d` has those from `line_of[d]` to `line_of[d + 1]`. Characters are counted in
    the text, words in the batch.
    """

    codes: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    words: NDArray[np.int64]
    lines: NDArray[np.int32]
    line_of: NDArray[np.int64]


class Seeds(NamedTuple):
    """The seeds of a batch of texts: text `d` has the keys from `key_of[d]` to `key_of[d + 1]`.

    A seed is the least of some shingles in a row. `equal` is a number for each text, the same for the same words
    in the same order, 0 where there are none; `wide` says whether most words of it are single characters.
    """

    keys: NDArray[np.int64]
    key_of: NDArray[np.int64]
    equal: NDArray[np.uint64]
    wide: NDArray[np.bool_]


class Kernels(Protocol):
    """What both makers can do."""

    @property
    def loops(self) -> Any:
        """The functions of `seeds`, `matching` and `sharing`, interpreted or compiled."""

    def read(self, texts: Sequence[str], *, places: bool = True) -> Texts:
        """The words of texts; without `places`, `starts`, `ends` and `lines` are empty."""

    def seed(
        self, codes: NDArray[np.uint32], words: NDArray[np.int64], lengths: Lengths, window: int
    ) -> Seeds:
        """The least of every `window` shingles in a row."""

    def roll(
        self, codes: NDArray[np.uint32], words: NDArray[np.int64], lengths: Lengths
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The hashes of the shingles of texts, and the number of the first one of each text."""

    def sign(
        self, texts: Sequence[str], lengths: Lengths, permutations: NDArray[np.uint32]
    ) -> NDArray[np.uint32]:
        """A MinHash signature for each text."""

    def sign_hashes(
        self, hashes: NDArray[np.uint64], bounds: NDArray[np.int64], permutations: NDArray[np.uint32]
    ) -> NDArray[np.uint32]:
        """The same from the hashes of shingles."""


def kernels_for(characters: int) -> Kernels:
    """The kernels that are worth it: compiled ones for much text, or where they are loaded already."""
    return COMPILED if characters > SMALL or "corpusclean.dedup.kernels.words" in sys.modules else PLAIN


class Plain:
    """Python and numpy.

    >>> texts = PLAIN.read(["Bridge opens.\\nThe mayor came.", ""])
    >>> texts.starts.tolist(), texts.words.tolist(), texts.lines.tolist()
    ([0, 7, 14, 18, 24], [0, 5, 5], [[0, 0, 13], [2, 14, 29]])
    """

    loops = plain_loops()

    def read(self, texts: Sequence[str], *, places: bool = True) -> Texts:
        codes: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        lines: list[tuple[int, int, int]] = []
        words, line_of = [0], [0]
        for text in texts:
            of_text, begin, end = plain.read_text(text)
            if places:
                lines.extend((first + len(codes), a, b) for first, a, b in plain.read_lines(text, begin))
                starts += begin
                ends += end
            codes += of_text
            words.append(len(codes))
            line_of.append(len(lines))
        return Texts(
            np.array(codes, np.uint32),
            np.array(starts, np.int32),
            np.array(ends, np.int32),
            np.array(words, np.int64),
            np.array(lines, np.int32).reshape(-1, 3),
            np.array(line_of, np.int64),
        )

    def seed(
        self, codes: NDArray[np.uint32], words: NDArray[np.int64], lengths: Lengths, window: int
    ) -> Seeds:
        keys, equal, wide = [], np.zeros(len(words) - 1, np.uint64), np.zeros(len(words) - 1, np.bool_)
        for d, (first, last) in enumerate(pairwise(words.tolist())):
            of_text = codes[first:last]
            length = plain.shingle_length(of_text, *lengths)
            shingles = plain.roll(of_text, length).view(np.int64)
            places = np.empty(len(shingles) + 1, np.int64)
            keys.append(shingles[places[: self.loops.winnow(shingles, window, places)]])
            wide[d] = lengths[0] < length and lengths[0] < len(of_text)
            equal[d] = plain.roll(of_text, len(of_text)).sum()  # of one shingle, or of none
        key_of = np.cumsum([0, *map(len, keys)])
        return Seeds(np.concatenate([*keys, np.zeros(0, np.int64)]), key_of.astype(np.int64), equal, wide)

    def roll(
        self, codes: NDArray[np.uint32], words: NDArray[np.int64], lengths: Lengths
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        hashes = []
        for first, last in zip(words[:-1].tolist(), words[1:].tolist(), strict=True):
            of_text = codes[first:last]
            hashes.append(plain.roll(of_text, plain.shingle_length(of_text, *lengths)))
        bounds = np.cumsum([0, *map(len, hashes)])
        return np.concatenate([*hashes, np.zeros(0, np.uint64)]), bounds.astype(np.int64)

    def sign(
        self, texts: Sequence[str], lengths: Lengths, permutations: NDArray[np.uint32]
    ) -> NDArray[np.uint32]:
        read = self.read(texts)
        return self.sign_hashes(*self.roll(read.codes, read.words, lengths), permutations)

    def sign_hashes(
        self, hashes: NDArray[np.uint64], bounds: NDArray[np.int64], permutations: NDArray[np.uint32]
    ) -> NDArray[np.uint32]:
        rows = [plain.sign(hashes[a:b], permutations) for a, b in pairwise(bounds)]
        return np.array(rows, np.uint32).reshape(-1, permutations.shape[1])


class Compiled:
    """numba's kernels; nothing of numba is loaded before the first call."""

    @cached_property
    def loops(self) -> Any:
        return compiled_loops()

    def read(self, texts: Sequence[str], *, places: bool = True) -> Texts:
        parts = [self._read(texts[at : at + BATCH], places) for at in range(0, len(texts), BATCH)]
        return _joined(parts)

    def _read(self, texts: Sequence[str], places: bool) -> Texts:
        compiled = kernels()
        buffer, offsets = _buffer(texts)
        # An Arabic ligature of three bytes is four words; everything else makes at most one of each byte.
        room = 2 * len(buffer)
        codes = _scratch("codes", room, np.uint32)
        starts, ends = _scratch("starts", room, np.int32), _scratch("ends", room, np.int32)
        words = np.empty(len(offsets), np.int64)
        many = compiled.read_texts(buffer, offsets, table(), places, codes, starts, ends, words)
        if not places:
            none = np.zeros(0, np.int32)
            return Texts(codes[:many].copy(), none, none, words, none.reshape(-1, 3), np.zeros_like(words))
        lines, line_of = _scratch("lines", 3 * len(buffer), np.int32).reshape(-1, 3), np.empty_like(words)
        rows = compiled.read_lines(buffer, offsets, starts, words, lines, line_of)
        return Texts(
            codes[:many].copy(), starts[:many].copy(), ends[:many].copy(), words, lines[:rows].copy(), line_of
        )

    def seed(
        self, codes: NDArray[np.uint32], words: NDArray[np.int64], lengths: Lengths, window: int
    ) -> Seeds:
        keys, key_of = _scratch("keys", len(codes), np.int64), np.empty(len(words), np.int64)
        equal, wide = np.empty(len(words) - 1, np.uint64), np.empty(len(words) - 1, np.bool_)
        many = kernels().seed_texts(codes, words, lengths, window, keys, key_of, equal, wide)
        return Seeds(keys[:many].copy(), key_of, equal, wide)

    def roll(
        self, codes: NDArray[np.uint32], words: NDArray[np.int64], lengths: Lengths
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        hashes, bounds = np.empty(len(codes), np.uint64), np.empty(len(words), np.int64)
        many = kernels().roll_texts(codes, words, lengths, hashes, bounds)
        return hashes[:many], bounds

    def sign(
        self, texts: Sequence[str], lengths: Lengths, permutations: NDArray[np.uint32]
    ) -> NDArray[np.uint32]:
        signatures = np.empty((len(texts), permutations.shape[1]), np.uint32)
        for begin in range(0, len(texts), BATCH):
            buffer, offsets = _buffer(texts[begin : begin + BATCH])
            kernels().sign_texts(
                buffer, offsets, table(), lengths, permutations, signatures[begin : begin + BATCH]
            )
        return signatures

    def sign_hashes(
        self, hashes: NDArray[np.uint64], bounds: NDArray[np.int64], permutations: NDArray[np.uint32]
    ) -> NDArray[np.uint32]:
        signatures = np.empty((len(bounds) - 1, permutations.shape[1]), np.uint32)
        kernels().sign_hashes(hashes, bounds, permutations, signatures)
        return signatures


PLAIN, COMPILED = Plain(), Compiled()


def _buffer(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Texts as one buffer of UTF-8, and where each of them begins."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=offsets[1:])
    encoded.append(_SLACK)
    return np.frombuffer(b"".join(encoded), np.uint8), offsets


_MOST_KEPT = 1 << 23  # numbers in a buffer that is kept
_ROOMS = local()  # buffers that a thread uses again: memory that is new has to be made ready by the system


def _scratch(name: str, size: int, kind: type[np.generic]) -> NDArray[Any]:
    """A buffer to write into, which holds nothing of use."""
    if size > _MOST_KEPT:
        return np.empty(size, kind)
    rooms: dict[str, NDArray[Any]] = vars(_ROOMS)
    if name not in rooms or len(rooms[name]) < size:
        rooms[name] = np.empty(size + size // 4, kind)
    return rooms[name][:size]


def _joined(parts: list[Texts]) -> Texts:
    """Batches as one."""
    if len(parts) == 1:
        return parts[0]
    words, lines = 0, 0
    firsts, line_of = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    for part in parts:
        firsts.append(part.words[1:] + words)
        line_of.append(part.line_of[1:] + lines)
        part.lines[:, 0] += words
        words, lines = words + len(part.codes), lines + len(part.lines)
    return Texts(
        np.concatenate([np.zeros(0, np.uint32), *(part.codes for part in parts)]),
        np.concatenate([np.zeros(0, np.int32), *(part.starts for part in parts)]),
        np.concatenate([np.zeros(0, np.int32), *(part.ends for part in parts)]),
        np.concatenate(firsts),
        np.concatenate([np.zeros((0, 3), np.int32), *(part.lines for part in parts)]),
        np.concatenate(line_of),
    )
