"""Rules that know lines by their company: sections that a heading opens, boxes, buttons among buttons.

They run after the rules on sight and before the articles are found, so they lean on two things only: marks
that are certain, and where running text stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..model import Line
from ..registry import rule
from ..repair.lines import closed
from ..split.bylines import read_byline
from .phrases import hits, lexicon
from .shapes import is_contact, is_offer
from .sheet import Sheet, is_prose, scripts, size
from .widgets import button, notice

_BULLET = re.compile(r"[-–—•*·‣▪►◄▶○●◦›»▲■□]\s?|\(?\d{1,2}[.)]?\s")
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
)  # kinds of the buttons inside a comment section
_AGO = re.compile(
    r"\b\d{1,2}\s?(?:h|m|d|w|std|min|мин|ч|س|د|j|hours?|days?|minutes?|weeks?|months?|years?|tag|tage[n]?|jours?|heures?|gün|saat)\b",
    re.IGNORECASE,
)


@rule(
    "section", "furniture.running-head", "furniture",
    why="Printed pages repeat one line with a growing page number; body lines do not come back with another number only.",
    removes=[("THE QUARTERLY 17\n\nText of it.\n\n18 THE QUARTERLY\n\nMore of it.\n\nTHE QUARTERLY 19", "18 THE QUARTERLY")],
    keeps=[("Results:\nUpper Street 412\nLower Street 398\nMarket 377", "Lower Street 398")],
)  # fmt: skip
def running_heads(sheet: Sheet) -> None:
    """Mark short lines that recur with other numbers at least three times."""
    seen: dict[tuple[str, ...], list[int]] = {}
    for line in sheet.lines:
        key = tuple(word for word in line.words if not word.isdigit())
        if (
            1 <= len(key) <= 14
            and "0" in line.words
            and size(line.text) <= 160
            and not lexicon().tile(line.words)
        ):
            seen.setdefault(key, []).append(line.index)
    for indices in seen.values():
        apart = len(indices) >= 3 and all(b - a > 1 for a, b in pairwise(indices))
        if apart and _counts_up([sheet.lines[i].text for i in indices]):
            for i in indices:
                sheet.mark(i, "furniture", "furniture.running-head")
    _alone_in_line(sheet)


def _alone_in_line(sheet: Sheet) -> None:
    """Mark the numbers of printed pages that stand on lines of their own, and the running heads beside them.

    They are three or more, each larger than the one before, with text between; a head comes back word for word
    beside them.
    """
    numbers = [
        i
        for i, line in enumerate(sheet.lines)
        if sheet.free(i) and re.fullmatch(r"[-–—]?\s?\d{1,4}\s?[-–—]?", line.text)
    ]
    values = [int(re.sub(r"\D", "", sheet.lines[i].text)) for i in numbers]
    far = all(b - a > 2 for a, b in pairwise(numbers))
    if len(numbers) < 3 or not far or any(b - a not in (1, 2) for a, b in pairwise(values)):
        return
    beside = Counter(
        tuple(sorted(sheet.lines[k].words))
        for i in numbers
        for k in (i - 2, i - 1, i + 1, i + 2)
        if 0 <= k < len(sheet.lines)
    )
    for i in numbers:
        sheet.mark(i, "furniture", "furniture.running-head")
        for k in (i - 2, i - 1, i + 1, i + 2):
            if (
                0 <= k < len(sheet.lines)
                and beside[tuple(sorted(sheet.lines[k].words))] >= 2
                and not is_prose(sheet.lines[k])
            ):
                sheet.mark(k, "furniture", "furniture.running-head")


def _counts_up(texts: Sequence[str]) -> bool:
    """True when each text has a number of its own, and these only grow from text to text.

    >>> _counts_up(["No. 41, 17", "18, No. 41", "No. 41, 19"]), _counts_up(["14 Sept 16:02", "14 Sept 16:40", "15 Sept 07:31"])
    (True, False)
    """
    numbers = [[int(number) for number in re.findall(r"\d{1,9}", text)] for text in texts]
    shared = set(numbers[0]).intersection(*numbers)
    own = [[number for number in row if number not in shared] for row in numbers]
    return all(own) and all(a[0] < b[0] for a, b in pairwise(own))


def _buttons(sheet: Sheet) -> list[str | None]:
    """For each line the family of the single button it is, when no rule has it yet."""
    return [button(line) if sheet.free(line.index) else None for line in sheet.lines]


@rule(
    "section", "widget.notice", "legal",
    why="A line with the wording of a notice in it is one above or below the running text, or beside another widget; "
    "between two paragraphs it may be an article that quotes one.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\nFacebook Twitter WhatsApp\n"
        "The Courier is printed on paper from the old mill in the valley, all rights reserved by the publisher and his heirs.",
        "The Courier is printed on paper from the old mill in the valley, all rights reserved by the publisher and his heirs.")],
    keeps=[(
        "On Monday she read every notice that a site put in front of her, and refused what could be refused.\n"
        "“Accept all cookies,” said the first one, a site about garden sheds, and offered to share them with the world.\n"
        "By Wednesday the notices had given way to doors, and she had learned not to read what stood on them.",
        "“Accept all cookies,” said the first one, a site about garden sheds, and offered to share them with the world.")],
)  # fmt: skip
def notices(sheet: Sheet) -> None:
    """Mark lines with the wording of a notice where the article is not on both sides of them."""
    for line in sheet.lines:
        kind = notice(line) if sheet.free(line.index) else None
        quoted = line.text[0] in "\"“„«‘'「『‹"
        if (
            kind
            and not quoted
            and not (_article_side(sheet, line.index, -1) and _article_side(sheet, line.index, 1))
        ):
            sheet.mark(line.index, kind, "widget.notice")


def _article_side(sheet: Sheet, i: int, step: int) -> bool:
    """True when the next line in a direction is running text that no phrase list knows anything about."""
    k = i + step
    return 0 <= k < len(sheet.lines) and sheet.prose(k) and not notice(sheet.lines[k])


@rule(
    "section", "banner.contact", "banner",
    why="A line of web and mail addresses or telephone numbers above or below the text is the site's own; within the text "
    "it is a link of the article.",
    removes=[(
        "www.example.org European Languages desk@example.org\nBridge opens after ten years\n"
        "The council met on Monday to vote on the new bridge over the river.",
        "www.example.org European Languages desk@example.org")],
    keeps=[(
        "The council met on Monday to vote on the new bridge over the river.\nwww.example.org/bridge\n"
        "Nobody who was there that day has forgotten what the mayor said about it.", "www.example.org/bridge")],
)  # fmt: skip
def contacts(sheet: Sheet) -> None:
    """Mark lines of addresses that do not stand between paragraphs."""
    prose = [i for i in range(len(sheet.lines)) if sheet.prose(i)] or [len(sheet.lines)]
    for line in sheet.lines:
        if sheet.free(line.index) and not prose[0] < line.index < prose[-1] and is_contact(line):
            sheet.mark(line.index, "banner", "banner.contact")


@rule(
    "section", "widget.button", "navigation",
    why="A button, menu word or form label stands next to others of its kind, or above or below all running text; "
    "one that stands alone between two paragraphs is a subheading.",
    removes=[("Log in\nSubscribe\nThe council met on Monday to vote on the new bridge over the river.", "Log in")],
    keeps=[(
        "The first word is the one on the door, she says, and nobody ever reads the second one.\nSubscribe\n"
        "Everybody hates the window that says it, and everybody has built one in the last ten years.", "Subscribe")],
)  # fmt: skip
def buttons(sheet: Sheet) -> None:
    """Mark single buttons that have company."""
    kinds = _buttons(sheet)
    for i, line in enumerate(sheet.lines):  # `Video` in a menu is not a player
        beside = [kinds[k] or sheet.kind(k) for k in (i - 1, i + 1) if 0 <= k < len(kinds)]
        if sheet.kind(i) in ("player", "counter") and beside == ["navigation"] * 2 and hits(line.text).whole:
            sheet.mark(i, "navigation", "widget.button", over=("player", "counter"))
    prose = [i for i in range(len(sheet.lines)) if sheet.prose(i)]
    first, last = (prose[0], prose[-1]) if prose else (len(kinds), -1)
    for i, kind in enumerate(kinds):
        if kind is None or kind == "related":
            continue
        if _has_company(sheet, kinds, i) or (not first < i < last and kind != "caption"):
            families = hits(sheet.lines[i].text).whole
            kin = next((k for k in (sheet.kind(i - 1), sheet.kind(i + 1)) if k in families), None)
            sheet.mark(i, kin or kind, "widget.button")


def _has_company(sheet: Sheet, kinds: Sequence[str | None], i: int) -> bool:
    """True when another widget stands beside a button, or behind one line that is no paragraph."""
    for step in (-1, 1):
        for k in (i + step, i + 2 * step):
            if not 0 <= k < len(kinds):
                break
            if kinds[k] or sheet.kind(k) not in (None, "caption", "furniture"):
                return True
            if is_prose(sheet.lines[k]) or sheet.lines[max(k, k - step)].gap:
                break
    return False


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
    last = max((i for i in range(len(sheet.lines)) if _speaks_of_comments(sheet, i)), default=-1)
    named = [
        i for i, line in enumerate(sheet.lines) if _names_comments(line) and _speaks_of_comments(sheet, i)
    ]
    for i, line in enumerate(sheet.lines):
        kind = sheet.kind(i)
        heads = kind == "comments" or (
            kind is None and (button(line) == "comments" or _counts_comments(line))
        )
        if heads:
            if not inside and _opens_comments(sheet, i, named):
                inside, empty = True, bool(_NONE_YET.search(line.text))
            elif inside and not _NONE_YET.search(line.text):
                empty = False
            if inside or (kind is None and _alone(sheet, i)):
                sheet.mark(i, "comments", "comments.section")
        elif inside and (_leaves(sheet, i, last) or _next_article(sheet, i)):
            inside = False
        elif inside and not empty:
            sheet.mark(i, "comments", "comments.section", over=_OWN if i <= last else ())


def _counts_comments(line: Line) -> bool:
    """True for a heading that counts comments: `7 comments on “The bridge”`."""
    first = line.words[:3]
    return (
        len(line.words) <= 20
        and "0" in first
        and lexicon().names(first, "comments")
        and not closed(line.text)
    )


def _names_comments(line: Line) -> bool:
    """True for a line with a word such as `comments` in it; a button such as `Like` does not name them."""
    return lexicon().names(line.words, "comments")


def _speaks_of_comments(sheet: Sheet, i: int) -> bool:
    """True for a button, heading or notice of a comment section."""
    line = sheet.lines[i]
    if "comments" in (sheet.kind(i), button(line)) or (sheet.free(i) and _counts_comments(line)):
        return True
    return (
        len(line.words) <= 25
        and sheet.kind(i) in (None, "account")
        and lexicon().topic(line.words) == "comments"
    )


def _opens_comments(sheet: Sheet, i: int, named: Sequence[int]) -> bool:
    """True when there is text above, and what stands below is comments rather than the article.

    A heading that does not name them (`Have your say`) opens them only if no later one does.
    """
    before = sheet.prose_size(range(i))
    certain = i in named or "0" in sheet.lines[i].words
    if before < 50 or (not certain and any(k > i for k in named)):
        return False
    after = sheet.prose_size(range(i + 1, len(sheet.lines)))
    between = sheet.prose(i - 1) and i + 1 < len(sheet.lines) and sheet.prose(i + 1)
    if certain and before >= after and not between:
        return after <= 400 or _signs(sheet, i + 1, 8)[0] > 0
    signs, longest = _signs(sheet, i + 1, 50)
    return not after or (signs >= 3 and longest < 4)


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


def _alone(sheet: Sheet, i: int) -> bool:
    """True unless a heading stands between two paragraphs, where it may be a subheading of the article."""
    return not (sheet.prose(i - 1) if i else False) or not (
        sheet.prose(i + 1) if i + 1 < len(sheet.lines) else False
    )


def _leaves(sheet: Sheet, i: int, last: int) -> bool:
    """True for a line that begins something other than comments; below the last button of theirs a menu does too."""
    line = sheet.lines[i]
    kind = sheet.kind(i) or button(line)
    if kind in ("legal", "consent") and i < last:
        return not any(
            (sheet.kind(k) or button(sheet.lines[k])) == "comments"
            for k in range(i + 1, min(i + 9, last + 1))
        )
    if kind in ("related", "legal", "consent") or "bio" in hits(line.text).whole:
        return True
    below = sheet.lines[i + 1] if i + 1 < len(sheet.lines) else None
    if kind == "navigation" and below and (sheet.kind(i + 1) or button(below)) == "navigation":
        return True
    return i > last and (
        kind in ("navigation", "subscribe", "account")
        or (not is_prose(line) and not (below and is_prose(below)))
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


@rule(
    "section", "related.section", "related",
    why="Below a heading such as `Most read` stand titles and teasers of other articles; running text of some length "
    "means that the article goes on.",
    removes=[(
        "The council met on Monday to vote on the new bridge over the river.\nMost read\nBakery to close on Saturday",
        "Bakery to close on Saturday")],
    keeps=[(
        "Most read\nBakery to close on Saturday\nThe council met on Monday to vote on the new bridge over the river. "
        "It took until midnight, and the mayor left before the end of it. The vote was 12 to 9, and the bridge will be "
        "built, if the money that was promised in May is still there in June of the year after next.",
        "The council met on Monday to vote on the new bridge over the river. "
        "It took until midnight, and the mayor left before the end of it. The vote was 12 to 9, and the bridge will be "
        "built, if the money that was promised in May is still there in June of the year after next.")],
)  # fmt: skip
def related_sections(sheet: Sheet) -> None:
    """Mark what stands below a heading of other articles."""
    for i, line in enumerate(sheet.lines):
        if not _heads_related(sheet, line):
            continue
        items = list(_related_items(sheet, i))
        if items or sheet.kind(i) == "related" or _alone(sheet, i):
            sheet.mark(i, "related", "related.section")
            for k in items:
                sheet.mark(k, _themed(sheet.lines[k]) or "related", "related.section")


def _heads_related(sheet: Sheet, line: Line) -> bool:
    kind = sheet.kind(line.index)
    if kind is None:
        return button(line) == "related"
    if kind != "related" or not sheet.fates[line.index].rule.startswith("related.label"):  # type: ignore[union-attr]
        return False
    label, colon, rest = line.text.replace("：", ":").partition(":")
    return (
        not (colon and rest.strip())
        and (bool(hits(line.text).whole) or len(line.words) <= 8)
        and not closed(line.text.rstrip(":："))
    )


def _related_items(sheet: Sheet, i: int) -> Iterator[int]:
    """The lines below a heading that are titles or teasers."""
    resume = _body_resumes(sheet, i + 1)
    bulleted = i + 1 < len(sheet.lines) and bool(_BULLET.match(sheet.lines[i + 1].text))
    for k in range(i + 1, len(sheet.lines)):
        line = sheet.lines[k]
        kind = sheet.kind(k) or (button(line) if k > i + 1 else None) or (resume and _themed(line))
        if kind not in (None, "related", "navigation", "advert", "counter", "caption"):
            return
        if resume is None and not (bulleted and is_prose(line) and not _BULLET.match(line.text)):
            yield k
            continue
        gap = line.gap and k > i + 1 and not sheet.lines[i + 1].gap
        if (
            is_prose(line)
            or resume is None
            or k >= resume
            or gap
            or k > i + 8
            or (bulleted and not _BULLET.match(line.text))
        ):
            return
        yield k


def _themed(line: Line) -> str | None:
    """The family that a line names with one of its own words (`newsletter`), or speaks of."""
    known = lexicon()
    named = (kind for kind in ("account", "consent", "subscribe") if known.names(line.words, kind))
    return known.topic(line.words) or (next(named, None) if closed(line.text) else None)


def _body_resumes(sheet: Sheet, start: int) -> int | None:
    """The line at which running text of an article goes on after `start`, or None: two paragraphs or a long one."""
    run: list[int] = []
    if not sheet.prose_size(range(start)):  # nothing yet of the article: it must follow
        return next((k for k in range(start, len(sheet.lines)) if sheet.prose(k)), None)
    for k in range(start, len(sheet.lines)):
        if sheet.kind(k) in ("comments", "legal"):
            return None
        text = sheet.lines[k].text
        if sheet.prose(k) and not text.endswith(("...", "…", "[…]")):
            run.append(k)
            total = sum(size(sheet.lines[j].text) for j in run)
            if (total >= 330 and closed(text)) or len(run) >= 3:
                return run[0]
        elif not sheet.free(k) or len(run) < 2:
            run = run if sheet.kind(k) in ("related", "advert", "caption", "player") else []
    return None


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
        beside = (sheet.kind(k) for k in range(line.index - 2, line.index + 3))
        if (
            sheet.free(line.index)
            and any(kind in ("subscribe", "account") for kind in beside)
            and is_offer(line)
        ):
            sheet.mark(line.index, "subscribe", "widget.box")
    for kind in ("consent", "subscribe", "account"):
        marked = [i for i in range(len(sheet.lines)) if sheet.kind(i) == kind]
        for a, b in zip(marked, marked[1:], strict=False):
            between = [k for k in range(a + 1, b) if sheet.free(k)]
            if b - a <= 5 and len(between) <= 3 and sum(size(sheet.lines[k].text) for k in between) <= 320:
                for k in between:
                    sheet.mark(k, kind, "widget.box")
        for i in marked:
            if i + 1 < len(sheet.lines) and sheet.free(i + 1) and _ends_box(sheet.lines[i + 1]):
                sheet.mark(i + 1, lexicon().topic(sheet.lines[i + 1].words) or kind, "widget.box")
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


def main_script(sheet: Sheet) -> str | None:
    """The script that most letters of the running text of a page have, if it is clearly one."""
    found = scripts(" ".join(line.text for line in sheet.lines if sheet.prose(line.index)))
    if not found:
        return None
    name, count = found.most_common(1)[0]
    return name if count >= 0.6 * sum(found.values()) else None


def in_other_script(line: Line, main: str) -> bool:
    """True when most letters of a line are not of the main script of its page."""
    found = scripts(line.text)
    total = sum(found.values())
    return total >= 3 and found[main] < 0.4 * total


@rule(
    "section", "banner.other-script", "banner",
    why="A line in another script than the article, above it or below it, is the site's; a quotation stands within the text.",
    removes=[(
        "پیک هامون\nBridge opens after ten years\n\nThe council met on Monday to vote on the new bridge over the river.",
        "پیک هامون")],
    keeps=[(
        "The old man stood on the new bridge over the river and said:\nقال الشاعر قولا جميلا\n"
        "Nobody who was there that day has forgotten what he said and how.", "قال الشاعر قولا جميلا")],
)  # fmt: skip
def other_script(sheet: Sheet) -> None:
    """Mark lines of another script that stand above or below all running text."""
    main = main_script(sheet)
    if main is None:
        return
    prose = [
        i for i in range(len(sheet.lines)) if sheet.prose(i) and not in_other_script(sheet.lines[i], main)
    ]
    if not prose:
        return
    for i in sheet.free_lines():
        if not prose[0] < i < prose[-1] and in_other_script(sheet.lines[i], main):
            sheet.mark(i, "banner", "banner.other-script")
