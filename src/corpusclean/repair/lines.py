"""Mending broken lines: sentences that a link broke over two lines, and paragraphs wrapped at a width.

Comes in: a trace whose text has its lines as the scrape left them. Goes out: the trace with the line breaks
inside sentences replaced. A line break is mended only on evidence from both sides of it, never next to a
line that is known to be a widget, and not in lists, poems and tables:

- the line stops in mid-sentence (no closing punctuation), and the next one goes on: it begins with a small
  letter or with punctuation, or the line ends with a word that calls for more (`joiners.txt`);
- or the lines are wrapped: nearly every line of the paragraph is so full that the next word had no room.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from ..model import Edit, Line, Page, Span, Trace, fold_words
from ..model.fold import size

CLOSED = re.compile(r"[.!?…。！？؟۔:：;；]\s?[\"'”’“‘»›)\]）」』*\d]{0,4}$")
_GOES_ON = re.compile(r"[,.;:!?)\]»”’،؛,。、][\s\w]|['’]s\b|[,.;)\]»”]$")
_BULLET = re.compile(r"[-–—•*·‣▪►○●◦✓✔]\s|\(?\d{1,3}[.)]\s|#")
_CJK_END = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]$")
_CJK_START = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_STOPS = ".,;:!?…—–،؛؟。，；：！？"
_NEAR = 12  # lines: what is looked at on each side to tell lists and verse
_LONG = 70  # characters: longer than the lines of verse, of lists and of most tables
LINK_BREAK = "lines.broken-by-link"
WRAPPED = "lines.wrapped"
HYPHEN = "lines.hyphenated"


@cache
def _joiners() -> dict[str, frozenset[str]]:
    text = (files("corpusclean.repair") / "joiners.txt").read_text("utf-8")
    rows = (line.partition(":") for line in text.splitlines() if not line.startswith("#"))
    return {
        name: frozenset(word for part in row.split() for word in fold_words(part)) for name, _, row in rows
    }


def _joiners_of(lines: Sequence[Line]) -> frozenset[str]:
    """The joining words of the language that the lines have most of; `war` ends a heading in English only."""
    counts = Counter(word for line in lines for word in line.words)
    lists = _joiners()
    return lists[max(lists, key=lambda name: sum(counts[word] for word in lists[name]))]


def closed(text: str) -> bool:
    """True when a line ends as sentences end.

    >>> closed("He left."), closed("He said: “Go!”"), closed("The general is")
    (True, True, False)
    """
    return bool(CLOSED.search(text, max(0, len(text) - 6)))


def mend_lines(trace: Trace, certain: Callable[[str], bool]) -> Trace:
    """The trace with broken lines joined. `certain` tells of a line that it is a widget, label or notice.

    >>> text = "General White is\\n the top commander. He warned that this could be a bloody campaign."
    >>> mend_lines(Trace.of(text), lambda line: False).text
    'General White is the top commander. He warned that this could be a bloody campaign.'
    """
    if "\n" not in trace.text and "\r" not in trace.text:
        return trace
    page = Page.of(trace)
    whole = (
        " ".join(line.folded for line in page.lines)
        if "-\n" in trace.text or "\u2010\n" in trace.text
        else ""
    )
    joiners = _joiners_of(page.lines)
    breaks: dict[int, str] = {}
    for run in _runs(page.lines):
        breaks |= _wrapped(run) or _broken(run, joiners)
    indented = sum(map(page_indent := _indent(page.text), page.lines))
    hints = 2 * indented < len(page.lines)  # a blank before a line says something where most lines have none
    for before, after in pairwise(page.lines):
        hinted = hints and page_indent(after) and _hinted(before, after)
        if hinted or (after.gap and _spans_gap(before, after)):
            breaks[after.index] = LINK_BREAK
    edits = []
    for index, rule in breaks.items():
        before, after = page.lines[index - 1], page.lines[index]
        if certain(before.text) or certain(after.text):
            continue
        edits.append(_join(before, after, rule, whole))
    return trace.apply(edits)


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in stretches without an empty line between them."""
    runs: list[list[Line]] = []
    for line in lines:
        if line.gap or not runs:
            runs.append([])
        runs[-1].append(line)
    return runs


def _wrapped(run: Sequence[Line]) -> dict[int, str]:
    """The line breaks of a wrapped stretch, or nothing when its lines end where they like.

    The width is that of the longest line. A break is forced when the next word would not have fitted.
    """
    if len(run) < 3:
        return {}
    width = max(len(line.text) for line in run)
    if not 30 <= width <= 130:
        return {}
    forced = [
        index
        for index, (before, after) in enumerate(pairwise(run), 1)
        if len(before.text) + 1 + len(_first_word(after.text)) > width - 2 and not _BULLET.match(after.text)
    ]
    stops = sum(line.text[-1] in _STOPS for line in run[:-1])  # verse breaks where its sentences pause
    if len(forced) < 0.6 * (len(run) - 1) or stops > 0.4 * (len(run) - 1) or not _runs_on(run[1:]):
        return {}
    return {run[index].index: WRAPPED for index in forced}


def _runs_on(lines: Sequence[Line]) -> bool:
    """True when lines begin in mid-sentence as often as in a wrapped paragraph: many with small letters.

    In scripts without small letters they have to be wider than verse, and few of them may end a sentence.
    """
    if not any(line.text[0] != line.text[0].swapcase() for line in lines):
        wide = max(size(line.text) for line in lines) >= 62 and len(lines) >= 3
        return wide and sum(closed(line.text) for line in lines[:-1]) <= 0.3 * len(lines)
    return sum(starts_small(line.text) for line in lines) >= 0.3 * len(lines)


def _first_word(text: str) -> str:
    return text[:1] if _CJK_START.match(text) else text.split(None, 1)[0]


def _broken(run: Sequence[Line], joiners: frozenset[str]) -> dict[int, str]:
    """The breaks inside sentences of a stretch of lines."""
    if len(run) < 2:
        return {}
    found: dict[int, str] = {}
    chain_is_open = False  # the line before was itself joined to the one before it
    for at in range(1, len(run)):
        before, after = run[at - 1], run[at]
        joins = (
            not closed(before.text)
            and "=" not in before.text + after.text
            and not _BULLET.match(after.text)
            and not _is_list(run, at)
            and (
                _continues(before, after, chain_is_open)
                or _calls_for_more(before, joiners)
                or _bridges(run, at)
            )
        )
        if joins and not _is_verse(run, at):
            found[after.index] = LINK_BREAK
        chain_is_open = after.index in found
    return found


def _continues(before: Line, after: Line, chained: bool) -> bool:
    """True when `after` goes on with the sentence of `before`, by what stands on both sides of the break."""
    enough = chained or len(before.words) >= 3 or size(after.text) >= _LONG
    if starts_small(after.text) or _GOES_ON.match(after.text):
        return enough and (chained or not starts_small(before.text))
    if before.text.endswith((",", "،", "，", "、")):
        return size(before.text) >= _LONG or size(after.text) >= _LONG
    return False


def _calls_for_more(before: Line, joiners: frozenset[str]) -> bool:
    """True when a line ends with a word that cannot end a heading or a sentence."""
    ends = len(before.words) >= 3 and before.words[-1] in joiners and not _BULLET.match(before.text)
    return ends and before.text[-1] not in ')]"”»' and not before.text[-1].isupper()


def starts_small(text: str) -> bool:
    """True when a text begins with a small letter as running text does (not as `iPhone` does).

    >>> starts_small("the end"), starts_small("iPhone"), starts_small("The end"), starts_small("a b")
    (True, False, False, True)
    """
    return text[0].islower() and (len(text) < 2 or not text[1].isupper())


def _bridges(run: Sequence[Line], at: int) -> bool:
    """True when a short line stands between two parts of one sentence: a link with a capital letter."""
    before, here = run[at - 1], run[at]
    if len(before.text) < 40 or not before.text[-1].islower() or at + 1 >= len(run):
        return False
    after = run[at + 1]
    short = len(here.words) <= 6 and not closed(here.text)
    return short and (starts_small(after.text) or bool(_GOES_ON.match(after.text)))


def _is_list(run: Sequence[Line], at: int) -> bool:
    """True when the lines from `at` on are entries of a list in small letters, not the end of a sentence."""
    entries = []
    for line in run[at : at + _NEAR]:
        if not starts_small(line.text) or len(line.text) >= 60:
            break
        entries.append(line)
    return len(entries) >= 2 and not any(closed(line.text) for line in entries)


def _is_verse(run: Sequence[Line], at: int) -> bool:
    """True when the lines around a break are all short, as in a poem or a table."""
    low, high = at - 1, at
    while low > max(0, at - _NEAR) and size(run[low - 1].text) < _LONG:
        low -= 1
    while high < min(len(run), at + _NEAR) and size(run[high].text) < _LONG:
        high += 1
    return high - low >= 4 and all(len(line.text) < _LONG for line in run[at - 1 : at + 1])


def _indent(text: str) -> Callable[[Line], bool]:
    """A test whether a line has exactly one blank before it, as text after a link has."""

    def one_blank(line: Line) -> bool:
        at = line.span.start
        return text[at - 1 : at] == " " and text[at - 2 : at - 1] in ("\n", "\r", "")

    return one_blank


def _hinted(before: Line, after: Line) -> bool:
    """True when a line that has one blank before it can go on with the open sentence above it."""
    if closed(before.text) or _BULLET.match(after.text) or "=" in before.text + after.text:
        return False
    return max(size(before.text), size(after.text)) >= _LONG and size(before.text) >= 20


def _spans_gap(before: Line, after: Line) -> bool:
    """True when a sentence goes on after an empty line: long, open, and small letters behind the gap."""
    return (
        len(before.text) >= 60
        and starts_small(after.text)
        and len(after.words) >= 2
        and (before.text[-1].islower() or before.text[-1] == ",")
    )


def _join(before: Line, after: Line, rule: str, whole: str) -> Edit:
    """The edit that joins two lines: a blank, nothing (CJK, punctuation), or the hyphen taken out."""
    gap = Span(before.span.end, after.span.start)
    if _CJK_END.search(before.text) and _CJK_START.match(after.text):
        return Edit(gap, "", rule)
    if before.text[-1] in "-\u2010" and before.text[-2:-1].isalpha() and starts_small(after.text):
        word = " ".join((*fold_words(before.text)[-1:], *fold_words(after.text)[:1])).replace(" ", "")
        if f" {word} " in f" {whole} ":
            return Edit(Span(before.span.end - 1, after.span.start), "", HYPHEN)
        return Edit(gap, "", HYPHEN)
    if after.text[0] in ",.;:!?)]»”’،؛，。、" and not after.text.startswith("..."):
        return Edit(gap, "" if after.text[0] not in ":!?»;" else " ", rule)
    return Edit(gap, " ", rule)
