"""Which texts are compared: pairs that share seeds.

Seeds are sorted a part at a time, so that a million texts need no more memory than that part takes; all texts that
have a seed are in the same one. What stays of a part are the pairs with how many seeds they share, and the seeds
that so many texts have that they may say nothing about two of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .corpus import Corpus

FAMILIES = 20  # a seed that texts of more families have says nothing about two of them
SHARED, SHARE = 2, 0.04  # seeds that candidates share, and the same as a share of those of the shorter text


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of places of texts, and the entries of seeds that more than `FAMILIES` of them have.

    `keys` are these seeds, in order, as entries have them; `having` says which texts have one.
    """

    pairs: NDArray[np.int64]
    crowded: NDArray[np.int64]
    keys: NDArray[np.int64]
    having: NDArray[np.bool_]


def find_candidates(
    corpus: Corpus,
    numbers: NDArray[np.int64],
    texts: NDArray[np.int64],
    known: NDArray[np.int64] | None = None,
) -> Candidates:
    """The texts that share enough seeds, by their place in `texts`; `numbers` gives the place of each text.

    `known` are seeds of which it is known already that many texts have them.
    """
    loops, bits = corpus.kernels.loops, corpus.bits
    low = (1 << bits) - 1
    known = np.zeros(0, np.int64) if known is None else np.unique(known >> bits)
    having = np.zeros(len(texts), np.bool_)
    found, crowded = [], []
    for entries in corpus.entries(numbers):
        none = np.zeros(0, np.int64)
        packed, many = map(np.empty, loops.find_pairs(entries, bits, FAMILIES, none, none), (np.int64,) * 2)
        loops.find_pairs(entries, bits, FAMILIES, packed, many)
        found.append(np.unique(packed, return_counts=True))
        crowded.append(many)
        having[many & low] = True
        if len(known):
            having[entries[np.isin(entries >> bits, known)] & low] = True
    packed, shared = summed(found)
    pairs = np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)
    seeds = np.diff(corpus.seed_of)[texts[pairs]].min(axis=1)
    enough = shared >= np.maximum(np.minimum(SHARED, seeds), SHARE * seeds)
    all_crowded = np.concatenate(crowded)
    return Candidates(pairs[enough], all_crowded, np.union1d(all_crowded >> bits, known), having)


def summed(
    found: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Values, each once and in order, with the sums of their counts."""
    if len(found) == 1:
        return found[0]
    values, places = np.unique(np.concatenate([some for some, _ in found]), return_inverse=True)
    counts = np.bincount(places, np.concatenate([counts for _, counts in found]), len(values))
    return values, counts.astype(np.int64)
