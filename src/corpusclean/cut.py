"""The knife: marks and articles become records and removals. Nothing else in corpusclean removes text.

Comes in: a sheet (the page and its marks) and its layout. Goes out: the records, whose paragraphs are the
free lines of the articles, and a removal for everything else. Both are views of one trace: a line goes to
exactly one side, its raw characters follow from the trace, and what repairs dropped outside of any paragraph
is gathered into removals at the end, so no character can fall between.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .config import Config
from .dedup import Links
from .model import Cleaned, Copy, Edit, Mark, RawText, Record, Removal, Repair, Source, Span, Trace
from .registry import RULES, rule
from .repair.spacing import collapse_runs
from .sheet import Sheet
from .split import Layout

LEFT_OVER = "page.left-over"
GLUED = "caption.glued"
DUPLICATE = "duplicate.record"
SHARED = "repeat.shared"
for _name, _kind, _why in (
    (LEFT_OVER, "navigation", "The page has no article that this line could belong to."),
    (DUPLICATE, "duplicate", "The record nearly equals an earlier one of the run, which stays."),
    (SHARED, "repeat", "The passage also stands in an earlier record of the run, which keeps it."),
    (GLUED, "caption", "The name of a widget or picture is glued to the front of the headline."),
):
    rule("cut", _name, _kind, why=_why)(_why.strip)

_FACTS = frozenset(
    ("title", "authors", "date", "publisher", "section", "tags", "dateline", "language", "first_published")
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the page's text that stays, and the part it belongs to."""

    span: Span
    part: int


def cut(source: Source, raw: RawText, sheet: Sheet, layout: Layout) -> Cleaned:
    """The records and removals of a page; together they hold every character of it that is not blank."""
    digest = hashlib.sha256(source.data).hexdigest()
    page_trace = sheet.page.trace
    paragraphs, marks = _paragraphs(sheet, layout)
    trace, paragraphs = _tidied(page_trace, paragraphs)
    ids = {part: record_id(source.name, digest, part) for part in range(1, len(layout.articles) + 1)}
    spans = {paragraph.span: _with_dropped(trace, paragraph.span) for paragraph in paragraphs}
    records = []
    for part, article in enumerate(layout.articles, 1):
        own = [paragraph for paragraph in paragraphs if paragraph.part == part]
        if own:
            facts = {key: value for key, value in article.facts.items() if key in _FACTS}
            records.append(
                Record(
                    id=ids[part],
                    source=source.name,
                    part=part,
                    text="\n\n".join(paragraph.span.of(trace.text) for paragraph in own),
                    spans=tuple((spans[p.span].start, spans[p.span].end) for p in own),
                    authors=article.authors,
                    **facts,  # type: ignore[arg-type]
                )
            )
    removed = []
    for mark, index in marks:
        start, end = page_trace.raw_range(mark.span.start, mark.span.end)
        where = layout.part_of(index) if records else None
        copy = _copy(source, mark, page_trace, where, ids) if mark.of else None
        why = RULES.find(mark.rule).why
        text = raw.text[start:end]
        removed.append(
            Removal(
                source.name,
                where,
                start,
                end,
                text,
                mark.kind,
                mark.rule,
                why,
                mark.field,
                copy,
                mark.confidence,
            )
        )
    taken = [(span.start, span.end) for span in spans.values()] + [(r.start, r.end) for r in removed]
    removed += _gather(source, raw, trace, taken)
    removed.sort(key=lambda removal: removal.start)
    return Cleaned(source, raw, tuple(records), tuple(removed), tuple(_repairs(source, trace, spans)))


def cut_linked(cleaned: Cleaned, links: Sequence[Links], config: Config) -> Cleaned:
    """The page with its links to earlier records written into its records, or cut out where the settings say so."""
    records: list[Record] = []
    removed = list(cleaned.removed)
    for record, link in zip(cleaned.records, links, strict=True):
        gone: dict[tuple[int, int], tuple[str, Copy]] = {}
        if link.duplicate_of and config.duplicates == "drop":
            gone = dict.fromkeys(record.spans, (DUPLICATE, link.duplicate_of))
        elif config.shared == "drop":
            gone = {(repeat.start, repeat.end): (SHARED, repeat.of) for repeat in link.repeats}
        for (start, end), (name, copy) in gone.items():
            text, kind = cleaned.raw.text[start:end], RULES.find(name).kind
            why = RULES.find(name).why
            removed.append(Removal(record.source, record.part, start, end, text, kind, name, why, None, copy))
        kept = [
            (p, span)
            for p, span in zip(record.text.split("\n\n"), record.spans, strict=True)
            if span not in gone
        ]
        if kept:
            records.append(
                replace(
                    record,
                    text="\n\n".join(text for text, _ in kept),
                    spans=tuple(span for _, span in kept),
                    repeats=() if config.shared == "drop" else link.repeats,
                    duplicate_of=link.duplicate_of.id if link.duplicate_of else None,
                )
            )
    removed.sort(key=lambda removal: removal.start)
    return replace(cleaned, records=tuple(records), removed=tuple(removed))


def record_id(name: str, digest: str, part: int) -> str:
    """The id of a record: the same source name, bytes and part always have the same.

    >>> record_id("a.txt", "00", 1)
    'ad034c2e5173f30c'
    """
    return hashlib.sha256(f"{name}\0{digest}\0{part}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _paragraphs(sheet: Sheet, layout: Layout) -> tuple[list[Paragraph], list[tuple[Mark, int]]]:
    """The stretches that stay, and the marks of those that go, each with its line."""
    paragraphs: list[Paragraph] = []
    marks: list[tuple[Mark, int]] = []
    for line in sheet.lines:
        mark = sheet.fates[line.index]
        glued = sheet.glued.get(line.index)
        if mark and not glued:
            marks.append((mark, line.index))
            continue
        span = line.span
        if glued:
            marks.append((Mark(Span(span.start, glued[0]), glued[1], GLUED), line.index))
            span = Span(glued[0], span.end)
        if mark:
            marks.append((replace(mark, span=span), line.index))
        else:
            part = layout.part_of(line.index) or (1 if layout.articles else 0)
            if part:
                paragraphs.append(Paragraph(span, part))
            else:
                marks.append((Mark(span, "navigation", LEFT_OVER), line.index))
    return paragraphs, marks


def _tidied(trace: Trace, paragraphs: list[Paragraph]) -> tuple[Trace, list[Paragraph]]:
    """The trace and the paragraphs after runs of blanks inside paragraphs became single ones."""
    edits = []
    moved: list[Paragraph] = []
    shorter = 0
    for paragraph in paragraphs:
        start = paragraph.span.start
        runs = collapse_runs(paragraph.span.of(trace.text))
        if not runs and not shorter:
            moved.append(paragraph)
            continue
        edits += [
            Edit(Span(start + run.span.start, start + run.span.end), run.after, run.rule) for run in runs
        ]
        less = sum(len(run.span) - len(run.after) for run in runs)
        moved.append(Paragraph(Span(start - shorter, paragraph.span.end - shorter - less), paragraph.part))
        shorter += less
    return trace.apply(edits), moved


def _with_dropped(trace: Trace, span: Span) -> Span:
    """The raw span of a paragraph, with the characters that repairs dropped at its very ends."""
    start, end = trace.raw_range(span.start, span.end)
    for piece in reversed(trace.touching(start)):
        if piece.raw.end == start and not len(piece.text) and not piece.raw.of(trace.raw).isspace():
            start = piece.raw.start
    while (dropped := _dropped_at(trace, end)) is not None:
        end = dropped
    return Span(start, end)


def _dropped_at(trace: Trace, raw_offset: int) -> int | None:
    """Where the characters end that a repair dropped from a raw offset on, if it dropped any but blanks there."""
    for piece in trace.touching(raw_offset):
        if piece.raw.start == raw_offset and len(piece.raw) and not len(piece.text):
            return None if piece.raw.of(trace.raw).isspace() else piece.raw.end
    return None


def _copy(source: Source, mark: Mark, trace: Trace, part: int | None, ids: Mapping[int, str]) -> Copy | None:
    """Where the copy of a repeated passage stands that stayed."""
    if mark.of is None or part is None:
        return None
    there = trace.raw_span(mark.of)
    return Copy(ids[part], source.name, part, there.start, there.end, mark.similarity or 1.0)


def _gather(source: Source, raw: RawText, trace: Trace, taken: Iterable[tuple[int, int]]) -> list[Removal]:
    """Removals for characters that no line has: repairs dropped them outside of every paragraph."""
    found: list[Removal] = []
    at = 0
    for first, last in [*sorted(taken), (len(raw.text), len(raw.text))]:
        gap = raw.text[at:first] if first > at else ""
        if gap and not gap.isspace():
            start = at + len(gap) - len(gap.lstrip())
            end = at + len(gap.rstrip())
            rule = trace.rule_at(start) or LEFT_OVER
            found.append(
                Removal(
                    source.name,
                    None,
                    start,
                    end,
                    raw.text[start:end],
                    "furniture",
                    rule,
                    RULES.find(rule).why,
                )
            )
        at = max(at, last)
    return found


def _repairs(source: Source, trace: Trace, spans: Mapping[Span, Span]) -> Iterable[Repair]:
    """What was rewritten inside paragraphs and removals; blanks trimmed between lines are not told.

    Where a paragraph begins or ends inside a replacement, the repair tells the part of it that the paragraph has.
    """
    texts = sorted(spans)
    starts = [span.start for span in texts]
    for piece in trace.replaced():
        before = piece.raw.of(trace.raw)
        k = bisect_left(starts, piece.text.end if len(piece.text) else piece.text.start + 1) - 1
        here = Span(piece.text.start, piece.text.end)
        for span in texts[max(0, k - 1) : k + 2]:
            inside = spans[span].start <= piece.raw.start and piece.raw.end <= spans[span].end
            if inside:
                start = max(here.start, span.start)
                here = Span(start, max(start, min(here.end, span.end)))
                break
        else:
            if before.isspace():
                continue
        yield Repair(
            source.name, piece.raw.start, piece.raw.end, before, here.of(trace.text), "+".join(piece.rules)
        )
