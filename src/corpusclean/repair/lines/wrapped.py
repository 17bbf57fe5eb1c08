"""Paragraphs that were wrapped at a width.

A break is *forced* when the first word of the next line would not have fitted into the line above. In wrapped
text nearly all full lines are forced, few of them end a sentence, and the next one often begins small; verse,
lists and headings break where their sense pauses. Each full line votes; where the votes of a page agree on a
width, it holds for its shortest paragraphs too. Lines that end early end a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...model.fold import size
from .ends import CJK_END, CJK_START, closed, is_item, is_row, starts_small
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
    runs, widths = list(_runs(rows)), _widths(rows)
    if not runs or not widths:
        return frozenset()
    tried = {width: [_votes(rows, run, width) for run in runs] for width in widths}
    width, votes = max(tried.items(), key=lambda item: sum(item[1]))
    common = sum(votes) >= _ENOUGH
    found: list[tuple[range, int]] = []
    for run, own_votes in zip(runs, votes, strict=True):
        own = max(rows.edge(i) for i in run)
        if (common and own_votes > 0) or own_votes >= _ENOUGH:
            found.append((run, width))
        elif own < width and _votes(rows, run, own) >= _ENOUGH:
            found.append((run, own))
        elif common and own_votes >= _EARLY_OPEN:
            found.append((run, width))
    return frozenset(_forced(rows, found))


def _runs(rows: Rows) -> Iterator[range]:
    """Stretches of two lines or more without an empty line between them, none of them too long to be wrapped."""
    first = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows.gaps[i] or rows.edge(i) > _WIDE or rows.edge(i - 1) > _WIDE:
            if i - first > 1:
                yield range(first, i)
            first = i


def _widths(rows: Rows) -> list[int]:
    """The columns at which, or shortly before which, most lines of the page end, and which few overstep."""
    edges: Counter[int] = Counter()
    for i, text in enumerate(rows.texts):
        edge = rows.edge(i)
        if _NARROW <= edge <= _WIDE or (_NARROW_CJK <= edge < _NARROW and CJK_END.search(text)):
            edges[edge] += 1
    near = {
        edge: sum(edges[edge - k] for k in range(10)) - 2 * sum(edges[edge + k] for k in range(1, 13))
        for edge in edges
    }
    return [edge for edge in sorted(near, key=lambda edge: (-near[edge], edge)) if near[edge] > 1][:4]


def _is_forced(rows: Rows, after: int, width: int) -> bool:
    before, text = rows.texts[after - 1], rows.texts[after]
    if CJK_START.match(text) and CJK_END.search(before):
        return rows.edge(after - 1) + 3 >= width  # signs that may not begin a line are moved
    word = text.split(None, 1)[0]
    return rows.edge(after - 1) + (before[-1] not in "-\u2010") + len(word) > width


def _votes(rows: Rows, run: Sequence[int], width: int) -> float:
    """How much the full lines of a stretch speak for a width."""
    votes = 0.0
    least = _FULL * width
    for after in run[1:]:
        edge = rows.edge(after - 1)
        if edge > width:
            votes += _EARLY_OPEN
        if not least <= edge <= width:
            continue
        before = rows.texts[after - 1]
        if _begins_entry(rows.texts[after]) or is_row(before) or _is_address(rows.texts[after]):
            continue
        ends = closed(before)
        if _is_forced(rows, after, width):
            votes += _FORCED_CLOSED if ends else _FORCED_OPEN
            first = rows.texts[after][0]
            votes += _SMALL if starts_small(rows.texts[after]) else _CAPITAL if first.isupper() else 0
        else:
            votes += _EARLY_CLOSED if ends else _EARLY_OPEN
    if width < 60 and votes:
        widest = max((size(rows.texts[i]) for i in run if rows.edge(i) <= width), default=0)
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
            or rows.edge(after - 1) > width
            or _begins_entry(text)
            or is_row(text)
        ):
            continue
        if is_row(before) or not _is_text(before) or not _is_text(text) or _is_address(text):
            continue
        deeper = rows.indents[after] - rows.indents[after - 1]
        if (deeper > 0 and not is_item(before) and closed(before)) or (deeper < 0 and joined == after - 1):
            continue
        if doubtful and closed(before) and not starts_small(text):
            continue
        joined = after
        yield after


def _closed_breaks_are_doubtful(rows: Rows, breaks: Sequence[tuple[int, int]]) -> bool:
    """True when so many paragraphs end without an empty line that some of their last lines are full by chance."""
    full = early = 0
    for after, width in breaks:
        if closed(rows.texts[after - 1]) and not starts_small(rows.texts[after]):
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
