"""The way back: the text of a source from its records, removals, repairs and blanks alone.

Every character of a source lies in a paragraph, in a removal, or is white space between them. Removals and
blanks are kept as they stood; a paragraph becomes its raw characters again when the repairs inside its span
are undone. Laid side by side in the order of their starts, these stretches are the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .source import RawText, Row


@dataclass(frozen=True, slots=True)
class Remainder:
    """What a source needs besides records, removals and repairs to be rebuilt.

    `sha256` is the digest of the bytes that must come out (of the whole row, for a row of JSON lines; of the
    flat text, where `markup` is true). `blanks` are pairs of a start and the white space that begins there.
    `failed` is a row that could not be cleaned, kept whole.
    """

    source: str
    sha256: str
    encoding: str = "utf-8"
    length: int = 0
    strays: tuple[tuple[int, int], ...] = ()
    blanks: tuple[tuple[int, str], ...] = ()
    markup: bool = False
    row: Row | None = None
    failed: str | None = None


class _Record(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def spans(self) -> Sequence[tuple[int, int]]: ...


class _Removal(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def text(self) -> str: ...


class _Repair(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


def rebuild(
    remainder: Remainder,
    records: Iterable[_Record],
    removed: Iterable[_Removal],
    repaired: Iterable[_Repair],
) -> RawText:
    """The decoded source again; ValueError when the parts do not join.

    >>> rebuild(Remainder("a.txt", "", length=1, blanks=((0, " "),)), (), (), ()).text
    ' '
    >>> rebuild(Remainder("a.txt", "", length=2, blanks=((0, " "),)), (), (), ())
    Traceback (most recent call last):
        ...
    ValueError: characters 1 to 2 are missing
    """
    stretches = [(removal.start, removal.text) for removal in removed]
    stretches += remainder.blanks
    undo = _Undo(repaired)
    for record in records:
        paragraphs = record.text.split("\n\n") if record.spans else []
        if len(paragraphs) != len(record.spans):
            raise ValueError(f"a record has {len(paragraphs)} paragraphs, but {len(record.spans)} spans")
        for paragraph, (start, end) in zip(paragraphs, record.spans, strict=True):
            stretches.append((start, undo(paragraph, start, end)))
    return RawText(_joined(stretches, remainder.length), remainder.encoding, remainder.strays)


def _joined(stretches: list[tuple[int, str]], length: int) -> str:
    parts: list[str] = []
    at = 0
    for start, text in sorted(stretches):
        if start > at:
            raise ValueError(f"characters {at} to {start} are missing")
        if start + len(text) > at:
            parts.append(text[at - start :])
            at = start + len(text)
    if at < length:
        raise ValueError(f"characters {at} to {length} are missing")
    return "".join(parts)


class _Undo:
    """Takes repairs back: a paragraph and its span in, the raw characters of that span out."""

    def __init__(self, repaired: Iterable[_Repair]) -> None:
        self.repairs = sorted(repaired, key=lambda repair: (repair.start, repair.end))
        self.starts = [repair.start for repair in self.repairs]

    def __call__(self, paragraph: str, start: int, end: int) -> str:
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end + 1, first)
        inside = [repair for repair in self.repairs[first:last] if repair.end <= end]
        raw = _undone(paragraph, start, end, inside)
        if raw is None:
            # something inserted exactly at an edge of the span belongs to the neighbour
            inside = [repair for repair in inside if repair.end > start and repair.start < end]
            raw = _undone(paragraph, start, end, inside)
        if raw is None:
            raise ValueError(f"the repairs of characters {start} to {end} do not lead back to them")
        return raw


def _undone(paragraph: str, start: int, end: int, repairs: Sequence[_Repair]) -> str | None:
    """The raw characters from `start` to `end`; None when the repairs do not fit the paragraph."""
    parts: list[str] = []
    raw_at, at = start, 0
    for repair in repairs:
        stop = at + repair.start - raw_at
        if stop < at or not paragraph.startswith(repair.after, stop):
            return None
        parts += (paragraph[at:stop], repair.before)
        raw_at, at = repair.end, stop + len(repair.after)
    parts.append(paragraph[at:])
    return "".join(parts) if len(paragraph) - at == end - raw_at else None
