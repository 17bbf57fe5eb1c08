"""Repeats inside a page as marks: the second copy of a body, a block that stands three times."""

from __future__ import annotations

from .dedup import Passage, repeats_within
from .registry import rule
from .sheet import Sheet
from .split import Layout
from .split.layout import body_lines


@rule(
    "repeat", "repeat.passage", "repeat",
    why="A passage that stands earlier in the same article, word for word or nearly, says nothing new; refrains, "
    "recurring questions and entries of one template stay.",
)  # fmt: skip
def mark_repeats(sheet: Sheet, layout: Layout) -> None:
    """Mark the paragraphs of each article that repeat earlier ones of it, with the copy that stays."""
    for article in layout.articles:
        lines = body_lines(sheet, article)
        if len(lines) < 2:
            continue
        passages = [Passage(n, line.words, line.text, line.span) for n, line in enumerate(lines)]
        for pair in repeats_within(passages):
            copy, kept = lines[pair.copy], lines[pair.kept]
            sheet.mark(copy.index, "repeat", "repeat.passage", of=kept.span, similarity=pair.similarity)
