"""Words broken with a hyphen at the end of a line."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_BROKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]++[-\u2010][^\S\n]*\n\s*[^\W\d_]+")
_LAST = re.compile(r"[^\W\d_]+$")
_HYPHENS = "-\u2010"


class Vocabulary:
    """The words of a text, apart from those that a line end broke.

    >>> words = Vocabulary("The land-\\nslide, a landslide, left a self-\\nmade and self-made man of the for-\\ntress.")
    >>> words.rejoins("land", "slide", wrapped=False), words.rejoins("self", "made", wrapped=True)
    (True, False)
    >>> words.rejoins("for", "tress", wrapped=True), words.rejoins("for", "tress", wrapped=False)
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(_WORD.findall(_BROKEN.sub(" ", self._text).casefold().replace("\u2010", "-")))

    def rejoins(self, left: str, right: str, *, wrapped: bool) -> bool:
        """True when two halves are one word: the text has it elsewhere, or the line was full and has neither half."""
        left, right = left.casefold(), right.casefold()
        if self._words[left + right]:
            return True
        known = self._words[f"{left}-{right}"] or self._words[left] or self._words[right]
        return wrapped and not known


def halves(before: str, after: str) -> tuple[str, str] | None:
    """The two halves of a word that a hyphen at a line end parts, or None.

    >>> halves("the old land-", "slide, which"), halves("the years 1990-", "1995"), halves("so -", "he left")
    (('land', 'slide'), None, None)
    """
    left = _LAST.search(before[:-1], max(0, len(before) - 40)) if before[-1] in _HYPHENS else None
    right = _WORD.match(after)
    return (left[0], right[0]) if left and right else None
