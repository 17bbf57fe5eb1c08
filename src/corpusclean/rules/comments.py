"""Comment sections: a heading, readers' comments with their buttons and dates, the form, the policy.

A comment reads like an article, so the section is known by its frame. It opens with a heading below most of
the text, or where buttons and dates come back every few lines; it ends where another section begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Line
from ..phrases import hits, lexicon
from ..registry import rule
from ..repair.lines import closed
from ..sheet import Sheet
from ..split.bylines import read_byline
from .widgets import button

_NONE_YET = re.compile(
    r"\b(?:0|٠|۰|no|keine|noch keine|aucun|sin|nenhum|nessun|yok|нет|немає|لا|بدون|بێ|geen|brak|nav)\b|^暂无|^0|[(\[]0[)\]]",
    re.IGNORECASE,
)


_OWN = (
    "navigation",
    "share",
    "counter",
    "account",
    "caption",
    "consent",
    "furniture",
)  # kinds of the buttons inside a comment section


_AGO = re.compile(
    r"\b\d{1,2}\s?(?:h|m|d|w|std|min|мин|ч|س|د|j|hours?|days?|minutes?|weeks?|months?|years?|tag|tage[n]?|jours?|heures?|gün|saat)\b",
    re.IGNORECASE,
)


@rule(
    "section", "comments.section", "comments",
    why="Below the heading of a comment section stand readers' comments and the form, until another section begins; "
    "a heading above most of the text, or one that counts none, opens nothing.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\n2 comments\nAnna\n"
        "I walk there every day and I would miss it.\nReply", "I walk there every day and I would miss it.")],
    keeps=[("12 comments\nThe council met on Monday to vote on the new bridge over the river. It was late.",
            "The council met on Monday to vote on the new bridge over the river. It was late.")],
)  # fmt: skip
def comment_sections(sheet: Sheet) -> None:
    """Mark what stands below a heading of comments."""
    inside, empty = False, False
    speaking = [i for i in range(len(sheet.lines)) if _speaks_of_comments(sheet, i)]
    if not speaking:
        return
    last = speaking[-1]
    named = [i for i in speaking if _names_comments(sheet.lines[i])]
    buttons = sheet.each(button)
    for i, line in enumerate(sheet.lines):
        kind = sheet.kind(i)
        heads = kind == "comments" or (kind is None and (buttons[i] == "comments" or _counts_comments(line)))
        if heads:
            if not inside and _opens_comments(sheet, i, named):
                inside, empty = True, _counts_none(line)
            elif inside and not _counts_none(line):
                empty = False
            if inside or (kind is None and not sheet.between(i)):
                sheet.mark(i, "comments", "comments.section")
        elif inside and (_leaves(sheet, i, last) or _next_article(sheet, i)):
            inside = False
        elif inside and not empty:
            sheet.mark(i, "comments", "comments.section", over=_OWN if i <= last else ())


def _counts_none(line: Line) -> bool:
    """True for a heading that says that there are none yet; a title behind the count says nothing about it.

    >>> from corpusclean.model import Page, Trace
    >>> lines = Page.of(Trace.of("No comments yet\\n12 comments on “No way home”")).lines
    >>> [_counts_none(line) for line in lines]
    [True, False]
    """
    return bool(_NONE_YET.search(re.split('["“«„]', line.text, maxsplit=1)[0]))


def _counts_comments(line: Line) -> bool:
    """True for a heading that counts comments: `7 comments on “The bridge”`."""
    first = line.words[:3]
    return (
        "0" in first
        and len(line.words) <= 20
        and lexicon().names(first, "comments")
        and not closed(line.text)
    )


def _names_comments(line: Line) -> bool:
    """True for a line with a word such as `comments` in it; a button such as `Like` does not name them."""
    return lexicon().names(line.words, "comments")


def _speaks_of_comments(sheet: Sheet, i: int) -> bool:
    """True for a button, heading or notice of a comment section."""
    kind = sheet.kind(i)
    return (
        kind == "comments"
        or sheet.each(button)[i] == "comments"
        or kind in sheet.each(_may_speak_of_comments)[i]
    )


def _may_speak_of_comments(line: Line) -> tuple[str | None, ...]:
    """The kinds with which a line of these words is one of a comment section (None: a line without a mark)."""
    if len(line.words) <= 25 and hits(line.text).topic == "comments":
        return (None, "account")
    return (None,) if _counts_comments(line) else ()


def _opens_comments(sheet: Sheet, i: int, named: Sequence[int]) -> bool:
    """True when there is text above, and what stands below is comments rather than the article.

    A heading that does not name them (`Have your say`) opens them only if no later one does.
    """
    before, after = sheet.prose_around(i)
    words = sheet.lines[i].words
    certain = i in named or ("0" in words and len(words) > 1)
    if not certain and len(words) == 1:  # `edit` or `Report` is a button of much else
        return False
    if before < 50 or (not certain and named and named[-1] > i):
        return False
    if certain and before >= after and not sheet.between(i):
        return after <= 400 or _signs(sheet, i + 1, 10)[0] > 1
    signs, longest = _signs(sheet, i + 1, 50)
    above = sheet.lines[i].start
    late = certain or len(sheet.page.text) - above < above  # a form's label in a manual is no heading
    return not after or (late and signs >= 3 and longest < 4)


def _signs(sheet: Sheet, start: int, count: int) -> tuple[int, int]:
    """How many of the next lines are buttons, ages and dates as between comments, and the longest run of paragraphs
    without one of them."""
    signs = since = longest = 0
    for k in range(start, min(len(sheet.lines), start + count)):
        line = sheet.lines[k]
        text = line.text if len(line.text) <= 80 else ""
        if _speaks_of_comments(sheet, k) or _AGO.search(text) or (text and read_byline(text)):
            signs, since = signs + 1, 0
        elif sheet.prose(k):
            since += 1
            longest = max(longest, since)
    return signs, longest


def _leaves(sheet: Sheet, i: int, last: int) -> bool:
    """True for a line that begins something other than comments; below the last button of theirs a menu does too."""
    line = sheet.lines[i]
    kind = sheet.kind(i) or sheet.each(button)[i]
    if kind in ("legal", "consent") and i < last:
        return not any(
            (sheet.kind(k) or sheet.each(button)[k]) == "comments" for k in range(i + 1, min(i + 9, last + 1))
        )
    if kind in ("related", "legal", "consent") or "bio" in hits(line.text).whole:
        return True
    below = sheet.lines[i + 1] if i + 1 < len(sheet.lines) else None
    if kind == "navigation" and below and (sheet.kind(i + 1) or button(below)) == "navigation":
        return True
    return i > last and (
        kind in ("navigation", "subscribe", "account")
        or not (sheet.running[i] or (below and sheet.running[i + 1]))
    )


def _next_article(sheet: Sheet, i: int) -> bool:
    """True when a title stands here and under it a byline of a form that the page had before."""
    if i + 1 >= len(sheet.lines) or len(sheet.lines[i].words) < 3:
        return False
    after = read_byline(sheet.lines[i + 1].text)
    if not after or not after.date or len(after.form) < 2:
        return False
    before = (read_byline(line.text) for line in sheet.lines[:i] if sheet.free(line.index))
    return any(found and found.date and found.form == after.form for found in before)
