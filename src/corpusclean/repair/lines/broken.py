"""Sentences that links, quotes and bold words broke over several lines.

Each break gets points from the line above it and from the line below it, and then from the breaks around it: a
link stands in the middle of a sentence, so where the line after it goes on, the link goes on too. On a page on
which lines begin with commas, any open line is likely to be broken; elsewhere it may be a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .ends import calls_for_more, goes_on, is_item, starts_small
from .hyphens import halves
from .lists import LONG, is_list, verse_lines
from .rows import Rows

_SHORT = 40  # characters: links, names and menus are shorter
_ENOUGH = 0.3
_LINKS = 3  # lines between blanks, by which a page shows that links broke its sentences
_ROUNDS = 4  # what one break says is passed on to so many breaks above and below it
# A sentence ends inside of the line; searched from the stop, since letters are everywhere.
_PROSE = re.compile(
    r"[.!?。！？](?:(?<=[。！？])\S|(?:(?<=[^\W\d_]{2}[.!?])|(?<=[)\]”»\"][.!?]))[\"'”’»)\]]? \S)"
)

# What speaks for a break inside a sentence: logarithms of odds, fitted on pages whose paragraphs are known. Those
# pages had few texts in scripts without capitals and few pages without links: the three marked are by judgement.
POINTS = {
    "start": -3.3,
    "below goes on": 6.4,
    "below small": 3.2,
    "below small, closes": 1.5,
    "below without case": 1.5,  # by judgement
    "below in a list": -1.9,
    "below long": -0.4,
    "above calls": 3.7,
    "above comma": 2.7,
    "above joiner": 2.9,
    "above prose": 0.6,
    "blank": 1.7,
    "no blank": -1.5,
    "blank without links": 3.5,  # by judgement
    "above long": 0.6,
    "both short": -0.5,
    "links": 0.6,
    "joined above": 1.7,
    "link below": 2.5,
    "link below, long above": 1.2,  # by judgement
    "joined below": 1.2,
}


def broken(rows: Rows, wrapped: frozenset[int] = frozenset()) -> frozenset[int]:
    """The lines that go on with a sentence that was broken in the line before them; not the `wrapped` ones.

    >>> from corpusclean.model import Trace
    >>> text = "The story was told last winter in the\\nHarbour Gazette\\n, which has since closed."
    >>> sorted(broken(Rows.of(Trace.of(text))))
    [1, 2]
    """
    links = _has_links(rows)
    verse = frozenset[int]() if links else verse_lines(rows)
    signs: dict[int, list[str]] = {}
    for after, gap in enumerate(rows.gaps):
        if not gap and after not in wrapped:
            found = _signs(rows, after, links=links, verse=after in verse)
            if found:
                signs[after] = found
    alone = {after: _score(own) for after, own in signs.items()}
    joined = wrapped | {after for after, points in alone.items() if points > _ENOUGH}
    for _ in range(_ROUNDS):
        beside = ({i - 1 for i in joined} | {i + 1 for i in joined}) - joined
        more = {
            after
            for after in beside & alone.keys()
            if alone[after] + _score(_company(rows, signs, joined, after)) > _ENOUGH
        }
        if not more:
            break
        joined |= more
    return (joined - wrapped) | {i for i in range(1, len(rows)) if rows.gaps[i] and _spans_gap(rows, i)}


def _score(signs: Iterable[str]) -> float:
    return sum(map(POINTS.__getitem__, signs))


def _has_links(rows: Rows) -> bool:
    """True when lines of the page begin with commas and stops, or stand between a blank before and a blank behind
    them, before which small letters go on: only lines do that which a link broke."""
    signs = sum(text[0] in ",.;)،؛" and goes_on(text) for text in rows.texts)
    if signs >= 2 and signs >= 0.05 * sum(len(text) >= LONG for text in rows.texts):
        return True
    return sum(_between_blanks(rows, i) for i in sorted(rows.blanks)) >= _LINKS


def _between_blanks(rows: Rows, after: int) -> bool:
    """True when the line above a break is set off by blanks from both its neighbours, and the sentence goes on."""
    set_off = after - 1 in rows.blanks and rows.indents[after] == 1 and not rows.indents[after - 1]
    return set_off and not rows.gaps[after] and _is_small(rows.texts[after])


def _signs(rows: Rows, after: int, *, links: bool, verse: bool) -> list[str]:
    """What the two lines at a break say; nothing where no sentence can go on."""
    above, below = rows.texts[after - 1], rows.texts[after]
    goes = goes_on(below) and (links or len(below) > 1 or len(above) >= _SHORT)
    if not goes and (verse or rows.closed[after - 1] or "=" in above or "=" in below):
        return []
    small = not goes and _is_small(below)
    if is_item(below) and not (goes or (links and small)):
        return []
    signs = ["start", "links"] if links else ["start"]
    if goes:
        signs.append("below goes on")
    elif small:
        signs.append("below small")
        if rows.closed[after]:
            signs.append("below small, closes")
        elif is_list(rows, after):
            signs.append("below in a list")
    elif below[0].isalpha() and below[0].lower() == below[0].upper():
        signs.append("below without case")
    _add_above(signs, rows, after)
    _add_sizes(signs, rows, after, links=links)
    return signs


def _add_above(signs: list[str], rows: Rows, after: int) -> None:
    """How the line above asks for more: with a bracket or hyphen, a comma, a word such as `the`."""
    above, below = rows.texts[after - 1], rows.texts[after]
    if calls_for_more(above) or (above[-1] in "-\u2010" and below[0].islower() and halves(above, below)):
        signs.append("above calls")
    elif above[-1] in ",،，、":
        signs.append("above comma")
    elif rows.joins(after - 1):
        signs.append("above joiner")
    if _PROSE.search(above):
        signs.append("above prose")


def _add_sizes(signs: list[str], rows: Rows, after: int, *, links: bool) -> None:
    """What the lengths of both lines say, and blanks at the break."""
    above, below = rows.sizes[after - 1], rows.sizes[after]
    if above >= LONG:
        signs.append("above long")
    if below >= _SHORT:
        signs.append("below long")
    elif above < _SHORT:
        signs.append("both short")
    if links and rows.blanks:
        signs.append("blank" if after in rows.blanks else "no blank")
    elif after in rows.blanks and rows.indents[after] and max(above, below) >= LONG and above >= 20:
        signs.append("blank without links")


def _is_small(text: str) -> bool:
    """True for a small letter at the start, also behind a bracket or dash; an address of the web has no case."""
    if text[0] in "([–—":
        text = text[1:].lstrip() or text
    return starts_small(text) and not text.startswith(("http", "www."))


def _company(rows: Rows, signs: dict[int, list[str]], joined: frozenset[int], after: int) -> list[str]:
    """What the breaks above and below say: the parts of a broken sentence come in rows."""
    found = []
    if after - 1 in joined:
        found.append("joined above")
    if after + 1 in joined and after + 1 in signs and not rows.closed[after]:
        if {"below goes on", "below small"} & set(signs[after + 1]) and len(rows.texts[after]) < _SHORT:
            found.append("link below")
            if len(rows.texts[after - 1]) >= _SHORT and rows.texts[after - 1][-1].islower():
                found.append("link below, long above")
        else:
            found.append("joined below")
    return found


def _spans_gap(rows: Rows, after: int) -> bool:
    """True when a sentence goes on after an empty line: it is long and open, and small letters follow, or a blank
    and what closes it."""
    above, below = rows.texts[after - 1], rows.texts[after]
    if len(above) < 60:
        return False
    if (
        after in rows.blanks
        and rows.indents[after] == 1
        and not rows.closed[after - 1]
        and rows.closed[after]
    ):
        return not is_item(below)
    return (above[-1].islower() or above[-1] == ",") and _is_small(below) and " " in below
