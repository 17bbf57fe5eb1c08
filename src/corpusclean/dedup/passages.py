"""Passages, the pairs that are found among them, and how long a passage is in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpusclean.model import Span, fold_words

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHARACTER = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its number in reading order, its folded words, its text and its place.

    >>> Passage.of(0, "Rain, again.", Span(0, 12)).words
    ('rain', 'again')
    """

    index: int
    words: tuple[str, ...]
    text: str
    span: Span

    @classmethod
    def of(cls, index: int, text: str, span: Span) -> Passage:
        return cls(index, fold_words(text), text, span)


@dataclass(frozen=True, slots=True)
class Pair:
    """Passage `copy` stands earlier as passage `kept`.

    `similarity` is the share of the words of the longer of the two that stand in both in the same order;
    a number counts with its value, case and punctuation do not count.
    """

    copy: int
    kept: int
    similarity: float


def characters(text: str) -> int:
    """The number of CJK characters of a text."""
    return 0 if text.isascii() else len(_CHARACTER.findall(text))


def size(text: str, words: int) -> float:
    """The length of a text of so many folded words, in words of an alphabet: two CJK characters count as one.

    Scripts that are written without spaces, or whose vowel signs part the folded words, are held to four
    characters a word.

    >>> size("two words", 2), size("人民网北京电", 6)
    (2.0, 3.0)
    """
    cjk = characters(text)
    return cjk / 2 + min(words - cjk, (len(text) + 3 - cjk) / 4)
