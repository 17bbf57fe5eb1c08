"""Single buttons, notices and addresses: what decides about them is what stands beside them.

A button alone between two paragraphs is a subheading (an essay about log-in pages has `Log in` as one); beside
another widget, or above or below all running text, it is a button.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..phrases import hits
from ..registry import rule
from ..sheet import Sheet
from .shapes import is_contact
from .widgets import button, notice

_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?\s?[KkMm]?|--")


def _buttons(sheet: Sheet) -> list[str | None]:
    """For each line the family of the single button it is, when no rule has it yet."""
    return [None if fate else kind for fate, kind in zip(sheet.fates, sheet.each(button), strict=True)]


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
    for i, kind in enumerate(sheet.each(notice)):
        if (
            kind
            and sheet.free(i)
            and sheet.lines[i].text[0] not in "\"“„«‘'「『‹"
            and not (_article_side(sheet, i, -1) and _article_side(sheet, i, 1))
        ):
            sheet.mark(i, kind, "widget.notice")


def _article_side(sheet: Sheet, i: int, step: int) -> bool:
    """True when the next line in a direction is running text that no phrase list knows anything about."""
    k = i + step
    return 0 <= k < len(sheet.lines) and sheet.prose(k) and not sheet.each(notice)[k]


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
    prose = sheet.prose_lines() or [len(sheet.lines)]
    for i in sheet.free_lines():
        if not prose[0] < i < prose[-1] and is_contact(sheet.lines[i]):
            sheet.mark(i, "banner", "banner.contact")


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
    for i, fate in enumerate(sheet.fates):  # `Video` in a menu is not a player
        if fate and fate.kind in ("player", "counter"):
            beside = [kinds[k] or sheet.kind(k) for k in (i - 1, i + 1) if 0 <= k < len(kinds)]
            if beside == ["navigation"] * 2 and hits(sheet.lines[i].text).whole:
                sheet.mark(i, "navigation", "widget.button", over=("player", "counter"))
    prose = sheet.prose_lines()
    first, last = (prose[0], prose[-1]) if prose else (len(kinds), -1)
    for i, kind in enumerate(kinds):
        if kind is None or kind == "related":
            continue
        if _has_company(sheet, kinds, i) or (not first < i < last and kind != "caption"):
            families = hits(sheet.lines[i].text).whole
            kin = next((k for k in (sheet.kind(i - 1), sheet.kind(i + 1)) if k in families), None)
            sheet.mark(i, kin or kind, "widget.button")


@rule(
    "section", "counter.beside", "counter",
    why="A number alone in a line beside a widget counts likes, comments or views; a number of the article has no widget "
    "beside it.",
    removes=[(
        "What the weir remembers\n14\nShare\nTweet\nThe council met on Monday to vote on the new bridge over the river.", "14")],
    keeps=[("The council met on Monday to vote on the bridge, and the result was:\n12\nThat is one vote more than was needed.",
            "12")],
)  # fmt: skip
def counts(sheet: Sheet) -> None:
    """Mark bare numbers that stand beside a share row or the buttons of comments."""
    for line in sheet.lines:
        if len(line.text) <= 8 and sheet.free(line.index) and _COUNT.fullmatch(line.text):
            near = [sheet.kind(k) for k in range(line.index - 2, line.index + 4)]
            kind = next((kind for kind in near if kind in ("share", "comments")), None)
            if kind:
                sheet.mark(line.index, kind, "counter.beside")


def _has_company(sheet: Sheet, kinds: Sequence[str | None], i: int) -> bool:
    """True when another widget stands beside a button, or behind one line that is no paragraph."""
    for step in (-1, 1):
        for k in (i + step, i + 2 * step):
            if not 0 <= k < len(kinds):
                break
            if kinds[k] or sheet.kind(k) not in (None, "caption", "furniture"):
                return True
            if sheet.running[k] or sheet.lines[max(k, k - step)].gap:
                break
    return False
