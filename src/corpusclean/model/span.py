"""A half-open stretch of characters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to, not including, `end`; offsets count code points.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    >>> Span(3, 1)
    Traceback (most recent call last):
        ...
    ValueError: a span cannot go from 3 to 1
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot go from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The stretch of `text` that the span names."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when both spans hold a character in common."""
        return self.start < other.end and other.start < self.end
