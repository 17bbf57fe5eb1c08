"""The lines of a text, with no more than what mending has to know of all of them: that makes it cheap."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain

from ...model import Trace, fold_words
from ...model.fold import size
from .ends import calls_for_more, closed, goes_on, starts_small

_LAST_WORD = re.compile(r"[^\W\d_]+$")


@dataclass(frozen=True)
class Rows:
    """The lines of a text that are not blank: what stands in them, where it begins, and what precedes it.

    `gaps` tells whether an empty line or the start of the text stands before a line, `blanks` holds the lines
    with a blank before or behind the break above them, as it stands beside a link, where few lines have that.

    >>> rows = Rows.of(Trace.of("One.\\n\\n  Two, too. "))
    >>> rows.texts, rows.starts, rows.indents, rows.gaps
    (['One.', 'Two, too.'], [0, 8], [0, 2], [True, True])
    """

    texts: list[str]
    starts: list[int]
    indents: list[int]
    gaps: list[bool]
    blanks: frozenset[int]

    @classmethod
    def of(cls, trace: Trace) -> Rows:
        """The rows of the text of a trace."""
        rows = cls([], [], [], [], frozenset())
        trimmed = {
            piece.text.start
            for piece in trace.replaced()
            if not len(piece.text) and piece.raw.of(trace.raw).strip(" \xa0") == ""
        }
        at, gap = 0, True
        for whole in trace.text.splitlines(keepends=True):
            line = whole.strip()
            if line:
                indent = whole.find(line[0])
                rows.texts.append(line)
                rows.starts.append(at + indent)
                rows.indents.append(indent)
                rows.gaps.append(gap)
            gap = not line
            at += len(whole)
        ahead = [i for i, indent in enumerate(rows.indents) if indent == 1]
        behind = [i + 1 for i in range(len(rows) - 1) if rows.end(i) in trimmed] if trimmed else []
        few = {i for found in (ahead, behind) if 2 * len(found) < len(rows) for i in found}
        return replace(rows, blanks=frozenset(few))

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, i: int) -> int:
        """Where a line ends in the text."""
        return self.starts[i] + len(self.texts[i])

    @cached_property
    def edges(self) -> list[int]:
        """The columns in which the lines end."""
        return [indent + len(text) for indent, text in zip(self.indents, self.texts, strict=True)]

    @cached_property
    def sizes(self) -> list[int]:
        """The lengths of the lines, in characters of an alphabet."""
        return [size(text) for text in self.texts]

    @cached_property
    def closed(self) -> list[bool]:
        """For each line whether it ends as sentences end."""
        return [closed(text) for text in self.texts]

    @cached_property
    def joiners(self) -> frozenset[str]:
        """The joining words of the language of the longest lines; `war` ends a heading in English only."""
        longest = heapq.nlargest(20, self.texts, key=len)
        counts = Counter(chain.from_iterable(map(fold_words, longest)))
        lists = _joiners()
        return lists[max(lists, key=lambda name: sum([counts[word] for word in counts.keys() & lists[name]]))]

    def joins(self, i: int) -> bool:
        """True when a line ends with a word that cannot end a heading or a sentence."""
        text = self.texts[i]
        if not text[-1].isalnum() or text[-1].isupper():
            return False
        word = text[-12:].rpartition(" ")[2]
        if not word.isalpha():
            found = _LAST_WORD.search(word)
            if not found:
                return False
            word = found[0]
        return (word.lower() if word.isascii() else fold_words(word)[-1]) in self.joiners

    def in_sentence(self, i: int) -> bool:
        """True when a line stands between words that call for more and a line that goes on, whatever it says.

        >>> Rows.of(Trace.of("She sent it to\\nFacebook\\n, he said.")).in_sentence(1)
        True
        """
        if not 0 < i < len(self) - 1:
            return False
        above, below = self.texts[i - 1], self.texts[i + 1]
        return (calls_for_more(above) or self.joins(i - 1)) and (goes_on(below) or starts_small(below))


@cache
def _joiners() -> dict[str, frozenset[str]]:
    text = (files("corpusclean.repair") / "joiners.txt").read_text("utf-8")
    rows = (line.partition(":") for line in text.splitlines() if not line.startswith("#"))
    return {
        name: frozenset(word for part in row.split() for word in fold_words(part)) for name, _, row in rows
    }
