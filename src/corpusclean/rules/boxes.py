"""Boxes for log-in, subscription and consent: what stands between two of their lines belongs to them."""

from __future__ import annotations

from itertools import pairwise

from ..model import Line
from ..model.fold import size
from ..phrases import hits, lexicon
from ..registry import rule
from ..repair.lines import closed
from ..sheet import Sheet
from .shapes import is_offer
from .widgets import button


@rule(
    "section", "widget.box", "subscribe",
    why="What stands between two lines of one box, or as a short heading over it, belongs to the box.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\nThe Courier by mail\n"
        "Sign up for our newsletter\nAll that matters, every day at six.\nEnter your email address\nHe left.",
        "All that matters, every day at six.")],
    keeps=[("Already a subscriber? Log in\nThe council met on Monday to vote on the new bridge over the river.",
            "The council met on Monday to vote on the new bridge over the river.")],
)  # fmt: skip
def boxes(sheet: Sheet) -> None:
    """Mark the lines inside boxes of log-in, subscription and consent."""
    for line in sheet.lines:
        if sheet.free(line.index) and is_offer(line):
            near = sheet.lines[max(0, line.index - 2) : line.index + 3]
            beside = (sheet.kind(other.index) or button(other) for other in near)
            if any(kind in ("subscribe", "account") for kind in beside):
                sheet.mark(line.index, "subscribe", "widget.box")
    for kind in ("consent", "subscribe", "account"):
        marked = [i for i, fate in enumerate(sheet.fates) if fate and fate.kind == kind]
        for a, b in pairwise(marked):
            between = [k for k in range(a + 1, b) if sheet.free(k)]
            if b - a <= 5 and len(between) <= 3 and sum(size(sheet.lines[k].text) for k in between) <= 320:
                for k in between:
                    sheet.mark(k, kind, "widget.box")
        for i in marked:
            if i + 1 < len(sheet.lines) and sheet.free(i + 1) and _ends_box(sheet.lines[i + 1]):
                sheet.mark(i + 1, hits(sheet.lines[i + 1].text).topic or kind, "widget.box")
            above = sheet.lines[i - 1] if i else None
            if above and sheet.free(i - 1) and kind == "subscribe" and _heads_box(sheet, i):
                sheet.mark(i - 1, kind, "widget.box")


def _ends_box(line: Line) -> bool:
    """True for a short line that is no sentence and has a word of log-in or subscription in it."""
    topics = lexicon().topics
    short = len(line.words) <= 10 and not closed(line.text)
    return short and any(topics.get(word) in ("account", "subscribe") for word in line.words)


def _heads_box(sheet: Sheet, i: int) -> bool:
    """True when the line above a box is a short heading and stands below running text."""
    above = sheet.lines[i - 1]
    short = len(above.words) <= 6 and not closed(above.text) and size(above.text) <= 60
    return short and i >= 2 and sheet.prose_size(range(i - 1)) > 0 and not sheet.lines[i].text.endswith(":")
