"""Lists and teasers of other articles under a heading, at the end of a page or inside the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Line
from ..phrases import hits, lexicon
from ..registry import rule
from ..repair.lines import closed
from ..sheet import Sheet
from .widgets import button

_BULLET = re.compile(r"[-–—•*·‣▪►◄▶○●◦›»▲■□]\s?|\(?\d{1,2}[.)]?\s")


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
    for i, (line, kind) in enumerate(zip(sheet.lines, sheet.each(button), strict=True)):
        fate = sheet.fates[i]
        if (fate.kind if fate else kind) != "related" or not _heads_related(sheet, line):
            continue
        items = list(_related_items(sheet, i))
        if items or sheet.kind(i) == "related" or not sheet.between(i):
            sheet.mark(i, "related", "related.section")
            for k in items:
                sheet.mark(k, _themed(sheet.lines[k]) or "related", "related.section")


def _heads_related(sheet: Sheet, line: Line) -> bool:
    """True for a button that is a heading of other articles, or their label with nothing behind it."""
    fate = sheet.fates[line.index]
    if fate is None:
        return True
    if not fate.rule.startswith("related.label"):
        return False
    _, colon, rest = line.text.replace("：", ":").partition(":")
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
        kind = sheet.kind(k) or (sheet.each(button)[k] if k > i + 1 else None) or (resume and _themed(line))
        if kind not in (None, "related", "navigation", "advert", "counter", "caption"):
            return
        if resume is None and not (bulleted and sheet.running[k] and not _BULLET.match(line.text)):
            yield k
            continue
        gap = line.gap and k > i + 1 and not sheet.lines[i + 1].gap
        if (
            sheet.running[k]
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
    return hits(line.text).topic or (next(named, None) if closed(line.text) else None)


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
            total = sum([sheet.sizes[j] for j in run])
            if (total >= 330 and closed(text)) or len(run) >= 3:
                return run[0]
        elif not sheet.free(k) or len(run) < 2:
            run = run if sheet.kind(k) in ("related", "advert", "caption", "player") else []
    return None
