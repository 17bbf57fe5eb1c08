"""A cleaned page as rows: for each line its stretches, what became of each, and which rule decided.

Works from `Cleaned` alone. The lines are those of the raw text, numbered as an editor numbers them; every
line that is not blank gives one row for each stretch of it with a fate of its own, in the order of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Cleaned, Removal, Repair, Repeat

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)?+")
_JOIN = " \u21a9"  # an arrow that turns back: the line goes on below


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a stretch of the raw text: a paragraph of a record, or a removal."""

    start: int
    end: int
    part: int | None
    paragraph: int = 0
    removal: Removal | None = None

    @property
    def kind(self) -> str:
        return self.removal.kind if self.removal else "kept"


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of one line that has one fate. `text` is in pieces, (how, what): how is "" for what stands
    in the raw text as well, "was" for what a repair took, "now" for what it put there, "blank" for a blank that
    it put in the place of other blanks, "join" for a line end that is no more."""

    line: int
    start: int
    end: int
    fate: Fate
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The rows of a page, and how to find a line by its offset."""

    cleaned: Cleaned
    line_starts: tuple[int, ...]
    fates: tuple[Fate, ...]

    @classmethod
    def of(cls, cleaned: Cleaned) -> Explained:
        """A cleaned page, ready to be shown."""
        kept = [
            Fate(start, end, record.part, paragraph)
            for record in cleaned.records
            for paragraph, (start, end) in enumerate(record.spans, 1)
        ]
        gone = [Fate(removal.start, removal.end, removal.part, 0, removal) for removal in cleaned.removed]
        starts = tuple(match.start() for match in _LINE.finditer(cleaned.raw.text) if match[0])
        return cls(cleaned, starts, tuple(sorted([*kept, *gone], key=lambda fate: (fate.start, fate.end))))

    def line_of(self, offset: int) -> int:
        """The number of the line that holds a character; the first line is 1."""
        return bisect_right(self.line_starts, offset)

    def rows(self) -> Iterator[Row]:
        """All rows, in the order of the page."""
        repairs = sorted(self.cleaned.repaired, key=lambda repair: (repair.start, repair.end))
        starts = [repair.start for repair in repairs]
        text = self.cleaned.raw.text
        for fate in self.fates:
            for number in range(self.line_of(fate.start), self.line_of(max(fate.end - 1, fate.start)) + 1):
                start, end = self._clip(fate, number)
                if text[start:end].strip():
                    here = repairs[_first(repairs, starts, start) : bisect_right(starts, end - 1)]
                    yield Row(number, start, end, fate, tuple(_pieces(text, start, end, here)))

    def _clip(self, fate: Fate, number: int) -> tuple[int, int]:
        last = number == len(self.line_starts)
        line_end = len(self.cleaned.raw.text) if last else self.line_starts[number]
        return max(fate.start, self.line_starts[number - 1]), min(fate.end, line_end)

    def repeats(self) -> dict[int, Repeat]:
        """The passages of the records that also stand earlier, by the line they begin in."""
        return {
            self.line_of(repeat.start): repeat for record in self.cleaned.records for repeat in record.repeats
        }


def _first(repairs: list[Repair], starts: list[int], offset: int) -> int:
    """The index of the first repair that ends after `offset`; repairs do not overlap."""
    index = bisect_right(starts, offset) - 1
    return index if index >= 0 and repairs[index].end > offset else index + 1


def _pieces(text: str, start: int, end: int, repairs: list[Repair]) -> Iterator[tuple[str, str]]:
    """A stretch of the raw text with its repairs told apart. One that began in the line above is not told again."""
    at = start
    for repair in repairs:
        if repair.start >= start:
            yield from _plain(text[at : repair.start])
            yield from _repaired(repair)
        at = max(at, repair.end)
    yield from _plain(text[at:end].rstrip("\r\n"))


def _plain(text: str) -> Iterator[tuple[str, str]]:
    if text:
        yield ("", text)


def _repaired(repair: Repair) -> Iterator[tuple[str, str]]:
    if "\n" in repair.before or "\r" in repair.before:
        yield ("join", _JOIN)
    elif repair.before.isspace() and repair.after.isspace():
        yield ("blank", repair.after)
    else:
        yield ("was", repair.before)
        if repair.after:
            yield ("now", repair.after)
