"""Lines that belong together and yet are no sentence: lists in small letters, verse, tables."""

from __future__ import annotations

from .ends import starts_small
from .rows import Rows

LONG = 70  # characters: longer than the lines of verse, of lists and of most tables
_NEAR = 12  # lines: what is looked at to tell a list


def is_list(rows: Rows, after: int) -> bool:
    """True when the lines from here on are entries of a list in small letters, not the end of a sentence."""
    entries = 0
    for i in range(after, min(len(rows), after + _NEAR)):
        text = rows.texts[i]
        if not starts_small(text) or len(text) >= 60:
            break
        if rows.closed[i] or rows.joins(i):
            return False
        entries += 1
    return entries >= 2


def verse_lines(rows: Rows) -> frozenset[int]:
    """The lines that stand among short lines only, as in a poem or a table, and so does the line above them."""
    found: list[int] = []
    stretch: list[int] = []
    for i, size in enumerate(rows.sizes):
        if rows.gaps[i] or size >= LONG:
            found += stretch[1:] if len(stretch) >= 4 else []
            stretch = []
        if size < LONG:
            stretch.append(i)
    return frozenset(found + (stretch[1:] if len(stretch) >= 4 else []))
