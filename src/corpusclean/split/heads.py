"""Where the articles of a page begin, and what their heads say.

Comes in: a page and the marks made on sight. Goes out: for each article its lines, its title and what its
bylines say. A head is a cluster of bylines (lines that say who or when) with a title next to it and running
text after it. A page with several heads of one form, each with its own text, is an archive; a page without
any has one article, perhaps with a title over its first paragraph, perhaps without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Line
from ..model.fold import size
from ..phrases import hits
from ..repair.lines import closed, starts_small
from ..sheet import Sheet, is_prose
from .bylines import Byline, may_be_byline, read_byline
from .names import is_cased, is_name, is_person

_GLUE = re.compile(r"(?<=[a-zà-öø-ÿа-яё])(?=[A-ZÀ-ÖØ-ÞА-ЯЁ])")
_GLUED = frozenset(("caption", "player", "advert", "share", "navigation"))
LEAST_TEXT = 180  # characters of running text that an entry of an archive has at least
ENOUGH_TEXT = 700


@dataclass
class Head:
    """The head of an article: line indices of its bylines and its title, and where its text begins."""

    bylines: dict[int, Byline]
    title: int | None = None

    @property
    def first(self) -> int:
        return min([*self.bylines, *([] if self.title is None else [self.title])], default=0)

    @property
    def last(self) -> int:
        return max([*self.bylines, *([] if self.title is None else [self.title])], default=-1)

    @property
    def form(self) -> str:
        dated = [byline.form for byline in self.bylines.values() if byline.date]
        return dated[0] if dated else ""


def find_bylines(sheet: Sheet) -> dict[int, Byline]:
    """The free lines that are bylines, by index; a label and the name or date on the next line are read as one."""
    found: dict[int, Byline] = {}
    skip = -1
    for i in sheet.free_lines():
        text = sheet.lines[i].text
        if i == skip or len(text) > 170 or not may_be_byline(sheet.lines[i].words):
            continue
        if hits(text).whole & {"byline", "published"} and i + 1 < len(sheet.lines) and sheet.free(i + 1):
            joined = read_byline(f"{text.rstrip(':')}: {sheet.lines[i + 1].text}")
            if joined and (joined.date or joined.authors):
                found[i] = Byline("")
                found[i + 1] = joined
                skip = i + 1
                continue
        byline = read_byline(text)
        if byline:
            found[i] = byline
    return found


def is_title(line: Line) -> bool:
    """True for a line that can be a headline: some words, not a paragraph, not ending as a sentence does.

    >>> from corpusclean.model import Page, Trace
    >>> [is_title(line) for line in Page.of(Trace.of("Bridge opens after ten years\\nHe left. She stayed.")).lines]
    [True, False]
    """
    text = line.text
    if text[0] in "-–—@,.;:)+*&%" or not len(line.words) >= 2 or not size(text) >= 8 or len(text) > 240:
        return False
    ends = text.rstrip("\"'”’»)")
    if ends.endswith((".", "。", "۔", ":", ";", ",")) and not ends.endswith("..."):
        return False
    inner = [mark for mark in (". ", "。", "؟ ", "? ", "! ") if mark in text[: max(0, len(text) - 12)]]
    return len(inner) <= 1 or len(text) < 120


def find_heads(sheet: Sheet, bylines: dict[int, Byline]) -> list[Head]:
    """The heads of the articles of a page, in order; one without bylines or title when nothing is found."""
    clusters = _with_text(sheet, _clusters(sheet, bylines))
    heads = [_head(sheet, bylines, cluster) for cluster in clusters]
    if heads and _stands_inside(sheet, heads[0]):
        heads = []
    if len(heads) > 1:
        entries = _archive(sheet, heads)
        heads = entries if len(entries) > 1 else heads[:1]
    if not heads:
        heads = [_bare_head(sheet)]
    return heads


def _clusters(sheet: Sheet, bylines: dict[int, Byline]) -> list[list[int]]:
    """Bylines in groups: no running text and at most three other lines stand between those of one head."""
    groups: list[list[int]] = []
    for i in sorted(bylines):
        between = range(groups[-1][-1] + 1, i) if groups else range(0)
        free = [k for k in between if sheet.free(k)]
        if groups and len(free) <= 2 and not any(is_prose(sheet.lines[k]) for k in free):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _head(sheet: Sheet, bylines: dict[int, Byline], cluster: Sequence[int]) -> Head:
    """A head with the best line around its bylines as the title: above them, else among them, else below.

    A line below wins over one above that looks like an entry of a menu (few words, short lines above it) or has
    a menu below it.
    """
    lines = sheet.lines
    before = [
        k for k in range(cluster[0] - 1, max(-1, cluster[0] - 10), -1) if sheet.free(k) and k not in bylines
    ]
    inside = [k for k in range(cluster[0], cluster[-1]) if sheet.free(k) and k not in bylines]
    after = [k for k in range(cluster[-1] + 1, min(len(lines), cluster[-1] + 8)) if sheet.free(k)]
    scores: dict[int, float] = {}
    above = _title_before(sheet, before)
    if above is not None:
        entry = above > 0 and len(lines[above].words) <= 4 and len(lines[above - 1].words) <= 3
        over_menu = any(sheet.kind(k) == "navigation" for k in range(above + 1, cluster[-1]))
        scores[above] = min(len(lines[above].words), 5) + (0 if entry or _is_label(lines[above]) else 3)
        scores[above] -= 4 if over_menu else 0
    among = next((k for k in inside if _may_head(sheet, lines[k])), None)
    if among is not None:
        scores[among] = min(len(lines[among].words), 5) + 1
    if len(after) > 1 and _may_head(sheet, lines[after[0]]):
        scores[after[0]] = min(len(lines[after[0]].words), 5)
    title = max(scores, key=lambda k: (scores[k], -k)) if scores else _button_title(sheet, cluster[0] - 1)
    return Head({i: bylines[i] for i in cluster}, title)


def _button_title(sheet: Sheet, i: int) -> int | None:
    """The line above a byline that reads like a button, if no other widget stands near: a headline may read so."""
    fate = sheet.fates[i] if i >= 0 else None
    alone = i == 0 or (i > 0 and sheet.lines[i].gap and sheet.kind(i - 1) is None)
    return i if fate and fate.rule == "widget.button" and alone else None


def _may_head(sheet: Sheet, line: Line) -> bool:
    """True for a line below or among bylines that can be the headline."""
    return _fits(sheet, line) and not is_prose(line) and not hits(line.text).whole


def _fits(sheet: Sheet, line: Line) -> bool:
    """True for a line that can be a headline of this page: small letters begin one only where all is written so."""
    small = starts_small(line.text) and not glued(line.text)[0]
    return is_title(line) and (not small or sheet.in_small_letters())


def glued(text: str) -> tuple[int, str]:
    """How many characters at the front of a headline are a widget's word glued to it, and the kind of that word.

    >>> glued("article imageBridge opens after ten years"), glued("McArthur speaks")
    ((13, 'caption'), (0, ''))
    """
    match = _GLUE.search(text[:40])
    families = hits(text[: match.start()]).whole & _GLUED if match else None
    return (match.start(), min(families)) if match and families else (0, "")


def _is_label(line: Line) -> bool:
    return len(line.words) <= 2 or bool(hits(line.text).whole) or bool(hits(line.text).strip)


def _title_before(sheet: Sheet, before: Sequence[int]) -> int | None:
    """The title above a byline: the nearest line that can be one; a standfirst may stand between."""
    again = next((k for k in before[:5] if len(sheet.lines[k].words) >= 3 and _alone_again(sheet, k)), None)
    if again is not None and _fits(sheet, sheet.lines[again]):
        return again  # what stands twice on a page is its headline
    names = [
        k
        for n, k in enumerate(before[:5])
        if is_person(sheet.lines[k].text)
        and (is_cased(sheet.lines[k].text) or (n == 0 and len(sheet.lines[k].words) == 2))
        and (n == 0 or len(sheet.lines[k].words) == 2)
    ]
    labels = {
        k for k in before if hits(sheet.lines[k].text).whole & {"published", "byline", "section", "source"}
    }
    rest = [k for k in before if k not in names and k not in labels]
    if names and rest and not is_title(sheet.lines[rest[0]]) and not is_prose(sheet.lines[rest[0]]):
        rest = list(before)
    for distance, k in enumerate(rest[:3]):
        line = sheet.lines[k]
        above = sheet.lines[rest[distance + 1]] if distance + 1 < len(rest) else None
        if (
            above
            and _fits(sheet, above)
            and 4 <= len(above.words) < len(line.words)
            and 2 * len(line.words) > 24
            and not _is_label(above)
        ):
            return above.index  # a standfirst without a full stop, and the headline above it
        if _fits(sheet, line) and (
            not is_prose(line) or line.text.endswith(("?", "!", "؟", "？", "！", "…"))
        ):
            return k
        if _fits(sheet, line) and size(line.text) < 240 and not closed(line.text):
            return k
        if distance == 0 and not (30 <= size(line.text) <= 700):
            return None
        if distance >= 1:
            return None
    return None


def _alone_again(sheet: Sheet, k: int) -> bool:
    """True for a line that stands on the page more than once, and not among others that do, as a menu's entries."""
    if sheet.times(k) == 1:
        return False
    around = range(max(0, k - 2), min(len(sheet.lines), k + 3))
    again = "".join("x" if sheet.times(i) > 1 and len(sheet.lines[i].words) <= 4 else "-" for i in around)
    return "xxx" not in again


def _with_text(sheet: Sheet, clusters: list[list[int]]) -> list[list[int]]:
    """The clusters that running text follows before the next one begins."""
    ends = [*(cluster[0] for cluster in clusters[1:]), len(sheet.lines)][: len(clusters)]
    return [
        cluster
        for cluster, end in zip(clusters, ends, strict=True)
        if sheet.prose_size(range(cluster[-1] + 1, end)) >= 50
    ]


def _stands_inside(sheet: Sheet, head: Head) -> bool:
    """True when the first head stands within the text rather than above it: the signature of a quoted post, say."""
    above = sheet.prose_size(range(head.first))
    return above > ENOUGH_TEXT and above > 0.25 * sheet.prose_size(range(len(sheet.lines)))


def _archive(sheet: Sheet, heads: list[Head]) -> list[Head]:
    """The heads that are entries of an archive: dated or signed, with a title and enough text of their own."""
    entries = []
    for n, head in enumerate(heads):
        end = heads[n + 1].first if n + 1 < len(heads) else len(sheet.lines)
        text = sheet.prose_size(range(head.last + 1, end))
        dated = any(byline.date for byline in head.bylines.values())
        if head.title is not None and dated and text >= LEAST_TEXT:
            entries.append(head)
    if len(entries) < 2:
        return heads[:1]
    return entries


def _bare_head(sheet: Sheet) -> Head:
    """The head of a page without bylines: the line over the first paragraph, if it can be a title."""
    head = Head({})
    prose = next((i for i in sheet.free_lines() if is_prose(sheet.lines[i])), None)
    if prose is None:
        first = next(iter(sheet.free_lines()), None)
        if first is not None and is_title(sheet.lines[first]) and not is_name(sheet.lines[first].text, 1):
            head.title = first
        return head
    before = list(sheet.free_lines(0, prose))[-4:]
    titles = [k for k in before if _fits(sheet, sheet.lines[k]) and not _is_label(sheet.lines[k])]
    if not titles and len(before) == 1 and is_title(sheet.lines[before[0]]):
        known = hits(sheet.lines[before[0]].text)
        titles = [] if known.whole or known.strip else before
    head.title = max(titles, key=lambda k: (min(len(sheet.lines[k].words), 6), -k), default=None)
    return head
