"""The frozen page that rules read, and the marks they make on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import NamedTuple

from .fold import fold_words
from .span import Span
from .trace import Trace


class Line(NamedTuple):
    """A line of a page without the blanks around it (a tuple: a page makes hundreds).

    `start` counts in the page's text. `words` are the folded words (see `fold_words`), for comparing only.
    `gap` tells whether an empty line, or the start of the page, stands before it.

    >>> [(line.index, line.text, line.gap) for line in Page.of(Trace.of("One.\\n\\n Two, too. ")).lines]
    [(0, 'One.', True), (1, 'Two, too.', True)]
    """

    index: int  # type: ignore[assignment]  # not the method of tuples
    start: int
    text: str
    words: tuple[str, ...]
    gap: bool = False

    @property
    def span(self) -> Span:
        """The characters of the page's text that the line is."""
        return Span(self.start, self.start + len(self.text))

    @property
    def folded(self) -> str:
        """The folded words, joined by single spaces."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """The text that rules read: frozen, with its non-blank lines and the trace to the raw characters."""

    trace: Trace
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return self.trace.text

    @classmethod
    def of(cls, trace: Trace) -> Page:
        """The page of a trace: its lines that are not blank, in order.

        >>> Page.of(Trace.of("A\\n\\nB")).lines[1].span
        Span(start=3, end=4)
        """
        latest = _LATEST.get(id(trace))
        if latest is None:  # else nothing has been mended since
            latest = cls(trace, tuple(_lines(trace.text)))
            _LATEST.clear()
            _LATEST[id(trace)] = latest
        return latest


_LATEST: dict[int, Page] = {}  # the page made last, by the identity of its trace, which it keeps alive


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    at, gap = 0, True
    for whole in text.splitlines(keepends=True):
        line = whole.strip()
        if line:
            start = at + whole.find(line[0]) if whole[0] != line[0] else at
            lines.append(Line(len(lines), start, line, fold_words(line), gap))
        gap = not line
        at += len(whole)
    return lines


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the copy of a passage stands that stayed, in characters of its source, and how alike they are (0 to 1)."""

    id: str
    source: str
    part: int
    start: int
    end: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule says of a stretch of a page: its kind, and which rule says so.

    `field` names the record's field that metadata goes into, `values` what is read there, by field.
    `of` is the span of the copy that stayed (for repeats inside the page), `similarity` how alike they are.
    `confidence` (0 to 1) is how sure the labeller is; the marks of rules have none.

    >>> Mark(Span(0, 4), "share", "share.buttons").kind
    'share'
    """

    span: Span
    kind: str
    rule: str
    field: str | None = None
    values: Mapping[str, object] = default(default_factory=dict)
    of: Span | None = None
    similarity: float | None = None
    confidence: float | None = None
