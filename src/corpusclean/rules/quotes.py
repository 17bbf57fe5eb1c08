"""Pull quotes: a sentence of the article that stands once more, set large."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..registry import rule
from ..sheet import Sheet
from ..split.layout import Layout

_QUOTED = re.compile(r"^[\"“„«‘'»「『‹].*[\"”“»«’'」』›][.,]?$")


@rule(
    "zone", "quote.pulled", "quote",
    why="A pull quote says again, on a line of its own between paragraphs, what stands word for word in one of them.",
    removes=[(
        "He said it slowly: “We should take it and carry our share of the stone.” Then he left the room.\n"
        "“We should take it and carry our share”\nThe council met on Monday to vote on the new bridge over the river.",
        "“We should take it and carry our share”")],
    keeps=[(
        "He said it slowly: “We should take it and carry our share of the stone.” Then he left the room.\n"
        "“I never said that”\nThe council met on Monday to vote on the new bridge over the river.", "“I never said that”")],
)  # fmt: skip
def pulled_quotes(sheet: Sheet, layout: Layout) -> None:
    """Mark lines between paragraphs whose words stand together in a paragraph."""
    for article in layout.articles:
        body = [sheet.lines[i] for i in range(article.body, article.last) if sheet.free(i)]
        candidates = [
            n for n, line in enumerate(body) if 5 <= len(line.words) <= 60 and sheet.sizes[line.index] <= 320
        ]
        if not candidates:
            continue
        heads = any(not sheet.running[line.index] and not _QUOTED.match(line.text) for line in body)
        longer = sorted((f" {line.folded} " for line in body), key=len)
        lengths = [len(text) for text in longer]
        for n in candidates:
            line, quoted = body[n], bool(_QUOTED.match(body[n].text))
            between = all(sheet.running[body[k].index] for k in (n - 1, n + 1) if 0 <= k < len(body))
            if len(line.words) >= (9 if heads or not quoted else 6) and between:
                key = f" {line.folded} "
                others = longer[bisect_right(lengths, 1.3 * len(key)) :]
                if any(key in text or (quoted and _half_in(line.words, text)) for text in others):
                    sheet.mark(line.index, "quote", "quote.pulled")


def _half_in(words: tuple[str, ...], text: str) -> bool:
    """True when half of the words stand in a text as one run: a pull quote is often shortened in front."""
    n = max(6, len(words) // 2)
    return any(f" {' '.join(words[k : k + n])} " in text for k in range(len(words) - n + 1))
