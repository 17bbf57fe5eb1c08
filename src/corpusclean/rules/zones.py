"""Rules that know lines by where they stand: above the title, below the text, beside the byline.

They run when the articles of the page have been found, so they know what is head, body and tail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Line, fold_words
from ..registry import rule
from ..repair.lines import closed
from ..split.layout import Layout, breaks_off
from ..split.names import is_name
from .phrases import hits, lexicon
from .sheet import Sheet, is_prose, size
from .widgets import button

_QUOTED = re.compile(r"^[\"“„«‘'»「『‹].*[\"”“»«’'」』›][.,]?$")


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
        found = hits(line.text)
        labelled = "bio" in found.label and (
            ":" in line.text[:60] or "：" in line.text[:60] or _ends_text(sheet, layout, i)
        )
        if sheet.free(i) and (labelled or ("bio" in found.whole and _in_tail(sheet, layout, i))):
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
            alone = any(name == words for name in names)
            if about and i != rest[0] and (alone or len(words) <= 90) and i in rest[len(rest) // 2 :]:
                sheet.mark(i, "bio", "bio.author")
                if alone:
                    _mark_next(sheet, i)
            elif not is_prose(sheet.lines[i]) or _marked_between(sheet, i, article.last):
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
        if not known or size(sheet.lines[k].text) > 700:
            return
        prose = is_prose(sheet.lines[k])
        if not prose and not is_name(sheet.lines[k].text):
            return
        sheet.mark(k, "bio", "bio.author", over=over)
        if prose:
            return


def _marked_between(sheet: Sheet, i: int, last: int) -> bool:
    return False if i + 1 >= last else sheet.kind(i + 1) not in (None, "metadata")


def _in_tail(sheet: Sheet, layout: Layout, i: int) -> bool:
    """True when most of the running text stands above a line."""
    return sheet.prose_size(range(i)) > sheet.prose_size(range(i + 1, len(sheet.lines)))


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
            n for n, line in enumerate(body) if 5 <= len(line.words) <= 60 and size(line.text) <= 320
        ]
        if not candidates:
            continue
        texts = [f" {line.folded} " for line in body]
        for n in candidates:
            heads = sum(not is_prose(line) and not _QUOTED.match(line.text) for line in body)
            least = (9 if heads else 6) if _QUOTED.match(body[n].text) else 9
            between = all(is_prose(body[k]) for k in (n - 1, n + 1) if 0 <= k < len(body))
            if len(body[n].words) >= least and between:
                key, half = texts[n], bool(_QUOTED.match(body[n].text)) and not is_prose(body[n])
                others = [text for k, text in enumerate(texts) if k != n and len(text) > 1.3 * len(key)]
                if any(key in text or (half and _half_in(body[n].words, text)) for text in others):
                    sheet.mark(body[n].index, "quote", "quote.pulled")


def _half_in(words: tuple[str, ...], text: str) -> bool:
    """True when more than half of the words stand in a text as one run: a pull quote is often shortened in front."""
    n = max(5, len(words) // 2 + 1)
    return any(f" {' '.join(words[k : k + n])} " in text for k in range(len(words) - n + 1))


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
    known = lexicon()
    for article in layout.articles:
        lines = range(article.body, article.last)
        free = [i for i in lines if sheet.free(i)]
        spoken = {i: known.topic(sheet.lines[i].words) for i in free[-4:] if i != free[0]}
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
            kind = known.topic(sheet.lines[i].words) if fate and fate.rule == "related.section" else None
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
                    lexicon().topic(sheet.lines[i].words) or _tail_kind(sheet, i, before),
                    "navigation.tail",
                )


def _tail_kind(sheet: Sheet, i: int, before: str) -> str:
    """The kind of a short line below the text: behind comments, titles of other articles, or links."""
    if before != "comments":
        return before
    here = [sheet.lines[k] for k in (i, i + 1) if k < len(sheet.lines) and (sheet.free(k) or k == i)]
    return "related" if any(len(line.words) >= 4 for line in here) else "navigation"


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
    above = [i for i in sheet.free_lines(0, first.first) if i not in layout.taken]
    for i in above:
        line = sheet.lines[i]
        if is_prose(line) and (size(line.text) > 300 or not first.bylines):
            continue
        row = [
            k
            for k in (i - 1, i + 1)
            if 0 <= k < first.first and (k in above or sheet.kind(k) == "navigation")
        ]
        short = len(line.words) <= 3 and not closed(line.text)
        linked = any(sheet.kind(k) == "navigation" or len(sheet.lines[k].words) <= 3 for k in row)
        spoken = lexicon().topic(line.words) if len(line.words) > 6 else None
        menu = (short and linked) or _is_menu(line)
        sheet.mark(i, spoken or ("navigation" if menu else "banner"), "navigation.head")


def _is_menu(line: Line) -> bool:
    """True for a row of capitalised words without punctuation, some of which all menus have."""
    words = line.text.split()
    if not 4 <= len(words) <= 16 or not all(word[0].isupper() and word.isalnum() for word in words):
        return False
    return sum("navigation" in hits(word).whole for word in words) >= 2


@rule(
    "zone", "navigation.nothing-else", "navigation",
    why="When widgets and menus are all that can be recognised and no running text is left, the page has no article.",
    removes=[("Log in | Register\nHome | Politics | Sports\nHarbour and tides\n© 2021 The Courier. All rights reserved.",
              "Harbour and tides")],
    keeps=[("Tyger Tyger, burning bright,\nIn the forests of the night;", "In the forests of the night;")],
)  # fmt: skip
def nothing_else(sheet: Sheet, layout: Layout) -> None:
    """Mark all that is left on a page without running text, if there are widgets on it."""
    free = [i for i in sheet.free_lines() if i not in layout.taken]
    widgets = [i for i in range(len(sheet.lines)) if sheet.kind(i) not in (None, "metadata")]
    prose = [sheet.lines[i] for i in free if is_prose(sheet.lines[i])]
    if len(widgets) < 2 or (prose and not _only_boxes(sheet, layout, prose, len(widgets))):
        return
    ends = sum(sheet.lines[i].text[-1] in ".,;:!?…،。؛" for i in free)
    words = sum(len(sheet.lines[i].words) for i in free)
    if not prose and ends >= 0.4 * len(free) and words >= 30 and len(free) > len(widgets):
        return
    layout.articles.clear()
    layout.taken.clear()
    for i, fate in enumerate(sheet.fates):  # without an article there is no title
        if fate and fate.field == "title":
            sheet.mark(i, "navigation", "navigation.nothing-else", over=("metadata",))
    for i in free:
        kind = button(sheet.lines[i]) or lexicon().topic(sheet.lines[i].words)
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
