"""What stands above the title and the byline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Line
from ..phrases import hits
from ..registry import rule
from ..repair.lines import closed
from ..sheet import Sheet
from ..split.layout import Layout


@rule(
    "zone", "navigation.head", "navigation",
    why="What stands above the title and the byline is the site's: menus, slogans, names of sections.",
    removes=[(
        "Walks and locks\nOur harbour\nMaps\nTuesday, June 16, 2020\nBridge opens after ten years\n"
        "The council met on Monday to vote on the new bridge over the river.", "Maps")],
    keeps=[("Bridge opens after ten years\nThe council met on Monday to vote on the new bridge over the river.",
            "Bridge opens after ten years")],
)  # fmt: skip
def heads(sheet: Sheet, layout: Layout) -> None:
    """Mark the lines above the first head: rows of short lines as navigation, single ones as banner."""
    if not layout.articles:
        return
    first = layout.articles[0]
    if first.title is None and not first.bylines:
        return
    above = dict.fromkeys(sheet.free_lines(0, first.first))
    if 2 * _text_like(sheet, above) > _text_like(sheet, sheet.free_lines()):
        return  # most of the text stands above: what was taken for its head is none
    # with much text above, the head may stand within the article, as that of a quoted post does
    much = sheet.prose_size(above) > 600
    for i in above:
        line = sheet.lines[i]
        if sheet.running[i] and (much or sheet.sizes[i] > 300 or not first.bylines):
            continue
        row = [
            k
            for k in (i - 1, i + 1)
            if 0 <= k < first.first and (k in above or sheet.kind(k) == "navigation")
        ]
        spoken = hits(line.text).topic if len(line.words) > 6 else None
        sheet.mark(i, spoken or ("navigation" if _is_menu(sheet, line, row) else "banner"), "navigation.head")


def _text_like(sheet: Sheet, indices: Iterable[int]) -> int:
    """How much the lines hold that are too long for entries of a menu."""
    return sum([sheet.sizes[i] for i in indices if sheet.sizes[i] >= 40])


def _is_menu(sheet: Sheet, line: Line, row: Sequence[int]) -> bool:
    """True for a short line beside another one or a menu, and for a row of capitalised words without punctuation, some
    of which all menus have."""
    short = len(line.words) <= 3 and not closed(line.text)
    if short and any(sheet.kind(k) == "navigation" or len(sheet.lines[k].words) <= 3 for k in row):
        return True
    words = line.text.split()
    if not 4 <= len(words) <= 16 or not all(word[0].isupper() and word.isalnum() for word in words):
        return False
    return sum("navigation" in hits(word).whole for word in words) >= 2
