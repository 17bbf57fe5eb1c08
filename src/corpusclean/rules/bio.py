"""Notes about the author below the text."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import fold_words
from ..phrases import hits, telling_words
from ..registry import rule
from ..sheet import Sheet
from ..split.layout import Layout
from ..split.names import is_name


@rule(
    "zone", "bio.author", "bio",
    why="A note about the author begins with the author's name and stands below the text.",
    removes=[(
        "By Anna Keller | The Courier | May 5, 2020\nThe council met on Monday to vote on the new bridge over the river.\n"
        "Anna Keller is a reporter who lives near the river.", "Anna Keller is a reporter who lives near the river.")],
    keeps=[(
        "By Anna Keller | The Courier | May 5, 2020\nThe council met on Monday to vote on the new bridge over the river.\n"
        "Anna Meyer is the mayor who opposed it for years.", "Anna Meyer is the mayor who opposed it for years.")],
)  # fmt: skip
def author_note(sheet: Sheet, layout: Layout) -> None:
    """Mark notes that begin with an author's name after the last paragraph, and labelled ones."""
    for i, line in enumerate(sheet.lines):
        if not sheet.free(i) or telling_words("bio").isdisjoint(line.words):
            continue
        found = hits(line.text)
        labelled = "bio" in found.label and (
            ":" in line.text[:60] or "：" in line.text[:60] or _ends_text(sheet, layout, i)
        )
        if labelled or ("bio" in found.whole and _in_tail(sheet, i)):
            sheet.mark(i, "bio", "bio.author")
            if "bio" in found.whole:
                _mark_next(sheet, i)
    for article in layout.articles:
        names = [fold_words(name) for name in article.authors]
        for i in range(article.tail(sheet), article.last):
            words = sheet.lines[i].words
            heads = len(words) <= 5 and any(name and name == words[-len(name) :] for name in names)
            if heads and sheet.kind(i) in (None, "related", "navigation"):
                sheet.mark(i, "bio", "bio.author", over=("related", "navigation"))
                _mark_next(sheet, i, over=("related",))
        rest = [i for i in range(article.body, article.last) if sheet.free(i)]
        for i in reversed(rest):
            words = sheet.lines[i].words
            about = any(name and name == words[k : k + len(name)] for name in names for k in range(3))
            alone = words in names
            if about and i != rest[0] and (alone or len(words) <= 90) and i in rest[len(rest) // 2 :]:
                sheet.mark(i, "bio", "bio.author")
                if alone:
                    _mark_next(sheet, i)
            elif not sheet.running[i] or _marked_between(sheet, i, article.last):
                continue
            else:
                break


def _ends_text(sheet: Sheet, layout: Layout, i: int) -> bool:
    """True for one of the last two free lines of an article."""
    part = layout.part_of(i)
    article = layout.articles[part - 1] if part else None
    return article is not None and i in [k for k in range(article.body, article.last) if sheet.free(k)][-2:]


def _mark_next(sheet: Sheet, i: int, over: Sequence[str] = ()) -> None:
    """Mark what follows a name or heading of an author's box, as far as it is text of the box."""
    for k in (i + 1, i + 2):
        known = k < len(sheet.lines) and (sheet.free(k) or sheet.kind(k) in over)
        if not known or sheet.sizes[k] > 700:
            return
        prose = sheet.running[k]
        if not prose and not is_name(sheet.lines[k].text):
            return
        sheet.mark(k, "bio", "bio.author", over=over)
        if prose:
            return


def _marked_between(sheet: Sheet, i: int, last: int) -> bool:
    return False if i + 1 >= last else sheet.kind(i + 1) not in (None, "metadata")


def _in_tail(sheet: Sheet, i: int) -> bool:
    """True when most of the running text stands above a line."""
    return sheet.prose_size(range(i)) > sheet.prose_size(range(i + 1, len(sheet.lines)))
