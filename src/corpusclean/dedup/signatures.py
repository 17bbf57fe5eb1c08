"""MinHash signatures of texts: datasketch's own numbers, at the speed of memory.

The permutations are drawn and applied as datasketch 2 does by default (scheme `affine32`), so a signature is a
row of `MinHash.hashvalues`, and an index of datasketch takes it. What is hashed is ours: shingles of folded
words, 32 bits each, which `hashes` gives to whoever wants to fill a `MinHash` himself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .kernels import Kernels, kernels_for

if TYPE_CHECKING:
    from datasketch import LeanMinHash, MinHash

SCHEME = "affine32"
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Signer:
    """Signs texts: `permutations` values each, from shingles of `words` words, or of twice as many characters
    where a script has no spaces.

    >>> signer = Signer(64)
    >>> rows = signer.sign(["The council opened the bridge on Monday, after ten years of work."] * 2)
    >>> rows.shape, rows.dtype.name, bool((rows[0] == rows[1]).all())
    ((2, 64), 'uint32', True)
    >>> signer.minhash(rows[0]).jaccard(signer.minhash(rows[1]))
    1.0
    """

    def __init__(self, permutations: int = 128, *, seed: int = 1, words: int = 5) -> None:
        draw = np.random.RandomState(seed)
        a = draw.randint(0, 1 << 31, permutations, np.uint32) * np.uint32(2) + np.uint32(1)
        self.permutations: NDArray[np.uint32] = np.array(
            [a, draw.randint(0, 1 << 32, permutations, np.uint32)]
        )
        self.seed = seed
        self.lengths = (words, 2 * words)

    def sign(self, texts: Sequence[str]) -> NDArray[np.uint32]:
        """A row of values for each text; a text without words has the greatest value throughout."""
        return _kernels(texts).sign(texts, self.lengths, self.permutations)

    def hashes(self, texts: Sequence[str]) -> list[NDArray[np.uint32]]:
        """The hashes of the shingles of each text, in order, 32 bits each.

        >>> [len(row) for row in Signer(words=3).hashes(["One two three four.", ""])]
        [2, 0]
        """
        kernels = _kernels(texts)
        read = kernels.read(texts)
        hashes, bounds = kernels.roll(read.codes, read.words, self.lengths)
        return np.split(hashes.astype(np.uint32), bounds[1:-1])

    def minhash(self, row: NDArray[np.uint32]) -> MinHash:
        """A row as datasketch's `MinHash`; more values may be added to it."""
        from datasketch import MinHash

        return MinHash(
            seed=self.seed, hashfunc=int, hashvalues=row, permutations=self.permutations, scheme=SCHEME
        )

    def lean(self, row: NDArray[np.uint32]) -> LeanMinHash:
        """A row as datasketch's `LeanMinHash`, which knows how to write itself into bytes."""
        from datasketch import LeanMinHash

        return LeanMinHash(seed=self.seed, hashvalues=row, scheme=SCHEME)

    def row(self, minhash: MinHash | LeanMinHash) -> NDArray[np.uint32]:
        """The row of a sketch that datasketch made, with the same seed and as many permutations.

        >>> signer = Signer(32)
        >>> row = signer.sign(["The council opened the bridge."])[0]
        >>> bool((signer.row(signer.lean(row)) == row).all())
        True
        """
        if (minhash.scheme, minhash.seed, len(minhash)) != (SCHEME, self.seed, self.permutations.shape[1]):
            raise ValueError(
                f"the sketch was made otherwise: scheme {minhash.scheme}, seed {minhash.seed}, "
                f"{len(minhash)} permutations; here {SCHEME}, {self.seed}, {self.permutations.shape[1]}"
            )
        values: NDArray[np.uint32] = minhash.hashvalues
        return values


def band_keys(signatures: NDArray[np.uint32], rows: int) -> NDArray[np.uint64]:
    """A number of 64 bits for each band of `rows` values; texts are candidates where a column is equal.

    >>> band_keys(Signer(128).sign(["The council opened the bridge."]), 4).shape
    (1, 32)
    """
    texts, permutations = signatures.shape
    bands = permutations // rows
    values = signatures[:, : bands * rows].reshape(texts, bands, rows).astype(np.uint64)
    keys = np.broadcast_to(np.arange(1, bands + 1, dtype=np.uint64) * _MIX, (texts, bands))
    for row in range(rows):
        keys = (keys ^ values[:, :, row]) * _MIX
        keys ^= keys >> np.uint64(29)
    return keys


def _kernels(texts: Sequence[str]) -> Kernels:
    return kernels_for(sum(map(len, texts)))
