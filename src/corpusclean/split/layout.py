"""The layout of a page: its articles as stretches of lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..model import Line
from ..sheet import Sheet
from .bylines import Byline

_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])[\"”»]?(?:\s?\S{1,12}\s?\S{0,12})?$")


def breaks_off(line: Line) -> bool:
    """True for a line that ends with an ellipsis, also with a short link behind it.

    >>> from corpusclean.model import Page, Trace
    >>> [breaks_off(line) for line in Page.of(Trace.of("The app ... Read more\\nThe app is sold.")).lines]
    [True, False]
    """
    return bool(_ELLIPSIS.search(line.text, max(0, len(line.text) - 36)))


@dataclass
class Entry:
    """One article of a page: lines `first` to `last` (half-open), its text from line `body` on."""

    first: int
    body: int
    last: int
    title: int | None = None
    bylines: dict[int, Byline] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)

    def tail(self, sheet: Sheet) -> int:
        """The line after the last free one of running text; a teaser, which breaks off, is not counted."""
        prose = (i for i in range(self.last - 1, self.body - 1, -1) if sheet.prose(i))
        return next((i + 1 for i in prose if not breaks_off(sheet.lines[i])), self.last)


@dataclass
class Layout:
    """The articles of a page, in order."""

    articles: list[Entry]

    def part_of(self, index: int) -> int | None:
        """The number of the article in which a line stands, from 1."""
        for part, article in enumerate(self.articles, 1):
            if article.first <= index < article.last:
                return part
        return None


def body_lines(sheet: Sheet, article: Entry) -> list[Line]:
    """The free lines of an article's text."""
    return [sheet.lines[i] for i in range(article.body, article.last) if sheet.free(i)]
