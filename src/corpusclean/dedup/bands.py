"""Candidates across a run: MinHash signatures, cut into bands, in one sorted table.

A text becomes the set of its shingles (three words, or five CJK characters, in a row) and `datasketch` gives
its MinHash of 96 values. Three values make a band, so two texts whose sets have a Jaccard similarity of s
agree in at least one of the 32 bands with probability 1 - (1 - s³)³²: 0.93 at 0.43, 0.9998 at 0.62.

`MinHashLSH` of datasketch keeps a set of keys in a dictionary for every band, which is 13 kB a text. Here an
entry is one integer of 64 bits, the key of the band above and the number of the text below, in sorted arrays:
264 bytes a text. Arrays are merged when they have grown to a quarter of the one before, so there are few of
them, and each entry is moved a few times in all.

numpy and datasketch take half a second to import, so this module is imported when there is something to
compare.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from ..config import SEEDS
from .alignment import CHARACTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Numbers = NDArray[np.uint64]

BANDS, ROWS = 32, 3
SEED = SEEDS["minhash"]
SHINGLE, SHINGLE_CJK = 3, 5
_TRIED = 4  # earliest texts of one band key that are proposed
_WHOLE = 0xA5A5A5A5
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)


def signatures(texts: Iterable[Sequence[int]]) -> Numbers:
    """The keys of the bands of texts given as codes: one row of 32 numbers below 2³² for each text.

    >>> rows = signatures([range(4, 400, 4), range(4, 396, 4), range(4000, 4400, 4)])
    >>> int((rows[0] == rows[1]).sum()) > 20, int((rows[0] == rows[2]).sum())
    (True, 0)
    """
    values = np.array([_minhash(text) for text in texts], np.uint64).reshape(-1, BANDS, ROWS)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(_MIX[ROWS])
    for row in range(ROWS):
        keys = (keys ^ values[:, :, row]) * np.uint64(_MIX[row])
        keys ^= keys >> np.uint64(29)
    return keys >> np.uint64(32)


@cache
def _hasher() -> MinHash:
    return MinHash(num_perm=BANDS * ROWS, seed=SEED, hashfunc=int)


def _minhash(codes: Sequence[int]) -> NDArray[np.uint32]:
    hasher = _hasher()  # one for all texts: drawing its permutations takes longer than a signature
    hasher.clear()
    hasher.update_batch(_shingles(codes))
    return cast("NDArray[np.uint32]", hasher.hashvalues)


def _shingles(codes: Sequence[int]) -> list[int]:
    """Hashes of the shingles of a text, below 2³²."""
    words = np.array(codes, np.uint64)
    characters = np.count_nonzero(words & np.uint64(3) == CHARACTER)
    words >>= np.uint64(2)
    length = min(SHINGLE_CJK if 2 * characters > len(words) else SHINGLE, len(words))
    mixed = np.zeros(len(words) - length + 1, np.uint64)
    for at in range(length):
        mixed = (mixed ^ words[at : at + len(mixed)]) * np.uint64(_MIX[0])
        mixed ^= mixed >> np.uint64(31)
    return cast("list[int]", (mixed >> np.uint64(32)).tolist())


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
