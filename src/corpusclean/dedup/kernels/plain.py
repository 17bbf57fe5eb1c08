"""The same as `words` and `shingles` in Python and numpy: for a few texts, which do not pay a compiler.

Texts of 100 kB take a tenth of a second here; loading numba and its compiled functions takes half a second,
and compiling them, once on a machine, some ten seconds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from .folding import ALONE, folded, is_capital

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD, NAME, NUMBER, CHARACTER = range(4)
_WORD = re.compile(rb"[0-9]++|[^ 0-9]++")
_ALL = (1 << 64) - 1
_MULTIPLIER, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53
_BASE = 0xD1342543DE82EF95
_fold = lru_cache(1 << 16)(folded)


def mix(x: int) -> int:
    """MurmurHash3's finalizer for 64 bits."""
    x = (x ^ x >> 33) * _FIRST & _ALL
    x = (x ^ x >> 33) * _SECOND & _ALL
    return x ^ x >> 33


@lru_cache(1 << 16)
def hash_bytes(word: bytes) -> int:
    """The hash of a folded word, eight bytes at a time.

    >>> hash_bytes(b"bridge") != hash_bytes(b"bridges")
    True
    """
    h, rest = _MULTIPLIER, word
    while len(rest) > 8:
        h = (h ^ int.from_bytes(rest[:8], "little")) * _MULTIPLIER & _ALL
        h ^= h >> 29
        rest = rest[8:]
    return mix((h ^ int.from_bytes(rest, "little")) * _MULTIPLIER + len(rest) & _ALL)


def read_text(text: str) -> tuple[list[int], list[int], list[int]]:
    """The codes of the words of a text, where they start and where they end.

    >>> codes, starts, ends = read_text("In Rome 12 人 wait")
    >>> [code & 3 for code in codes] == [NAME, NAME, NUMBER, CHARACTER, WORD], starts, ends
    (True, [0, 3, 8, 11, 13], [2, 7, 10, 12, 17])
    """
    pieces = [_fold(character) for character in text]
    whole = b"".join(pieces)
    edges = [0, *accumulate(map(len, pieces))]  # a character of the text begins here among the folded bytes
    codes, starts, ends = [], [], []
    after = -1
    for match in _WORD.finditer(whole):
        word, (start, end) = match[0], match.span()
        # A mark has no width among the folded bytes: it belongs to the word before it.
        first, last = bisect_right(edges, start) - 1, bisect_right(edges, end) - 1
        kind = WORD
        if word[0] < 0x3A:
            free = start != after and whole[end : end + 1] in (b"", b" ")
            word, kind = word.lstrip(b"0") or b"0", NUMBER if free else WORD
        elif word[0] == ALONE:
            kind = CHARACTER
        elif start == edges[first] and is_capital(text[first]):
            kind = NAME
        codes.append((hash_bytes(word) >> 32) & ~3 | kind)
        starts.append(first)
        ends.append(last + (edges[last] < end))
        after = end
    return codes, starts, ends


def read_lines(text: str, starts: list[int]) -> list[tuple[int, int, int]]:
    """The lines that have a word: the number of the first one, and where the line begins and ends.

    >>> read_lines("One.\\n\\nTwo three.", [0, 6, 10])
    [(0, 0, 4), (1, 6, 16)]
    """
    lines, word, begin = [], 0, 0
    for line in text.split("\n"):
        end = begin + len(line)
        first = word
        while word < len(starts) and starts[word] < end:
            word += 1
        if word > first:
            lines.append((first, begin, end))
        begin = end + 1
    return lines


def shingle_length(codes: NDArray[np.uint32], words: int, characters: int) -> int:
    """How many words make a shingle of a text: more where most of them are single characters."""
    alone = int(np.count_nonzero(codes & np.uint32(3) == CHARACTER))
    return characters if 2 * alone > len(codes) else words


def roll(codes: NDArray[np.uint32], length: int) -> NDArray[np.uint64]:
    """The hashes of the shingles of a text; a short text is one shingle."""
    length = min(length, len(codes))
    h = np.zeros(len(codes) - length + 1 if length else 0, np.uint64)
    for i in range(length):
        h = h * np.uint64(_BASE) + (codes[i : i + len(h)] >> np.uint32(2))
    for factor in (_FIRST, _SECOND):
        h = (h ^ h >> np.uint64(33)) * np.uint64(factor)
    return h ^ h >> np.uint64(33)


def sign(hashes: NDArray[np.uint64], permutations: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The signature of a text, from the hashes of its shingles."""
    h = hashes.astype(np.uint32).reshape(-1, 1)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h = (h ^ h >> np.uint32(shift)) * np.uint32(factor)
    h ^= h >> np.uint32(16)
    least: NDArray[np.uint32] = (h * permutations[0] + permutations[1]).min(
        axis=0, initial=np.uint32(0xFFFFFFFF)
    )
    return least
