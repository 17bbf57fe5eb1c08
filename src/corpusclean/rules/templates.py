"""What recurs on the pages of the site: menus, boxes and notices that no phrase list knows.

The evidence comes from package `templates`. A line that recurs is still the article's where it stands alone among its
text, and where the article is told by it: a headline that other pages link to, a byline, an author's name.
"""

from __future__ import annotations

from ..model import Line
from ..phrases import hits
from ..registry import rule
from ..sheet import Sheet, is_prose
from ..split.bylines import read_byline
from ..split.heads import is_title
from ..split.names import is_name
from .widgets import button, notice

HEAD = 4  # lines above a text in which its headline and bylines stand
_MENU = ("Our harbour", "Tides and winds")
_END = ("Ask the keeper", "The lighthouse fund")
_FIRST = "The council met on Monday to vote on the new bridge over the river, and it took until midnight."
_SECOND = "Three winters after the fire the company moves into the former grain store at the harbour."


def _site(*rows: tuple[str, ...]) -> tuple[str, ...]:
    """The pages of an example: what each has between the menu and the end that all of them have."""
    return tuple("\n".join((*_MENU, *row, *_END)) for row in rows)


@rule(
    "template", "template.line", "navigation",
    why="A line that stands on other pages of the site, too, beside others that do, is the site's, unless the article "
    "is told by it: its headline, its byline, a paragraph.",
    removes=[(_site((_FIRST,), (_SECOND,)), "Ask the keeper"), (_site((_FIRST,), (_SECOND,)), "Tides and winds")],
    keeps=[
        (_site((_FIRST, "What it will cost", _SECOND), (_SECOND[:-1] + "!", "What it will cost", _FIRST[:-1] + "!")),
         "What it will cost"),
    ],
)  # fmt: skip
def recurring_lines(sheet: Sheet) -> None:
    """Mark the lines that recur word for word."""
    _mark(sheet, "line", "template.line", 0.5)


@rule(
    "template", "template.shape", "navigation",
    why="A line that recurs on other pages of the site with other numbers, beside lines that recur, is filled in by the "
    "site: counts, pages, prices.",
    removes=[(_site((_FIRST, "1204 rowers so far"), (_SECOND, "17 rowers so far")), "1204 rowers so far")],
    keeps=[(_site((_FIRST, "Day 1", _SECOND), (_SECOND[:-1] + "!", "Day 2", _FIRST[:-1] + "!")), "Day 1")],
)  # fmt: skip
def recurring_shapes(sheet: Sheet) -> None:
    """Mark the lines that recur with other numbers."""
    _mark(sheet, "shape", "template.shape", 0.25)


def _mark(sheet: Sheet, how: str, name: str, strong: float) -> None:
    """Mark the lines that recur in this way and have company: with weak evidence, on both sides."""
    if sheet.seen is None:
        return
    heads, signed = _heads(sheet), _signed(sheet)
    shared = [_is_shared(sheet, i) for i in range(len(sheet.lines))]
    shared.append(True)  # for both ends of the page
    for i in sheet.free_lines():
        seen = sheet.seen[i]
        if seen.how != how:
            continue
        before, after = shared[_next(sheet, i, -1)], shared[_next(sheet, i, 1)]
        company = (before or after) if seen.share >= strong else (before and after)
        if company and not _tells(
            sheet.lines[i], i in heads or i in signed, before and i not in signed, after
        ):
            sheet.mark(i, _kind(sheet, i), name)


def _next(sheet: Sheet, i: int, step: int) -> int:
    """The next line in a direction that has a word in it: the numbers of a list part nothing."""
    i += step
    while 0 <= i < len(sheet.lines) and not any(word != "0" for word in sheet.lines[i].words):
        i += step
    return i if i < len(sheet.lines) else -1


def _is_shared(sheet: Sheet, i: int) -> bool:
    """True for a line that recurs or that a rule has marked; prose that may be the article's is not counted."""
    return not sheet.free(i) or (sheet.seen is not None and sheet.seen[i].how not in ("", "prose"))


def _heads(sheet: Sheet) -> set[int]:
    """The lines right above a text that does not recur, or not for certain."""
    found: set[int] = set()
    for i in sheet.free_lines():
        if is_prose(sheet.lines[i]) and not _is_shared(sheet, i):
            found.update(range(max(0, i - HEAD), i))
    return found


def _signed(sheet: Sheet) -> set[int]:
    """The lines around each dated byline that does not recur word for word: the name below `By`, the headline."""
    found: set[int] = set()
    for i in sheet.free_lines():
        if sheet.seen is not None and sheet.seen[i].how != "line":
            byline = read_byline(sheet.lines[i].text)
            if byline and byline.date:
                found.update(range(max(0, i - HEAD), i + 2))
    return found


def _tells(line: Line, in_head: bool, before: bool, after: bool) -> bool:
    """True for a line that can be this article's own: its byline, and in its head a headline or a name below it."""
    known = hits(line.text)
    told = read_byline(line.text) is not None or bool(known.whole & {"byline", "published"})
    if not in_head:
        return told and not (before and after)
    named = not before and 2 <= len(line.words) <= 4 and is_name(line.text, 4)
    titled = len(line.words) >= 4 and is_title(line)
    return told or named or titled


def _kind(sheet: Sheet, i: int) -> str:
    """What a line is: as it says, as both its neighbours are, a link to an article, else navigation."""
    line = sheet.lines[i]
    said = hits(line.text).topic or button(line) or notice(line)
    beside = sheet.kind(i - 1)
    if said or (
        beside is not None and beside == sheet.kind(i + 1) and beside not in ("metadata", "caption", "bio")
    ):
        return said or str(beside)
    return "related" if len(line.words) >= 5 and is_title(line) and not is_prose(line) else "navigation"
