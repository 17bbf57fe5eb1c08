"""What became of the characters of a source while its text was repaired.

Comes in: a raw text and edits. Goes out: the edited text, and for each stretch of it the raw characters
that stand behind it. A trace is a row of pieces that covers raw text and edited text without gap or
overlap; each piece is either a copy or a replacement with the names of the rules that made it. Applying
further edits merges them into that row, so that however many repairs ran there is one map from the raw
text to the text that rules read, and one list of what was rewritten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .span import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `after`, because of `rule`."""

    span: Span
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the raw text and what stands for it now; `rules` is empty when it is a copy."""

    raw: Span
    text: Span
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A raw text, the text made from it, and the pieces that join the two.

    >>> trace = Trace.of("a&amp;b").apply([Edit(Span(1, 6), "&", "entities")])
    >>> trace.text
    'a&b'
    >>> trace.raw_span(Span(1, 3))
    Span(start=1, end=7)
    >>> Trace("ab", "ab", (Piece(Span(0, 1), Span(0, 1)),))
    Traceback (most recent call last):
        ...
    ValueError: the pieces of a trace must cover both texts without a gap
    """

    raw: str
    text: str
    pieces: tuple[Piece, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _raw_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        joined = all(
            a.raw.end == b.raw.start and a.text.end == b.text.start for a, b in pairwise(self.pieces)
        )
        if self.pieces:
            first, last = self.pieces[0], self.pieces[-1]
            ends = (first.raw.start, first.text.start, last.raw.end, last.text.end)
            joined = joined and ends == (0, 0, len(self.raw), len(self.text))
        if not joined or not self.pieces:
            raise ValueError("the pieces of a trace must cover both texts without a gap")
        object.__setattr__(self, "_starts", tuple([piece.text.start for piece in self.pieces]))
        object.__setattr__(self, "_raw_starts", tuple([piece.raw.start for piece in self.pieces]))

    @classmethod
    def of(cls, raw: str) -> Trace:
        """A trace in which nothing has been edited yet."""
        whole = Span(0, len(raw))
        return cls(raw, raw, (Piece(whole, whole),))

    def apply(self, edits: Iterable[Edit]) -> Trace:
        """The trace after the edits, whose spans count in the present `text`.

        Edits are ordered by place; two that overlap are refused with ValueError.

        >>> once = Trace.of("one two").apply([Edit(Span(3, 4), "", "spacing")])
        >>> twice = once.apply([Edit(Span(2, 4), "-", "hyphen")])
        >>> twice.text, twice.pieces[1].rules
        ('on-wo', ('spacing', 'hyphen'))
        """
        ordered = sorted(edits, key=lambda edit: edit.span)
        for a, b in pairwise(ordered):
            if a.span.end > b.span.start:
                raise ValueError(f"edits overlap: {a} and {b}")
        if not ordered:
            return self
        if ordered[-1].span.end > len(self.text):
            raise ValueError(f"an edit lies outside the text: {ordered[-1]}")
        return _Weaver(self).weave(ordered)

    def raw_span(self, span: Span) -> Span:
        """The raw characters behind a stretch of the text.

        A stretch that cuts into a replacement has the whole raw stretch of that replacement behind it.

        >>> Trace.of("ab").apply([Edit(Span(0, 1), "xyz", "demo")]).raw_span(Span(1, 2))
        Span(start=0, end=1)
        """
        return Span(*self.raw_range(span.start, span.end))

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """The same from offset to offset."""
        first = self.pieces[self.index_at(start)]
        raw_start = first.raw.start + (0 if first.rules else start - first.text.start)
        if start == end:
            return raw_start, raw_start
        last = first if end <= first.text.end else self.pieces[self.index_at(end - 1)]
        raw_end = last.raw.end if last.rules else last.raw.start + end - last.text.start
        return min(raw_start, raw_end), raw_end

    def replaced(self) -> Iterator[Piece]:
        """The pieces that are not copies, in order."""
        return (piece for piece in self.pieces if piece.rules)

    def touching(self, raw_offset: int) -> tuple[Piece, ...]:
        """The pieces that begin or end at a raw offset or hold it, in order."""
        low = at = bisect_right(self._raw_starts, raw_offset)
        while low > 0 and self.pieces[low - 1].raw.end >= raw_offset:
            low -= 1
        return self.pieces[low:at]

    def rule_at(self, raw_offset: int) -> str | None:
        """The last rule that rewrote the raw character at an offset, or None where it was copied."""
        at = bisect_right(self._raw_starts, raw_offset) - 1
        rules = self.pieces[at].rules if at >= 0 else ()
        return rules[-1] if rules else None

    def index_at(self, offset: int) -> int:
        """Index of the last piece that starts at or before a text offset (the one that holds it)."""
        return max(0, bisect_right(self._starts, offset) - 1)


class _Weaver:
    """Builds the pieces of a trace after edits; keeps copies merged and replacements minimal."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.pieces: list[Piece] = []
        self.parts: list[str] = []
        self.raw_at = 0
        self.text_at = 0

    def emit(self, raw_end: int, text: str, rules: tuple[str, ...]) -> None:
        if raw_end == self.raw_at and not text:
            return
        raw, here = Span(self.raw_at, raw_end), Span(self.text_at, self.text_at + len(text))
        before = self.pieces[-1] if self.pieces else None
        if before and not rules and not before.rules:
            raw, here = Span(before.raw.start, raw.end), Span(before.text.start, here.end)
            self.pieces.pop()
        self.pieces.append(Piece(raw, here, rules))
        self.parts.append(text)
        self.raw_at, self.text_at = raw_end, here.end

    def weave(self, edits: Sequence[Edit]) -> Trace:
        old = self.trace
        pieces = old.pieces
        i, at = 0, 0  # the next piece, and how far into the old text its characters are used

        def copy_to(limit: int) -> None:
            nonlocal i, at
            while i < len(pieces) and pieces[i].text.end <= limit:
                piece = pieces[i]
                raw_end = piece.raw.end
                self.emit(raw_end, old.text[at : piece.text.end], piece.rules)
                at = piece.text.end
                i += 1
            if i < len(pieces) and at < limit:
                piece = pieces[i]
                if not piece.rules:
                    self.emit(piece.raw.start + limit - piece.text.start, old.text[at:limit], ())
                    at = limit

        groups = self._grouped(edits)
        for start, end, after, rules in groups:
            copy_to(start)
            touched: list[str] = []
            raw_end = self.raw_at
            while i < len(pieces) and (pieces[i].text.start < end or pieces[i].text.end <= end) and at < end:
                piece = pieces[i]
                touched += piece.rules
                if piece.text.end <= end:
                    raw_end, at, i = piece.raw.end, piece.text.end, i + 1
                else:
                    raw_end, at = piece.raw.start + end - piece.text.start, end
            self.emit(raw_end, after, tuple(dict.fromkeys([*touched, *rules])))
        copy_to(len(old.text))
        nothing = Piece(Span(0, 0), Span(0, 0))
        return Trace(old.raw, "".join(self.parts), tuple(self.pieces) or (nothing,))

    def _grouped(self, edits: Sequence[Edit]) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        """Edits widened to whole replacements where they cut into one, and merged where that makes them meet."""
        text, find = self.trace.text, self.trace.index_at
        start = end = -1
        after: list[str] = []
        rules: list[str] = []
        for edit in edits:
            low, high = edit.span.start, edit.span.end
            first, last = self.trace.pieces[find(low)], self.trace.pieces[find(max(low, high - 1))]
            if first.rules and first.text.start < low < first.text.end:
                low = first.text.start
            if last.rules and last.text.start < high < last.text.end:
                high = last.text.end
            if rules and low < end:
                after[-1:] = [after[-1][: len(after[-1]) - (end - edit.span.start)], edit.after]
                tail = text[edit.span.end : max(high, end)]
            else:
                if rules:
                    yield start, end, "".join(after), tuple(rules)
                start, after, rules = low, [text[low : edit.span.start], edit.after], []
                tail = text[edit.span.end : high]
                end = high
            after.append(tail)
            end = max(end, high)
            rules.append(edit.rule)
        if rules:
            yield start, end, "".join(after), tuple(rules)
