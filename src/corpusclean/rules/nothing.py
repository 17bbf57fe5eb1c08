"""Pages without an article."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Line
from ..model.fold import size
from ..phrases import hits, lexicon
from ..registry import rule
from ..sheet import Sheet, is_prose
from ..split.layout import Layout
from .widgets import button


@rule(
    "zone", "navigation.nothing-else", "navigation",
    why="When widgets and menus are all that can be recognised and no running text is left, the page has no article.",
    removes=[("Log in | Register\nHome | Politics | Sports\nHarbour and tides\n© 2021 The Courier. All rights reserved.",
              "Harbour and tides")],
    keeps=[("Tyger Tyger, burning bright,\nIn the forests of the night;", "In the forests of the night;")],
)  # fmt: skip
def nothing_else(sheet: Sheet, layout: Layout) -> None:
    """Mark all that is left on a page without running text, if there are widgets on it."""
    free = list(sheet.free_lines())
    widgets = [i for i in range(len(sheet.lines)) if sheet.kind(i) not in (None, "metadata")]
    prose = [sheet.lines[i] for i in free if is_prose(sheet.lines[i])]
    if len(widgets) < 2 or (prose and not _only_boxes(sheet, layout, prose, len(widgets))):
        return
    ends = sum(sheet.lines[i].text[-1] in ".,;:!?…،。؛" for i in free)
    words = sum(len(sheet.lines[i].words) for i in free)
    if not prose and ends >= 0.4 * len(free) and words >= 30 and len(free) > len(widgets):
        return
    layout.articles.clear()
    for i, fate in enumerate(sheet.fates):  # without an article there is no title
        if fate and fate.field == "title":
            sheet.mark(i, "navigation", "navigation.nothing-else", over=("metadata",))
    for i in free:
        kind = button(sheet.lines[i]) or hits(sheet.lines[i].text).topic
        if kind is None and is_prose(sheet.lines[i]):
            kind = next((found for k in (i - 1, i + 1, i - 2) if (found := sheet.kind(k))), None)
        sheet.mark(i, kind or "navigation", "navigation.nothing-else")


def _only_boxes(sheet: Sheet, layout: Layout, prose: Sequence[Line], widgets: int) -> bool:
    """True when the little running text of a page belongs to boxes: a form to log in or to register is
    most of the page, or half of the paragraphs speak of logging in, subscribing or consent."""
    if (
        widgets < 6
        or sum(size(line.text) for line in prose) > 1000
        or any(article.bylines for article in layout.articles)
    ):
        return False
    if sum(sheet.kind(i) == "account" for i in range(len(sheet.lines))) >= 5:
        return True
    topics = lexicon().topics
    boxes = ("account", "subscribe", "consent", "legal")
    return 2 * sum(any(topics.get(word) in boxes for word in line.words) for line in prose) >= len(prose)
