"""Whether two texts are copies of each other: an exact comparison of what both have in common.

Words that match are sought in shingles of three and joined to stretches over gaps of up to twelve words, in any
order, so shuffled paragraphs, misread letters and abridged sentences do not matter. What counts are the shares of
both texts that lie in such stretches: a reprint cut to a half is a copy, and so is one with more around it, but
not an article that quotes a note in passing; that is a shared passage. Two things speak against a copy. Text
that many other texts have (a notice of the site) is not counted. And where the stretches differ in their numbers
and names, both are made from one template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .corpus import SEED, WINDOW, Corpus

SHINGLE = (3, 6)
GAP, LEAST = 12, 12  # words that a gap of a stretch may have; words of a stretch, and of a text, at the least
PERCENT = 40  # of the words of a stretch stand in both texts
ALIKE, LONGER = 0.4, 0.4  # shares of the shorter and of the longer text that lie in common stretches
BOTH = 1.3  # the sum of the two and of the noise, which is the share of misread words in the stretches
CLOSE, WITHIN, QUIET = (
    0.8,
    0.5,
    0.1,
)  # shares of both texts, and of numbers and names that differ, in one family
_CHUNK = 512  # pairs whose texts are read at a time
_WORDS, _COMMON, _SAME, _OTHER_NUMBERS, _OTHER_NAMES, _NUMBERS, _NAMES = range(7)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was found about pairs of texts, an array with a value for each pair.

    `similarity` is the share of the words of the shorter text that stand word for word in both, in common
    stretches. `alike` says which are copies, `close` which are copies with little else around them.
    """

    similarity: NDArray[np.float64]
    strength: NDArray[np.float64]
    alike: NDArray[np.bool_]
    close: NDArray[np.bool_]

    def replace(self, chosen: NDArray[np.bool_], others: Verdicts) -> Verdicts:
        """These verdicts, with others for the pairs that are chosen."""
        merged = []
        for mine, theirs in zip(self._arrays(), others._arrays(), strict=True):
            merged.append(mine.copy())
            merged[-1][chosen] = theirs
        return Verdicts(*merged)

    def only(self, chosen: NDArray[np.bool_]) -> Verdicts:
        """The verdicts on the pairs that are chosen."""
        return Verdicts(*(mine[chosen] for mine in self._arrays()))

    def _arrays(self) -> tuple[NDArray[Any], ...]:
        return self.similarity, self.strength, self.alike, self.close


@dataclass(frozen=True, slots=True)
class Common:
    """Seeds that many texts have: sorted, shifted down by `bits`; `having` says which texts of the corpus have one."""

    keys: NDArray[np.int64]
    bits: int
    having: NDArray[np.bool_]

    def sieve(self) -> NDArray[np.bool_]:
        """Something at the lowest bits of each key; most other numbers find nothing."""
        sieve = np.zeros(1 << max(len(self.keys) * 8, 1).bit_length(), np.bool_)
        sieve[self.keys & (len(sieve) - 1)] = True
        return sieve


class Judge:
    """Compares texts of a corpus; what stands in common text does not count."""

    def __init__(self, corpus: Corpus, common: Common | None = None) -> None:
        self.corpus = corpus
        self._common = common
        self._sieve = common.sieve() if common else np.zeros(1, np.bool_)

    def judge(self, pairs: NDArray[np.int64]) -> Verdicts:
        """The verdicts on pairs of numbers of texts."""
        return self.judge_both(pairs)[1]

    def judge_both(self, pairs: NDArray[np.int64]) -> tuple[Verdicts, Verdicts]:
        """The verdicts where all words count, and those where common text does not."""
        weights = [self._weigh(pairs[begin : begin + _CHUNK]) for begin in range(0, len(pairs), _CHUNK)]
        both = np.concatenate([np.zeros((0, 4, 7), np.int32), *weights])
        return _verdicts(both[:, :2]), _verdicts(both[:, 2:])

    def _weigh(self, pairs: NDArray[np.int64]) -> NDArray[np.int32]:
        texts, places = np.unique(pairs, return_inverse=True)
        kernels = self.corpus.kernels
        codes, words = self.corpus.gather(texts)
        shingles, bounds = kernels.roll(codes, words, SHINGLE)
        limits = limits_of(np.diff(words), np.diff(bounds), LEAST, PERCENT)
        marked = self._marked(texts, codes, words)
        weights = np.zeros((len(pairs), 4, 7), np.int32)
        kernels.loops.judge_pairs(
            places.reshape(-1, 2), codes, words, shingles.view(np.int64), bounds, marked, limits, weights
        )
        if not len(marked):
            weights[:, 2:] = weights[:, :2]
        return weights

    def _marked(
        self, texts: NDArray[np.int64], codes: NDArray[np.uint32], words: NDArray[np.int64]
    ) -> NDArray[np.uint8]:
        """The words of texts that stand in common text; nothing where there are none."""
        common = self._common
        if not common or not common.having[texts].any():
            return np.zeros(0, np.uint8)
        having, sizes = common.having[texts], np.diff(words)
        chosen = np.repeat(having, sizes)
        edges = np.append(0, np.cumsum(sizes[having]))
        kernels = self.corpus.kernels
        shingles, bounds = kernels.roll(codes[chosen], edges, SEED)
        of_chosen = np.zeros(edges[-1], np.uint8)
        kernels.loops.mark_common(
            shingles.view(np.int64),
            bounds,
            edges,
            common.keys,
            self._sieve,
            common.bits,
            WINDOW,
            SEED[0],
            of_chosen,
        )
        marked = np.zeros(len(codes), np.uint8)
        marked[chosen] = of_chosen
        return marked


def limits_of(
    words: NDArray[np.int64], shingles: NDArray[np.int64], least: int, percent: int
) -> NDArray[np.int64]:
    """What `match` is to keep to in texts of so many words and shingles: a row for each text."""
    limits = np.empty((len(words), 5), np.int64)
    limits[:] = SHINGLE[0], GAP, least, percent, 0
    # Where most words are single characters a text has fewer shingles than those of three words would be.
    wide = shingles < np.maximum(words - SHINGLE[0] + 1, 1)
    limits[wide, :3] = SHINGLE[1], 2 * GAP, 2 * least
    limits[:, 0] = np.minimum(limits[:, 0], np.maximum(words, 1))
    return limits


def _verdicts(weights: NDArray[np.int32]) -> Verdicts:
    """What the weights of pairs say: those of one text, and of the other."""
    swapped = weights[:, 0, _WORDS] > weights[:, 1, _WORDS]
    short = np.where(swapped[:, None], weights[:, 1], weights[:, 0]).astype(np.float64)
    long = np.where(swapped[:, None], weights[:, 0], weights[:, 1]).astype(np.float64)
    share, rest = (text[:, _COMMON] / np.maximum(text[:, _WORDS], 1) for text in (short, long))
    similarity = short[:, _SAME] / np.maximum(short[:, _WORDS], 1)
    noise = 1 - short[:, _SAME] / np.maximum(short[:, _COMMON], 1)
    other_numbers, other_names, numbers, names = weights[:, 0, _OTHER_NUMBERS:].T.astype(np.float64)
    other = other_numbers + other_names
    differ = other / np.maximum(other + numbers + names, 1)
    # A few numbers that differ in a long text are misprints; a template has them in every sentence.
    template = (other >= 0.02 * np.minimum(short[:, _COMMON], 200)) & (
        ((other_numbers >= 2) & (other_numbers >= 0.4 * (other_numbers + numbers)))
        | ((other >= 4) & (differ >= 0.35))
    )
    alike = (
        (share >= ALIKE)
        & (share + rest + noise >= BOTH)
        & (rest >= LONGER)
        & ~template
        & (short[:, _WORDS] >= LEAST)
    )
    close = (share >= CLOSE) & (rest >= WITHIN) & (differ <= QUIET)
    return Verdicts(similarity, rest, alike, close)
