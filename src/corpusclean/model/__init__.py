"""The types that everything else speaks in: frozen values that check themselves when they are made.

    Source → RawText → Trace (Edit, Piece) → Page (Line) → Mark → Cleaned (Record, Removal, Repair)

Offsets are half-open and count code points. In `Trace`, `Page`, `Mark` they count in the repaired text; in
`Record`, `Removal` and `Repair` they count in the raw text, which is what a user has.
"""

from .fold import fold_words
from .page import Copy, Line, Mark, Page
from .rebuild import Remainder, rebuild
from .record import Cleaned, FirstPublished, Record, Removal, Repair, Repeat
from .source import RawText, Row, Source
from .span import Span
from .trace import Edit, Piece, Trace

__all__ = [
    "Cleaned", "Copy", "Edit", "FirstPublished", "Line", "Mark", "Page", "Piece", "RawText", "Record",
    "Remainder", "Removal", "Repair", "Repeat", "Row", "Source", "Span", "Trace", "fold_words", "rebuild",
]  # fmt: skip
