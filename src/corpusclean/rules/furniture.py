"""Running heads and page numbers of printed pages, which scraped PDF text repeats inside the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..model import Page, Trace
from ..phrases import lexicon
from ..registry import rule
from ..sheet import Sheet
from ..split.dates import find_dates

_PAGE_NUMBER = re.compile(r"[-–—]?\s?\d{1,4}\s?[-–—]?")


@rule(
    "section", "furniture.running-head", "furniture",
    why="Printed pages repeat one line with a growing page number; body lines do not come back with another number only.",
    removes=[("THE QUARTERLY 17\n\nText of it.\n\n18 THE QUARTERLY\n\nMore of it.\n\nTHE QUARTERLY 19", "18 THE QUARTERLY"),
        ("The weir was old, and\n7\nJANE DOE: ON WEIRS 8\nso was I.\nIt fell and\n8\n9 THE QUARTERLY\nnobody saw it\nthen.\n9", "JANE DOE: ON WEIRS 8"),
    ],
    keeps=[("Results:\nUpper Street 412\nLower Street 398\nMarket 377", "Lower Street 398")],
)  # fmt: skip
def running_heads(sheet: Sheet) -> None:
    """Mark short lines that recur with other numbers at least three times."""
    seen: dict[tuple[str, ...], list[int]] = {}
    for line in sheet.lines:
        if "0" in line.words and sheet.sizes[line.index] <= 160:
            key = tuple([word for word in line.words if word != "0"])
            if 1 <= len(key) <= 14:
                seen.setdefault(key, []).append(line.index)
    for found in seen.values():
        indices = [i for i in found if not lexicon().tile(sheet.lines[i].words)] if len(found) >= 3 else []
        apart = len(indices) >= 3 and all(b - a > 1 for a, b in pairwise(indices))
        dated = any(find_dates(sheet.lines[i].text) for i in indices[:3])
        if apart and not dated and _counts_up([sheet.lines[i].text for i in indices]):
            for i in indices:
                sheet.mark(i, "furniture", "furniture.running-head")
    _alone_in_line(sheet)


def furniture_of(trace: Trace) -> frozenset[str]:
    """The texts of the lines of a trace that are running heads or page numbers.

    They are needed before broken lines are mended, since they break sentences.

    >>> text = "One goes on\\n7\\nends here.\\nOther text\\n8\\nstands there.\\nThree go\\n9\\nand that is all."
    >>> sorted(furniture_of(Trace.of(text)))
    ['7', '8', '9']
    """
    numbered = any(line.strip().isdigit() for line in trace.text.splitlines())
    if not numbered and "\x0c" not in trace.text:
        return frozenset()
    sheet = Sheet(Page.of(trace))
    running_heads(sheet)
    return frozenset(line.text for line in sheet.lines if not sheet.free(line.index))


def _alone_in_line(sheet: Sheet) -> None:
    """Mark the numbers of printed pages that stand on lines of their own, and the running heads beside them.

    They are three or more, each larger than the one before, with text between; a head comes back word for word
    beside them.
    """
    numbers = [
        i
        for i, line in enumerate(sheet.lines)
        if line.words == ("0",) and sheet.free(i) and _PAGE_NUMBER.fullmatch(line.text)
    ]
    values = [int(re.sub(r"\D", "", sheet.lines[i].text)) for i in numbers]
    far = all(b - a > 2 for a, b in pairwise(numbers))
    if len(numbers) < 3 or not far or any(b - a not in (1, 2) for a, b in pairwise(values)):
        return
    spots = {k for i in numbers for k in range(i - 2, i + 3) if 0 <= k < len(sheet.lines)} - set(numbers)
    words = {k: tuple(sorted(sheet.lines[k].words)) for k in spots if not sheet.running[k]}
    counts = Counter(words.values())
    beside = {k: value for i, value in zip(numbers, values, strict=True) for k in (i - 1, i + 1)}
    heads = [
        k
        for k in sorted(words)
        if counts[words[k]] >= 2 or (k in beside and _numbered(sheet.lines[k].text, beside[k]))
    ]
    if values[0] > 1 or heads:  # from one on and without heads they number the parts of a text
        for k in (*numbers, *heads):
            sheet.mark(k, "furniture", "furniture.running-head")


def _numbered(text: str, page: int) -> bool:
    """True when a line begins or ends with the number of a page, of the one before it or of the one after it.

    >>> _numbered("JANE DOE: ON WEIRS        213", 212), _numbered("The weir of 1811", 17)
    (True, False)
    """
    found = re.match(r"(\d{1,4})\s", text) or re.search(r"\s(\d{1,4})$", text)
    return found is not None and abs(int(found[1]) - page) <= 1


def _counts_up(texts: Sequence[str]) -> bool:
    """True when each text has a number of its own, and these only grow from text to text.

    >>> _counts_up(["No. 41, 17", "18, No. 41", "No. 41, 19"]), _counts_up(["14 Sept 16:02", "14 Sept 16:40", "15 Sept 07:31"])
    (True, False)
    """
    numbers = [[int(number) for number in re.findall(r"\d{1,9}", text)] for text in texts]
    shared = set(numbers[0]).intersection(*numbers)
    own = [[number for number in row if number not in shared] for row in numbers]
    return all(own) and all(a[0] < b[0] for a, b in pairwise(own))
