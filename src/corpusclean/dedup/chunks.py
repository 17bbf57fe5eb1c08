"""Candidates inside one page: passages that share a chunk of words.

A text is cut before every word whose first letter belongs to a fixed sixth or so of all letters, so that the
same words give the same chunks wherever they stand; one changed word spoils one chunk. A chunk that few
passages share points at a copy; a chunk that many share is a phrase of a template and says little. On a page
of 40 passages this takes less time than the signature of two passages, which is why MinHash, made for
collections in which not all pairs can be held, is used across records only.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LEAST = 15  # characters of a chunk: eight CJK characters, or two to three words
_MOST = 4  # passages that may share a chunk


@cache
def _border() -> re.Pattern[str]:
    # Every fourth letter of the alphabets; every eighth CJK character, since each is a word of its own.
    letters = chain(range(0x61, 0x3040, 4), range(0xAC00, 0xD7A4, 4), range(0x3040, 0xA000, 8))
    return re.compile(f" (?=[{''.join(chr(code + 1) for code in letters if chr(code + 1).isalnum())}])")


def candidates(texts: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of the numbers of texts that share a chunk, each pair once, in order.

    >>> from corpusclean.model import fold_words
    >>> texts = "The bank of the lake gave way.", "It rained.", "Near us the bank of the lake gave way."
    >>> list(candidates(enumerate(map(fold_words, texts))))
    [(2, 0)]
    """
    cut = _border().split
    homes: dict[str, list[int]] = {}
    for here, words in texts:
        partners: set[int] = set()
        for chunk in cut(" ".join(words)):
            if len(chunk) >= _LEAST:
                home = homes.setdefault(chunk, [here])
                if home[-1] != here:
                    if len(home) < _MOST:
                        partners.update(home)
                        home.append(here)
                    else:
                        home[-1] = here
        for partner in sorted(partners):
            yield here, partner
