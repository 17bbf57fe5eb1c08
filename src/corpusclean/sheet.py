"""The sheet of paper that rules write on: a page, the marks made so far, and what can be measured of its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from .model import Line, Mark, Page
from .model.fold import size
from .repair.lines import closed, starts_small

_SCRIPTS = re.compile(
    "(?P<latin>[A-Za-zÀ-ɏḀ-ỿ]+)|(?P<arabic>[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]+)"
    "|(?P<cyrillic>[\u0400-\u052f]+)|(?P<cjk>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)|(?P<greek>[\u0370-\u03ff]+)"
    "|(?P<hebrew>[\u0590-\u05ff]+)|(?P<other>[^\\W\\d_]+)"
)


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has.

    >>> sorted(scripts("PMU الحشد").items())
    [('arabic', 5), ('latin', 3)]
    """
    found: Counter[str] = Counter()
    for match in _SCRIPTS.finditer(text):
        found[match.lastgroup or "other"] += match.end() - match.start()
    return found


def is_prose(line: Line) -> bool:
    """True for a line of running text: a sentence of some length that ends, or a long one that does not.

    >>> from corpusclean.model import Trace
    >>> lines = Page.of(Trace.of("Home\\nThe council met on Monday to vote on the new bridge over the river.")).lines
    >>> [is_prose(line) for line in lines]
    [False, True]
    """
    return runs_as_prose(line.text)


def runs_as_prose(text: str) -> bool:
    """True for the text of a line of running text.

    >>> runs_as_prose("Home"), runs_as_prose("The council met on Monday to vote on the new bridge.")
    (False, True)
    """
    length = size(text)
    return length >= 160 or (length >= 50 and closed(text))


class Seen(NamedTuple):
    """What other pages of the site say of a line: how they have it, and the share of them that have it.

    `how` is `line`, `shape` (with other numbers), `label` (its beginning), `prose` (running text, of which it is
    not certain that it is the site's) or empty. `share` goes from 0 to 1; a shape and a label weigh half.
    """

    how: str
    share: float


class Sheet:
    """A page and its marks; a line has one fate.

    `glued` tells for the line of a headline how far a widget's word is glued to its front, and of which kind.
    `seen` tells for each line what other pages of the site say of it; None when nothing is known about the site.
    """

    def __init__(self, page: Page, seen: Sequence[Seen] | None = None) -> None:
        self.page = page
        self.seen = seen
        self.lines = page.lines
        self.fates: list[Mark | None] = [None] * len(page.lines)
        self._sums: list[int] = []
        self._counts: Counter[tuple[str, ...]] | None = None
        self.glued: dict[int, tuple[int, str]] = {}

    def mark(self, index: int, kind: str, rule: str, *, over: Sequence[str] = (), **more: object) -> None:
        """Mark a whole line that has no mark yet, or one of a kind in `over`; any other mark stays."""
        fate = self.fates[index]
        if fate is None or fate.kind in over:
            self.fates[index] = Mark(self.lines[index].span, kind, rule, **more)  # type: ignore[arg-type]

    @property
    def recurs(self) -> list[float] | None:
        """For each line which share of the site's other pages has it, 0 to 1; None when the site is not known."""
        return None if self.seen is None else [seen.share for seen in self.seen]

    def free(self, index: int) -> bool:
        """True when no rule has marked the line."""
        return self.fates[index] is None

    def kind(self, index: int) -> str | None:
        """The kind that a line is marked as, if any; also None outside of the page."""
        if not 0 <= index < len(self.fates):
            return None
        fate = self.fates[index]
        return fate.kind if fate else None

    def prose(self, index: int) -> bool:
        """True for a free line of running text."""
        return self.free(index) and is_prose(self.lines[index])

    def prose_around(self, index: int) -> tuple[int, int]:
        """How much running text stood above and below a line when this was first asked for the page."""
        if not self._sums:
            sizes = (size(line.text) if self.prose(line.index) else 0 for line in self.lines)
            self._sums = list(accumulate(sizes, initial=0))
        return self._sums[index], self._sums[-1] - self._sums[index + 1]

    def times(self, index: int) -> int:
        """How often the words of a line make up a line of the page."""
        if self._counts is None:
            self._counts = Counter(line.words for line in self.lines)
        return self._counts[self.lines[index].words]

    def in_small_letters(self) -> bool:
        """True when the paragraphs of the page begin with small letters, as in some blogs."""
        prose = [line for line in self.lines if is_prose(line)]
        return 2 * sum(starts_small(line.text) for line in prose) > len(prose)

    def between(self, index: int) -> bool:
        """True for a line that has a paragraph right above and right below it, as a subheading has."""
        return index > 0 and self.prose(index - 1) and index + 1 < len(self.lines) and self.prose(index + 1)

    def free_lines(self, first: int = 0, last: int | None = None) -> Iterator[int]:
        """Indices of the lines without a mark."""
        return (i for i in range(first, len(self.lines) if last is None else last) if self.fates[i] is None)

    def prose_size(self, indices: Iterable[int]) -> int:
        """How much running text the free ones of these lines hold."""
        return sum(size(self.lines[i].text) for i in indices if self.prose(i))
