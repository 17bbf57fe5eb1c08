"""Paragraphs that were wrapped at a width.

A break is *forced* when the first word of the next line would not have fitted into the line above. In wrapped
text nearly all full lines are forced, few of them end a sentence, and the next one often begins small; verse,
lists and headings break where their sense pauses. Each full line votes; where the votes of a page agree on a
width, it holds for its shortest paragraphs too. Lines that end early end a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .ends import CJK_END, CJK_START, is_item, is_row, starts_small
from .rows import Rows

_NARROW, _NARROW_CJK, _WIDE = 36, 18, 130  # columns: nobody wraps text outside of these
_FULL = 0.75  # of the width: shorter lines end a paragraph and say nothing of the width
_ENOUGH = 2.5  # votes

# How much more likely wrapped text is to have such a full line than verse or a list: natural logarithms.
_FORCED_OPEN, _FORCED_CLOSED, _EARLY_OPEN, _EARLY_CLOSED = 1.2, -0.3, -2.0, -0.7
_SMALL, _CAPITAL = 0.8, -0.4  # how the line after a forced break begins
_VERSE = 0.1  # for each letter below sixty: what is narrow may be verse


def wrapped(rows: Rows) -> frozenset[int]:
    """The lines that go on with the paragraph of the line before them, in which a width broke it.

    >>> from corpusclean.model import Trace
    >>> text = (
    ...     "The bridge over the old canal was closed for ten whole years,\\nand nobody in the village could say why."
    ...     " Then, on a cold Monday\\nmorning early in spring, when the ice had gone, the mayor opened\\nit again."
    ... )
    >>> sorted(wrapped(Rows.of(Trace.of(text))))
    [1, 2, 3]
    """
    runs, widths, breaks = list(_runs(rows)), _widths(rows), _Breaks(rows)
    if not runs or not widths:
        return frozenset()
    tried = {width: [_votes(breaks, run, width) for run in runs] for width in widths}
    width, votes = max(tried.items(), key=lambda item: sum(item[1]))
    common = sum(votes) >= _ENOUGH
    found: list[tuple[range, int]] = []
    for run, own_votes in zip(runs, votes, strict=True):
        own = max(rows.edges[run.start : run.stop])
        if (common and own_votes > 0) or own_votes >= _ENOUGH:
            found.append((run, width))
        elif own < width and _votes(breaks, run, own) >= _ENOUGH:
            found.append((run, own))
        elif common and own_votes >= _EARLY_OPEN:
            found.append((run, width))
    return frozenset(_forced(rows, found))


def _runs(rows: Rows) -> Iterator[range]:
    """Stretches of two lines or more without an empty line between them, none of them too long to be wrapped."""
    first, gaps, edges = 0, rows.gaps, rows.edges
    for i in range(1, len(rows) + 1):
        if i == len(rows) or gaps[i] or edges[i] > _WIDE or edges[i - 1] > _WIDE:
            if i - first > 1:
                yield range(first, i)
            first = i


def _widths(rows: Rows) -> list[int]:
    """The columns at which, or shortly before which, most lines of the page end, and which few overstep."""
    count = [0] * (_WIDE + 13)
    for edge, text in zip(rows.edges, rows.texts, strict=True):
        if _NARROW <= edge <= _WIDE or (_NARROW_CJK <= edge < _NARROW and CJK_END.search(text)):
            count[edge] += 1
    near = {
        edge: sum(count[edge - 9 : edge + 1]) - 2 * sum(count[edge + 1 : edge + 13])
        for edge in range(_NARROW_CJK, _WIDE + 1)
        if count[edge]
    }
    return [edge for edge in sorted(near, key=lambda edge: (-near[edge], edge)) if near[edge] > 1][:4]


def _is_forced(rows: Rows, after: int, width: int) -> bool:
    return _reach(rows, after) > width


def _reach(rows: Rows, after: int) -> int:
    """The column in which the line above a break would end if the first word below it stood there."""
    before, text = rows.texts[after - 1], rows.texts[after]
    if CJK_START.match(text) and CJK_END.search(before):
        return rows.edges[after - 1] + 4  # signs that may not begin a line are moved
    word = text.split(None, 1)[0]
    return rows.edges[after - 1] + (before[-1] not in "-\u2010") + len(word)


@dataclass(frozen=True, slots=True)
class _Break:
    """What a break says whatever the width is: where the next word would have ended, and how it votes if it is
    forced (by the line above it, by the line below it) and if it is early."""

    reach: int
    forced: tuple[float, float]
    early: float


class _Breaks(dict[int, _Break | None]):
    """The breaks of a page by the line below them, None where a break has no vote; looked at once, for all widths."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows

    def __missing__(self, after: int) -> _Break | None:
        before, text = self.rows.texts[after - 1], self.rows.texts[after]
        found = None
        if not (_begins_entry(text) or is_row(before) or _is_address(text)):
            ends = self.rows.closed[after - 1]
            below = _SMALL if starts_small(text) else _CAPITAL if text[0].isupper() else 0.0
            above, early = (_FORCED_CLOSED, _EARLY_CLOSED) if ends else (_FORCED_OPEN, _EARLY_OPEN)
            found = _Break(_reach(self.rows, after), (above, below), early)
        self[after] = found
        return found


def _votes(breaks: _Breaks, run: range, width: int) -> float:
    """How much the full lines of a stretch speak for a width."""
    votes = 0.0
    least, edges = _FULL * width, breaks.rows.edges
    for above in [i for i in run[:-1] if edges[i] >= least]:
        if edges[above] > width:
            votes += _EARLY_OPEN
        elif found := breaks[above + 1]:
            if found.reach > width:
                for vote in found.forced:
                    votes += vote
            else:
                votes += found.early
    if width < 60 and votes:
        widest = max([breaks.rows.sizes[i] for i in run if edges[i] <= width], default=0)
        votes -= _VERSE * max(0, 60 - widest)
    return votes


def _forced(rows: Rows, found: Sequence[tuple[range, int]]) -> Iterator[int]:
    """The lines after forced breaks, without those that begin a paragraph, an entry or a table."""
    breaks = [(after, width) for run, width in found for after in run[1:]]
    doubtful = _closed_breaks_are_doubtful(rows, breaks)
    joined = -1
    for after, width in breaks:
        text, before = rows.texts[after], rows.texts[after - 1]
        if (
            not _is_forced(rows, after, width)
            or rows.edges[after - 1] > width
            or _begins_entry(text)
            or is_row(text)
        ):
            continue
        if is_row(before) or not _is_text(before) or not _is_text(text) or _is_address(text):
            continue
        deeper = rows.indents[after] - rows.indents[after - 1]
        ends = rows.closed[after - 1]
        if (deeper > 0 and not is_item(before) and ends) or (deeper < 0 and joined == after - 1):
            continue
        if doubtful and ends and not starts_small(text):
            continue
        joined = after
        yield after


def _closed_breaks_are_doubtful(rows: Rows, breaks: Sequence[tuple[int, int]]) -> bool:
    """True when so many paragraphs end without an empty line that some of their last lines are full by chance."""
    full = early = 0
    for after, width in breaks:
        if rows.closed[after - 1] and not starts_small(rows.texts[after]):
            if _is_forced(rows, after, width):
                full += 1
            elif not _begins_entry(rows.texts[after]) and rows.indents[after] <= rows.indents[after - 1]:
                early += 1
    return 0.1 * early > 0.5 * full


def _begins_entry(text: str) -> bool:
    """True for a line with a bullet or a number; a dash before a small letter may stand inside a sentence."""
    return is_item(text) and not (text[0] in "–—-" and starts_small(text[1:].lstrip() or " "))


def _is_address(text: str) -> bool:
    """True for an address of the web: it is so long that it seems not to fit into any line."""
    return "/" in text and "://" in text.split(None, 1)[0]


def _is_text(text: str) -> bool:
    """True for a line that is not the name of a picture in brackets or a row of strokes."""
    bracketed = text[0] == "[" and text[-1] == "]" and text.count("[") == 1
    return not bracketed and (text[0].isalnum() or any(map(str.isalnum, text)))
