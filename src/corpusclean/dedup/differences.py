"""What differs between a copy and what stays: the words that stand in one of them only, with their places.

Words are compared folded: case, punctuation and accents make no difference. A sentence that was moved makes none
either; where one was added, its counterpart is the empty place at which it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from .corpus import Corpus

if TYPE_CHECKING:
    from .findings import Findings

_SHINGLE = (3, 6)
_CHUNK = 256  # pairs that are compared at a time


class Difference(NamedTuple):
    """Characters of the text that stays, and of its copy, that stand there instead of each other."""

    kept: tuple[int, int]
    copy: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Differences(Sequence[Difference]):
    """Differences in order of the copy; 16 bytes each.

    >>> list(Differences.of([[0, 3, 0, 5]]))
    [Difference(kept=(0, 3), copy=(0, 5))]
    """

    packed: bytes = b""

    @classmethod
    def of(cls, rows: object) -> Differences:
        """From rows of four: start and end in what stays, start and end in the copy."""
        return cls(np.asarray(rows, "<i4").tobytes())

    def __len__(self) -> int:
        return len(self.packed) // 16

    @overload
    def __getitem__(self, at: int) -> Difference: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Difference]: ...
    def __getitem__(self, at: int | slice) -> Difference | Sequence[Difference]:
        return list(self)[at]

    def __iter__(self) -> Iterator[Difference]:
        for a, b, c, d in np.frombuffer(self.packed, "<i4").reshape(-1, 4).tolist():
            yield Difference((a, b), (c, d))


class Side(NamedTuple):
    """Words of a text that are compared."""

    text: int
    first: int
    end: int


def with_differences(corpus: Corpus, findings: Findings) -> Findings:
    """What was found, and what differs in each copy."""
    pairs = [
        (_whole(corpus, copy.number), _whole(corpus, group.number))
        for group in findings.groups
        for copy in group.copies
    ]
    pairs += [
        (_words(corpus, copy.number, copy.start, copy.end), _words(corpus, kept.number, kept.start, kept.end))
        for passage in findings.passages
        for kept in [passage.kept]
        for copy in passage.copies
    ]
    found = differences(corpus, pairs)
    groups = tuple(
        replace(group, copies=tuple(replace(copy, differs=next(found)) for copy in group.copies))
        for group in findings.groups
    )
    passages = tuple(
        replace(passage, copies=tuple(replace(copy, differs=next(found)) for copy in passage.copies))
        for passage in findings.passages
    )
    return replace(findings, groups=groups, passages=passages)


def differences(corpus: Corpus, pairs: Sequence[tuple[Side, Side]]) -> Iterator[Differences]:
    """What differs in each pair of copy and what stays.

    >>> from .kernels import kernels_for
    >>> corpus = Corpus(kernels_for(0))
    >>> corpus.add(["The council opened the old bridge of stone.", "The council opened the bridge of stone at last."])
    >>> list(next(differences(corpus, [(Side(1, 0, 9), Side(0, 0, 8))])))
    [Difference(kept=(23, 26), copy=(22, 22)), Difference(kept=(42, 42), copy=(39, 46))]
    """
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        rows = _rows(corpus, chunk)
        edges = np.searchsorted(rows[:, 0], np.arange(len(chunk) + 1)).tolist()
        for (copy, kept), first, end in zip(chunk, edges, edges[1:], strict=False):
            if first == end:
                yield Differences()
                continue
            of_copy, of_kept = (
                _characters(corpus, side.text, rows[first:end, at : at + 2])
                for side, at in ((copy, 1), (kept, 3))
            )
            yield Differences.of(np.concatenate([of_kept, of_copy], axis=1))


def _rows(corpus: Corpus, pairs: Sequence[tuple[Side, Side]]) -> NDArray[np.int32]:
    """Rows of pair, first and end in the copy, first and end in what stays, in this order."""
    from .verdict import limits_of

    sides = np.array(pairs, np.int64).reshape(-1, 2, 3)
    texts, places = np.unique(sides[:, :, 0], return_inverse=True)
    kernels = corpus.kernels
    codes, words = corpus.gather(texts)
    shingles, bounds = kernels.roll(codes, words, _SHINGLE)
    rows = np.empty((int((sides[:, :, 2] - sides[:, :, 1] + 1).sum()), 5), np.int32)
    many = kernels.loops.find_differences(
        places.reshape(-1, 2),
        sides[:, :, 1:].reshape(-1, 4),
        codes,
        words,
        shingles.view(np.int64),
        bounds,
        limits_of(np.diff(words), np.diff(bounds), 1, 0),
        rows,
    )
    rows = rows[:many]
    ordered: NDArray[np.int32] = rows[np.lexsort((rows[:, 3], rows[:, 1], rows[:, 0]))]
    return ordered


def _characters(corpus: Corpus, text: int, words: NDArray[np.int32]) -> NDArray[np.int64]:
    """The characters of stretches of words; an empty one is the end of the word before it."""
    starts, ends = corpus.edges(text)
    first, end = words.T
    before = np.append(0, ends)[end]
    return np.stack([np.where(end > first, np.append(starts, 0)[first], before), before], axis=1)


def _whole(corpus: Corpus, text: int) -> Side:
    return Side(text, 0, int(corpus.sizes[text]))


def _words(corpus: Corpus, text: int, start: int, end: int) -> Side:
    starts, _ = corpus.edges(text)
    first, stop = np.searchsorted(starts, (start, end)).tolist()
    return Side(text, first, stop)
