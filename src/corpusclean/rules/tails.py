"""What stands below the text: notices, teasers, links."""

from __future__ import annotations

from ..model.fold import size
from ..phrases import hits, lexicon
from ..registry import rule
from ..repair.lines import closed
from ..sheet import Sheet, is_prose
from ..split.layout import Layout, breaks_off


@rule(
    "zone", "notice.tail", "legal",
    why="A line at the very end, or beside a widget below the text, that speaks of comments, subscription or rights in "
    "words that the article does not use is a notice of the site.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\nFacebook Twitter WhatsApp\n"
        "Anonymous comments are moderated by the desk; replies that insult others are deleted within a day.",
        "Anonymous comments are moderated by the desk; replies that insult others are deleted within a day.")],
    keeps=[(
        "The paper closed its comments in May, because nobody had the time to moderate the replies of angry readers.\n"
        "Now readers write letters again, and the replies are moderated by a retired teacher who reads all comments twice.",
        "Now readers write letters again, and the replies are moderated by a retired teacher who reads all comments twice.")],
)  # fmt: skip
def tail_notices(sheet: Sheet, layout: Layout) -> None:
    """Mark notices below the text by what they speak of; a notice inside a section of another kind gets its own."""
    for article in layout.articles:
        lines = range(article.body, article.last)
        free = [i for i in lines if sheet.free(i)]
        spoken = {i: hits(sheet.lines[i].text).topic for i in free[-4:] if i != free[0]}
        for i in sorted(spoken, reverse=True):
            kind = spoken[i]
            beside = any(sheet.kind(k) not in (None, "metadata", "caption") for k in (i - 1, i + 1))
            if (
                kind
                and (beside or i == free[-1])
                and not _speaks_of(sheet, [k for k in free if k < i and spoken.get(k) != kind], i, kind)
            ):
                sheet.mark(i, kind, "notice.tail")
                free.remove(i)
            elif i == free[-1] and not beside:
                break
        for i in lines:
            fate = sheet.fates[i]
            kind = hits(sheet.lines[i].text).topic if fate and fate.rule == "related.section" else None
            if kind and is_prose(sheet.lines[i]):
                sheet.mark(i, kind, "notice.tail", over=("related",))


def _speaks_of(sheet: Sheet, others: list[int], i: int, kind: str) -> bool:
    """True when the rest of the article uses the words by which a line speaks of a topic."""
    topics = lexicon().topics
    words = {word for word in sheet.lines[i].words if topics.get(word) == kind}
    return sum(bool(words & set(sheet.lines[k].words)) for k in others) > 0


@rule(
    "zone", "related.teaser", "related",
    why="Below the text, a line that breaks off with an ellipsis is the teaser of another article, and the line above it its title.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\nNo comments:\nBakery to close\n"
        "The bakery that fed three generations in the old town will close on ...", "Bakery to close")],
    keeps=[("The council met on Monday to vote on the new bridge over the river.\nAnd so it goes, as he used to say ...",
            "And so it goes, as he used to say ...")],
)  # fmt: skip
def teasers(sheet: Sheet, layout: Layout) -> None:
    """Mark teasers that break off, where another mark already stands between them and the text."""
    for article in layout.articles:
        tail = article.tail(sheet)
        for i in range(tail, article.last):
            line = sheet.lines[i]
            if (
                sheet.free(i)
                and breaks_off(line)
                and size(line.text) >= 60
                and any(sheet.kind(k) not in (None, "metadata") for k in range(tail, i))
            ):
                sheet.mark(i, "related", "related.teaser")
                if i > tail and sheet.free(i - 1) and not closed(sheet.lines[i - 1].text):
                    sheet.mark(i - 1, "related", "related.teaser")


@rule(
    "zone", "navigation.tail", "navigation",
    why="Short lines below a widget that itself stands below the text are links; the text does not go on in them.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\nFacebook Twitter WhatsApp\nOur harbour\nTides",
        "Tides")],
    keeps=[("The council met on Monday to vote on the new bridge over the river.\nHeidi, heida, die Fahne raus",
            "Heidi, heida, die Fahne raus")],
)  # fmt: skip
def tails(sheet: Sheet, layout: Layout) -> None:
    """Mark what is left below the text once a widget has ended it."""
    for article in layout.articles:
        tail = article.tail(sheet)
        before: str | None = None
        for i in range(tail, article.last):
            fate = sheet.fates[i]
            if fate is not None:
                same = fate.kind if fate.rule.endswith(".section") or fate.kind == "legal" else "navigation"
                before = same if fate.kind not in ("metadata", "caption", "bio") else before
            elif before and (not is_prose(sheet.lines[i]) or breaks_off(sheet.lines[i])):
                sheet.mark(
                    i,
                    hits(sheet.lines[i].text).topic or _tail_kind(sheet, i, before),
                    "navigation.tail",
                )


def _tail_kind(sheet: Sheet, i: int, before: str) -> str:
    """The kind of a short line below the text: behind comments, titles of other articles, or links."""
    if before != "comments":
        return before
    here = [sheet.lines[k] for k in (i, i + 1) if k < len(sheet.lines) and (sheet.free(k) or k == i)]
    return "related" if any(len(line.words) >= 4 for line in here) else "navigation"
