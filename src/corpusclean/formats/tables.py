"""What a row of each file of the output folder looks like: which keys, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from ..errors import Failure
from ..model import Copy, Record, Remainder, Removal, Repeat

_FIRST = (
    "id", "source", "part", "title", "publisher", "section", "dateline", "language", "authors", "tags", "date",
    "first_published", "text", "spans", "repeats", "duplicate_of",
)  # fmt: skip
_NAMES = (*_FIRST, *(field.name for field in fields(Record) if field.name not in _FIRST))
_VALUES = attrgetter(*_NAMES)
_ALWAYS = ("source", "part", "start", "end", "text", "kind", "rule", "reason")
_ALWAYS_VALUES = attrgetter(*_ALWAYS)


def record_row(record: Record) -> dict[str, Any]:
    """A record as it is written: all fields, also those that the page does not tell.

    >>> list(record_row(Record("1", "a.txt", 1, "Hello.", ((0, 6),))))[:4]
    ['id', 'source', 'part', 'title']
    """
    row = dict(zip(_NAMES, _VALUES(record), strict=True))
    if record.repeats:
        row["repeats"] = [_repeat_row(repeat) for repeat in record.repeats]
    return row


def removal_row(removal: Removal) -> dict[str, Any]:
    """A removal as it is written: `field`, `of` and `confidence` only where they apply.

    >>> list(removal_row(Removal("a.txt", None, 0, 5, "Share", "share", "share.buttons", "A button.")))[-2:]
    ['rule', 'reason']
    """
    row = dict(zip(_ALWAYS, _ALWAYS_VALUES(removal), strict=True))
    if removal.field is not None:
        row["field"] = removal.field
    if removal.of is not None:
        row["of"] = removal.of
    if removal.confidence is not None:
        row["confidence"] = removal.confidence
    return row


def remainder_row(remainder: Remainder) -> dict[str, Any]:
    """What is left over of a source as it is written; what does not apply is left out.

    >>> remainder_row(Remainder("a.txt", "00", failed="{}"))
    {'source': 'a.txt', 'sha256': '00', 'failed': '{}'}
    """
    row: dict[str, Any] = {"source": remainder.source, "sha256": remainder.sha256}
    if remainder.failed is not None:
        return row | {"failed": remainder.failed}
    row |= {"encoding": remainder.encoding, "length": remainder.length}
    if remainder.markup:
        row["markup"] = True
    if remainder.row:
        row["row"] = remainder.row
    return row | {"strays": remainder.strays, "blanks": remainder.blanks}


def failure_row(failure: Failure) -> dict[str, Any]:
    """A failure as the manifest has it: without the place, which may tell of the machine."""
    hint = {"hint": failure.error.hint} if failure.error.hint else {}
    return {"source": failure.name, "what": failure.error.what} | hint


def _repeat_row(repeat: Repeat) -> dict[str, Any]:
    of = dict(_place(repeat.of))
    return {"start": repeat.start, "end": repeat.end, "of": of, "similarity": repeat.of.similarity}


def _place(copy: Copy) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(copy, name)) for name in ("id", "source", "part", "start", "end"))
