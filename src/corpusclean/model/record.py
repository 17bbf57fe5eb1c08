"""What goes out: records, and everything that is in no record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from .page import Copy
from .rebuild import Remainder, rebuild
from .source import RawText, Source
from .span import Span


@dataclass(frozen=True, slots=True)
class FirstPublished:
    """Where and when the page says that an article appeared first."""

    publisher: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage of a record that also stands in an earlier one; offsets in characters of the source."""

    start: int
    end: int
    of: Copy


@dataclass(frozen=True, slots=True)
class Record:
    """One article.

    `spans` gives for each paragraph of `text` (paragraphs are separated by one empty line) the half-open
    stretch of the source that it was made from. Fields that the page does not tell are None or empty.
    """

    id: str
    source: str
    part: int
    text: str
    spans: tuple[tuple[int, int], ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    first_published: FirstPublished | None = None
    repeats: tuple[Repeat, ...] = ()
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of a source that is in no record's text, with the rule that took it and its reason.

    `confidence` is how sure the labeller is (0 to 1), where it decided; rules have none.
    """

    source: str
    part: int | None
    start: int
    end: int
    text: str
    kind: str
    rule: str
    reason: str
    field: str | None = None
    of: Copy | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A stretch of a source that was rewritten."""

    source: str
    start: int
    end: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one source. `restore()` gives its bytes back.

    `blanks` are the stretches of white space that lie in no paragraph span and no removal.
    """

    source: Source
    raw: RawText
    records: tuple[Record, ...]
    removed: tuple[Removal, ...]
    repaired: tuple[Repair, ...]

    def blanks(self) -> list[Span]:
        """The stretches of the source, all of them white space, that lie in no paragraph and no removal."""
        taken = sorted(
            [(start, end) for record in self.records for start, end in record.spans]
            + [(removal.start, removal.end) for removal in self.removed]
        )
        gaps: list[Span] = []
        at = 0
        for start, end in [*taken, (len(self.raw.text), len(self.raw.text))]:
            if start > at:
                gaps.append(Span(at, start))
            at = max(at, end)
        return gaps

    def remainder(self) -> Remainder:
        """What the source needs besides records, removals and repairs to be rebuilt."""
        text, row = self.raw.text, self.source.row
        data = self.raw.encode() if self.source.markup else self.source.data
        return Remainder(
            source=self.source.name,
            sha256=hashlib.sha256(row.encode(data) if row else data).hexdigest(),
            encoding=self.raw.encoding,
            length=len(text),
            strays=self.raw.strays,
            blanks=tuple((span.start, span.of(text)) for span in self.blanks()),
            markup=self.source.markup,
            row=row,
        )

    def restore(self) -> bytes:
        """The input bytes, made from records, removals, repairs and blanks alone; for HTML, of its flat text.

        >>> raw = RawText("Share\\n\\nHello.\\n", "utf-8")
        >>> record = Record("1", "a.txt", 1, "Hello.", ((7, 13),))
        >>> removal = Removal("a.txt", None, 0, 5, "Share", "share", "share.buttons", "A button.")
        >>> Cleaned(Source("a.txt", raw.encode()), raw, (record,), (removal,), ()).restore()
        b'Share\\n\\nHello.\\n'
        """
        return rebuild(self.remainder(), self.records, self.removed, self.repaired).encode()
