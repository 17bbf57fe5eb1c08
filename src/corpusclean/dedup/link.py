"""Repeats across the records of a run, one record after the other."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from corpusclean.model import Copy, Record, Repeat

from .alignment import compare
from .shelf import Draft, Shelf, Text

if TYPE_CHECKING:
    from .bands import Index

NEAR = 0.6  # alignment of a passage with an earlier one
BESIDE = 0.5  # the same beside a passage that is linked to the same place
DUPLICATE = 0.8  # alignment of a record with an earlier one
_JUDGED = 8  # candidates that are compared word for word
_WHOLE = 0x5EED  # sets the keys of whole records apart from those of passages


@dataclass(frozen=True, slots=True)
class Links:
    """What a record has in common with earlier ones: the passages, and the record that it nearly equals."""

    repeats: tuple[Repeat, ...] = ()
    duplicate_of: Copy | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    number: int
    similarity: float
    template: bool = False


class Linker:
    """Links each record to the ones before it. The result depends on the order of the records only.

    A passage of 15 words or more is linked where at least 0.6 of the words of the longer text stand in both
    in the same order; entries of a template (other names, other numbers) are linked only beside a passage
    that is linked to the same place. A record is a duplicate where 0.8 of the words of the longer text are
    aligned; it is not kept for comparison itself, so what is linked to is never a duplicate.

    Memory grows by 300 bytes a new passage, 4 a word and some 600 a record: 9 kB for an article of 800 words
    in 16 passages. A passage that stood earlier word for word takes 36 bytes, a duplicate nothing.

    >>> text = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> linker = Linker()
    >>> linker.link(Record("1", "a.txt", 1, text, ((0, 87),)))
    Links(repeats=(), duplicate_of=None)
    >>> linker.link(Record("2", "b.txt", 1, "In short:\\n\\n" + text, ((0, 9), (11, 98)))).repeats[0].of.id
    '1'
    """

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._index: Index | None = None
        self._waiting: Draft | None = None  # the first record: nothing to compare it with yet

    def link(self, record: Record) -> Links:
        """The links of a record to earlier ones; afterwards it is an earlier one itself."""
        draft = Draft.of(record)
        if not draft.whole.words:
            return Links()
        if self._index is None:
            if self._waiting is None:
                self._waiting = draft
                return Links()
            from .bands import Index  # imports numpy: only where there are two records

            self._index = Index()
            self._link(self._waiting, self._index)
        return self._link(draft, self._index)

    def _link(self, draft: Draft, index: Index) -> Links:
        texts = (draft.whole, *draft.passages)
        keys = [_whole_key(draft), *(_key(text.words) for text in draft.passages)]
        linked = {
            k: _Match(number, 1.0)
            for k, numbers in enumerate(index.find_keys(keys))
            if (number := self._equal(texts[k], numbers)) is not None
        }
        if 0 not in linked:
            fresh = [k for k in range(len(texts)) if k not in linked and keys.index(keys[k]) == k]
            signed = [k for k in fresh if k or draft.long]
            bands = index.sign([texts[k].words for k in signed], whole=0 in signed)
            found = dict(zip(signed, index.find(bands), strict=True))
            _judge(linked, {k: self._near(texts[k], numbers) for k, numbers in found.items()}, self._shelf)
            if 0 not in linked:
                first = self._shelf.put(draft)
                index.add([first + k for k in fresh], [keys[k] for k in fresh])
                index.add_bands([first + k for k in signed], bands)
        return self._links(draft, linked)

    def _equal(self, text: Text, numbers: list[int]) -> int | None:
        """The earliest of the candidates that is the same word for word."""
        words = [code >> 2 for code in text.words]
        same = (n for n in sorted(numbers) if [code >> 2 for code in self._shelf.words(n)] == words)
        return next(same, None)

    def _near(self, text: Text, numbers: list[int]) -> list[_Match]:
        """The candidates that are at least half the same, best first."""
        matches = []
        for number in numbers[:_JUDGED]:
            words = self._shelf.words(number)
            if 2 * min(len(words), len(text.words)) >= max(len(words), len(text.words)):
                like = compare(text.words, words)
                if like.similarity >= BESIDE:
                    matches.append(_Match(number, like.similarity, like.template))
        return sorted(matches, key=lambda match: (-match.similarity, match.number))

    def _links(self, draft: Draft, linked: dict[int, _Match]) -> Links:
        copies = {k: self._shelf.copy(match.number, match.similarity) for k, match in sorted(linked.items())}
        duplicate_of = copies.pop(0, None)
        places = [draft.passages[k - 1] for k in copies]
        repeats = (
            Repeat(text.start, text.end, copy) for text, copy in zip(places, copies.values(), strict=True)
        )
        return Links(tuple(repeats), duplicate_of)


def _judge(linked: dict[int, _Match], near: dict[int, list[_Match]], shelf: Shelf) -> None:
    """Add to the linked texts (the whole record is 0, its passages follow) those that are near enough."""
    for match in near.pop(0, ()):
        if match.similarity >= DUPLICATE and not match.template:
            linked.setdefault(0, match)
    wanted = Counter(
        match.number for matches in near.values() for match in matches if match.similarity >= NEAR
    )
    for k, matches in near.items():
        good = [match for match in matches if match.similarity >= NEAR]
        owners = Counter(shelf.owner(match.number) for match in good)
        for match in good:  # two alike in one record, here or there, are entries of a template
            if not match.template and wanted[match.number] == 1 and owners[shelf.owner(match.number)] == 1:
                linked.setdefault(k, match)
    solid = {k: match.number for k, match in linked.items() if k}
    for k, matches in near.items():
        for match in matches:
            if k not in linked and (
                solid.get(k - 1) == match.number - 1 or solid.get(k + 1) == match.number + 1
            ):
                linked[k] = match


def _key(words: array[int]) -> int:
    """One number below 2³² for all texts of the same words."""
    return crc32(array("I", [word >> 2 for word in words]).tobytes())


def _whole_key(draft: Draft) -> int:
    """The same for records; those of a few words only must have the same title as well."""
    title = "" if draft.long else draft.record.title or ""
    return crc32(title.encode("utf-8", "surrogatepass"), _key(draft.whole.words)) ^ _WHOLE
