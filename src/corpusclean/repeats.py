"""Repeats inside a page as marks: the second copy of a body, a block that stands three times."""

from __future__ import annotations

from .dedup import Passage, repeats_within
from .registry import rule
from .sheet import Sheet
from .split import Layout
from .split.layout import body_lines

_TOLD = (
    "The council met on Monday to vote on the new bridge over the river.",
    "Nobody had expected the vote to be so close: twelve were for it, and nine against.",
    "Her brother keeps the ferry; he says that he has carried more people in a month than live in the valley.",
    "What it will cost, the treasurer would not say, but he looked as though he knew it to the last coin.",
)
_ASKED = "And if you are honest?"


@rule(
    "repeat", "repeat.passage", "repeat",
    why="A passage that stands earlier in the same article, word for word or nearly, says nothing new; refrains, "
    "recurring questions and entries of one template stay.",
    removes=[("\n".join(_TOLD * 2), _TOLD[-1])],
    keeps=[(f"{_TOLD[0]}\n{_ASKED}\n{_TOLD[1]}\n{_ASKED}\nNo, I said.", _ASKED)],
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
