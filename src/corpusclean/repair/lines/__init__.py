"""Mending broken lines: sentences that a link broke over several lines, and paragraphs wrapped at a width.

Comes in: a trace whose text has its lines as the scrape left them. Goes out: the trace with the line breaks
inside sentences replaced. A line break is mended only on evidence from both sides of it, never next to a
line that is known to be a widget, and not in lists, poems, tables and code. `wrapped` knows the breaks that a
width made, `broken` those that markup made, `hyphens` what becomes of a word that was broken with the line.
"""

from __future__ import annotations

from collections.abc import Callable

from ...model import Edit, Span, Trace
from .broken import broken
from .ends import CJK_END, CJK_START, closed, starts_small
from .hyphens import Vocabulary, halves
from .rows import Rows
from .wrapped import wrapped

__all__ = ["closed", "mend_lines", "starts_small"]

LINK_BREAK = "lines.broken-by-link"
WRAPPED = "lines.wrapped"
HYPHEN = "lines.hyphenated"


def mend_lines(trace: Trace, certain: Callable[[str], bool]) -> Trace:
    """The trace with broken lines joined. `certain` tells of a line that it is a widget, label or notice.

    >>> text = "General White is\\n the top commander. He warned that this could be a bloody campaign."
    >>> mend_lines(Trace.of(text), lambda line: False).text
    'General White is the top commander. He warned that this could be a bloody campaign.'
    """
    rows = Rows.of(trace)
    by_width = wrapped(rows)
    by_link = broken(rows, by_width)
    words = Vocabulary(trace.text)
    edits = []
    for i in sorted(by_width | by_link):
        sides = (k for k in (i - 1, i) if not (k in by_link and k + 1 in by_link and rows.in_sentence(k)))
        if not any(certain(rows.texts[k]) for k in sides):
            edits.append(_join(trace, rows, i, words, WRAPPED if i in by_width else LINK_BREAK))
    return trace.apply(edits)


def _join(trace: Trace, rows: Rows, i: int, words: Vocabulary, rule: str) -> Edit:
    """The edit that joins a line to the one before it: a blank, nothing (CJK, punctuation), or the hyphen taken out."""
    before, after = rows.texts[i - 1], rows.texts[i]
    gap = Span(rows.end(i - 1), rows.starts[i])
    parts = halves(before, after)
    if parts:
        soft = trace.raw_span(Span(gap.start - 1, gap.start)).of(trace.raw).startswith("\xad")
        small = not after[0].isupper()
        if soft or (small and words.rejoins(*parts, wrapped=rule == WRAPPED)):
            return Edit(Span(gap.start - 1, gap.end), "", HYPHEN)
        return Edit(gap, "", HYPHEN)
    if CJK_END.search(before) and CJK_START.match(after):
        return Edit(gap, "", rule)
    tight = after[0] in ",.;!)]”’،؛，。、" and not after.startswith("...")
    return Edit(gap, "" if tight or before[-1] in "([“„‘" else " ", rule)
