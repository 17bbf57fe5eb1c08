"""What a run remembers of the texts it has seen, in flat arrays."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from corpusclean.model import Copy, Record

from .alignment import codes
from .passages import size

LONG = 15  # words of a passage or a record that is looked at for itself


@dataclass(frozen=True, slots=True)
class Text:
    """A passage or a whole record that is about to be compared: its words, and its place in the source."""

    words: array[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as it is compared: all its words, and its long passages with their place among the words."""

    record: Record
    whole: Text
    passages: tuple[Text, ...]
    offsets: tuple[int, ...] = field(repr=False)
    long: bool = True

    @classmethod
    def of(cls, record: Record) -> Draft:
        """A record that has been read.

        >>> draft = Draft.of(Record("1", "a.txt", 1, "One line.\\n\\nTwo.", ((5, 14), (20, 24))))
        >>> len(draft.whole.words), draft.passages, (draft.whole.start, draft.whole.end)
        (3, (), (5, 24))
        """
        paragraphs = record.text.split("\n\n") if record.spans else []
        whole: array[int] = array("I")
        passages, offsets = [], []
        for paragraph, (start, end) in zip(paragraphs, record.spans, strict=True):
            words = codes(paragraph)
            if len(words) >= LONG and size(paragraph, len(words)) >= LONG:
                passages.append(Text(words, start, end))
                offsets.append(len(whole))
            whole.extend(words)
        start = min((start for start, _ in record.spans), default=0)
        end = max((end for _, end in record.spans), default=0)
        long = bool(passages) or size(record.text, len(whole)) >= LONG
        return cls(record, Text(whole, start, end), tuple(passages), tuple(offsets), long)


class Shelf:
    """Texts by number. A passage takes 36 bytes here beside its words, a record about 300; a word takes four.

    The words of a passage are part of the words of its record and are kept once.
    """

    def __init__(self) -> None:
        self._words: array[int] = array("I")
        self._at: array[int] = array("Q")
        self._length: array[int] = array("I")
        self._owner: array[int] = array("I")
        self._start: array[int] = array("Q")
        self._end: array[int] = array("Q")
        self._records: list[tuple[str, str, int]] = []

    def put(self, draft: Draft) -> int:
        """Keep a record; the number of its whole text, which those of its passages follow."""
        begin, number = len(self._words), len(self._at)
        self._words.extend(draft.whole.words)
        self._records.append((draft.record.id, draft.record.source, draft.record.part))
        for text, offset in zip((draft.whole, *draft.passages), (0, *draft.offsets), strict=True):
            self._at.append(begin + offset)
            self._length.append(len(text.words))
            self._owner.append(len(self._records) - 1)
            self._start.append(text.start)
            self._end.append(text.end)
        return number

    def words(self, number: int) -> array[int]:
        at = self._at[number]
        return self._words[at : at + self._length[number]]

    def owner(self, number: int) -> int:
        """The number of the record that a text belongs to."""
        return self._owner[number]

    def copy(self, number: int, similarity: float) -> Copy:
        """A text as the copy that stayed."""
        where = self._records[self._owner[number]]
        return Copy(*where, self._start[number], self._end[number], round(similarity, 4))
