"""Candidates across a run: MinHash signatures, cut into bands, in one sorted table.

A text becomes the set of its shingles (three words, or five CJK characters, in a row) with a MinHash of 96 values.
Three values make a band, so two texts whose sets have a Jaccard similarity of s agree in at least one of the 32
bands with probability 1 - (1 - s³)³²: 0.93 at 0.43, 0.9998 at 0.62.

`MinHashLSH` of datasketch keeps a set of keys in a dictionary for every band, which is 13 kB a text. Here an
entry is one integer of 64 bits, the key of the band above and the number of the text below, in sorted arrays:
264 bytes a text. Arrays are merged when they have grown to a quarter of the one before, so there are few of
them, and each entry is moved a few times in all.

numpy takes a tenth of a second to import, so this module is imported when there is something to compare.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..config import SEEDS
from .kernels.plain import roll, shingle_length, sign
from .signatures import Signer, band_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Numbers = NDArray[np.uint64]

BANDS, ROWS = 32, 3
SEED = SEEDS["minhash"]
SHINGLE, SHINGLE_CJK = 3, 5
_TRIED = 4  # earliest texts of one band key that are proposed
_WHOLE = 0xA5A5A5A5


def signatures(texts: Iterable[Sequence[int]]) -> Numbers:
    """The keys of the bands of texts given as codes: one row of 32 numbers below 2³² for each text.

    >>> rows = signatures([range(4, 400, 4), range(4, 396, 4), range(4000, 4400, 4)])
    >>> int((rows[0] == rows[1]).sum()) > 20, int((rows[0] == rows[2]).sum())
    (True, 0)
    """
    values = np.array([_minhash(text) for text in texts], np.uint32).reshape(-1, BANDS * ROWS)
    return band_keys(values, ROWS) >> np.uint64(32)


@cache
def _permutations() -> NDArray[np.uint32]:
    return Signer(BANDS * ROWS, seed=SEED).permutations


def _minhash(codes: Sequence[int]) -> NDArray[np.uint32]:
    words = np.array(codes, np.uint32)
    return sign(roll(words, shingle_length(words, SHINGLE, SHINGLE_CJK)), _permutations())


class Index:
    """Keys below 2³² and the numbers of the texts that have them.

    >>> index = Index()
    >>> index.add([7, 9, 9], [1, 1, 8])
    >>> index.find_keys([1, 8, 3])
    [[7, 9], [9], []]
    """

    def __init__(self) -> None:
        self._runs: list[Numbers] = []

    @staticmethod
    def sign(texts: Sequence[Sequence[int]], *, whole: bool) -> Numbers:
        """The signatures of texts; that of the first is set apart where it is a whole record."""
        bands = signatures(texts)
        bands[: int(whole)] ^= np.uint64(_WHOLE)
        return bands

    def add(self, numbers: Sequence[int], keys: Sequence[int]) -> None:
        """Enter texts under one key each."""
        self.add_bands(numbers, np.array(keys, np.uint64).reshape(-1, 1))

    def add_bands(self, numbers: Sequence[int], keys: Numbers) -> None:
        """Enter texts under a row of keys each."""
        if not len(keys):
            return
        entries = (keys << np.uint64(32) | np.array(numbers, np.uint64).reshape(-1, 1)).ravel()
        self._runs.append(np.sort(entries))
        while len(self._runs) > 1 and 4 * len(self._runs[-1]) > len(self._runs[-2]):
            last = np.concatenate((self._runs.pop(), self._runs.pop()))
            last.sort(kind="stable")  # two sorted runs: merged in one go
            self._runs.append(last)

    def find_keys(self, keys: Sequence[int]) -> list[list[int]]:
        """For each key the texts that have it."""
        return self.find(np.array(keys, np.uint64).reshape(-1, 1))

    def find(self, keys: Numbers) -> list[list[int]]:
        """For each row of keys the texts that share one, those that share most first, then the earliest."""
        counts: list[Counter[int]] = [Counter() for _ in keys]
        wanted = keys.ravel()
        for entries in self._runs:
            at = np.searchsorted(entries, wanted << np.uint64(32))
            rows = np.arange(len(wanted))
            for _ in range(_TRIED):
                inside = at < len(entries)
                rows, at = rows[inside], at[inside]
                same = entries[at] >> np.uint64(32) == wanted[rows]
                rows, at = rows[same], at[same]
                if not len(rows):
                    break
                numbers = (entries[at] & np.uint64(0xFFFFFFFF)).tolist()
                for row, number in zip((rows // keys.shape[1]).tolist(), numbers, strict=True):
                    counts[row][number] += 1
                at = at + 1
        return [sorted(count, key=lambda number: (-count[number], number)) for count in counts]

    def __len__(self) -> int:
        return sum(map(len, self._runs))
