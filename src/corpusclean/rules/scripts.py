"""Lines in another script than the article: a Persian banner over an English article, or the reverse."""

from __future__ import annotations

from ..model import Line
from ..registry import rule
from ..sheet import Sheet, scripts


def main_script(sheet: Sheet) -> str | None:
    """The script that most letters of the running text of a page have, if it is clearly one."""
    found = scripts(" ".join([sheet.lines[i].text for i in sheet.prose_lines()]))
    if not found:
        return None
    name, count = found.most_common(1)[0]
    return name if count >= 0.6 * sum(found.values()) else None


def in_other_script(line: Line, main: str) -> bool:
    """True when most letters of a line are not of the main script of its page."""
    if main == "latin" and line.text.isascii():
        return False
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
    prose = sheet.prose_lines()
    first = next((i for i in prose if not in_other_script(sheet.lines[i], main)), None)
    last = next((i for i in reversed(prose) if not in_other_script(sheet.lines[i], main)), None)
    if first is None or last is None:
        return
    for i in sheet.free_lines():
        if not first < i < last and in_other_script(sheet.lines[i], main):
            sheet.mark(i, "banner", "banner.other-script")
