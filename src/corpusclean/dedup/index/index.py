"""Records through an index: compared with all that it knows, and added."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ..corpus import Corpus
from ..duplicates import Duplicate, Findings, Group, findings_of
from ..records import Card, Given, Keep, id_of, read_against, read_records, text_of
from ..shared import PassageCopy, Place, SharedPassage
from .store import Known, Store, blobs

BATCH, CHARACTERS = 20_000, 64_000_000  # records, and characters of their texts, that are added at a time
OTHER = 'the index has another text under the id "{}"'


class Index:
    """A file that remembers records. Others are compared with them (`compare`), and added (`add`).

    What it knows stays: a new record that nearly equals an old one is its copy, whatever `keep` says of new ones.
    One process may write at a time, or several read (`read_only`). Without `passages` it knows nothing of
    passages. ConfigError when the file cannot be used, and why. Needs the extra `index` (DuckDB).

    >>> path = getfixture("tmp_path") / "seen.index"
    >>> text = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> with Index(path) as index:
    ...     found = index.add([("a", text)])
    >>> with Index(path) as index:
    ...     index.add([("b", text.upper()), ("c", "Something else.")]).groups, len(index)
    ((Group(kept='a', copies=(Duplicate(id='b', similarity=1.0),)),), 3)
    """

    def __init__(self, path: str | Path, *, passages: bool = True, read_only: bool = False) -> None:
        self._passages = passages
        self._store = Store(Path(path), read_only=read_only, passages=None if read_only else passages)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others write."""
        self._store.close()

    def __len__(self) -> int:
        """How many records it knows."""
        return len(self._store)

    def add(self, records: Iterable[Given], *, keep: Keep = "first", sources: Sequence[str] = ()) -> Findings:
        """Compare records with all that it knows and with each other, and add them.

        They go in by batches of 20,000, each as a whole; `keep` chooses among the new ones of a batch. A record
        that it knows already, by id and text, is as it was decided then, so adding again changes nothing. One
        whose id it knows with another text is refused (`Findings.refused`).
        """
        numbers = array("q")
        refused: list[tuple[int, str]] = []
        for batch in _batches(records):
            self._add(batch, numbers, refused, keep, sources)
        return self._findings(np.array(numbers, np.int64), refused)

    def compare(
        self,
        records: Iterable[Given],
        *,
        keep: Keep = "first",
        sources: Sequence[str] = (),
        against: Iterable[Given] = (),
        passages: bool = True,
    ) -> Findings:
        """Compare records with all that it knows and with each other, and leave it as it is.

        As `compare_records` does it: also with records to compare them `against`.
        """
        cards, corpus = read_records(records, keep, sources, places=passages)
        with closing(corpus):
            fresh = len(cards)
            _, common = self._read_related(cards, corpus)
            read_against(against, cards, corpus)
            found = findings_of(cards, corpus, fresh, common=common, passages=passages)
            return found.without_numbers_from(fresh)

    def _add(
        self,
        batch: Sequence[Given],
        numbers: array[int],
        refused: list[tuple[int, str]],
        keep: Keep,
        sources: Sequence[str],
    ) -> None:
        """Add the new ones of some records, and note the number of each."""
        known = self._store.known([_bytes(_id(record)) for record in batch])
        base = len(self._store)
        fresh: list[Entry] = []
        for record in batch:
            entry = Entry.of(record)
            old = known.setdefault(entry.id, Known(base + len(fresh), entry.digest))
            if old.number == base + len(fresh):
                fresh.append(entry)
            elif old.digest != entry.digest:
                refused.append((len(numbers), OTHER.format(_id(record))))
                old = Known(-1, b"")
            numbers.append(old.number)
        if fresh:
            cards, corpus = read_records(
                (entry.record for entry in fresh), keep, sources, places=self._passages
            )
            with closing(corpus):
                self._enter(base, fresh, cards, corpus)

    def _enter(self, base: int, fresh: list[Entry], cards: list[Card], corpus: Corpus) -> None:
        """Compare new records and write them, with what was decided."""
        many = len(fresh)
        old, common = self._read_related(cards, corpus)
        found = findings_of(cards, corpus, many, common=common, passages=self._passages)
        number = np.concatenate([base + np.arange(many), old])
        kept, similarity = number[:many].copy(), np.ones(many)
        for group in found.groups:
            for copy in group.copies:
                kept[copy.number], similarity[copy.number] = number[group.number], copy.similarity
        stays = kept == number[:many]
        texts = [entry.text if stay else b"" for entry, stay in zip(fresh, stays.tolist(), strict=True)]
        owners, keys = _seeds(corpus, np.flatnonzero(stays))
        with self._store.transaction():
            self._store.add_records(
                {
                    "number": number[:many],
                    "id": blobs([entry.id for entry in fresh]),
                    "digest": blobs([entry.digest for entry in fresh]),
                    "equal": corpus.equal[:many],
                    "kept": kept,
                    "similarity": similarity,
                    "text": blobs(texts),
                }
            )
            self._store.add_seeds(number[owners], keys)
            self._store.add_passages(_passage_columns(found.passages, number))

    def _read_related(self, cards: list[Card], corpus: Corpus) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Read the old records that have something in common with those of a corpus; their numbers, and the seeds
        that many have."""
        related, common = self._store.related(*_seeds(corpus, np.arange(len(cards))), corpus.equal)
        fresh = len(cards)
        read_against(self._store.texts(related), cards, corpus)
        assert len(cards) == fresh + len(related)  # noqa: S101
        return related, common

    def _findings(self, numbers: NDArray[np.int64], refused: Sequence[tuple[int, str]]) -> Findings:
        """What was decided about the records of these numbers, now or earlier."""
        order = np.argsort(numbers, kind="stable")
        place = _Places(numbers[order], order)
        groups, passages = [], []
        for (kept, name), rows in groupby(self._store.copies(numbers), lambda row: (row.kept, row.kept_id)):
            copies = [Duplicate(row.id, row.similarity, place[row.number]) for row in rows]
            groups.append(Group(name, tuple(sorted(copies, key=lambda copy: copy.number)), place[kept]))
        for (kept, first, last), found in groupby(self._store.passages(numbers), lambda row: row[:3]):
            places = list(found)
            here = Place(places[0].kept_id, first, last, place[kept])
            there = (PassageCopy(p.id, p.first, p.last, p.similarity, place[p.number]) for p in places)
            passages.append(SharedPassage(here, tuple(there)))
        return Findings(tuple(groups), tuple(passages), tuple(refused))


class Entry(NamedTuple):
    """A record as it is written."""

    record: Given
    id: bytes
    text: bytes
    digest: bytes

    @classmethod
    def of(cls, record: Given) -> Entry:
        text = _bytes(text_of(record))
        return cls(record, _bytes(_id(record)), text, blake2b(text, digest_size=16).digest())


class _Places:
    """The places of numbers in the input; -1 for those that are not there."""

    def __init__(self, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        self._numbers, self._places = numbers, places

    def __getitem__(self, number: int) -> int:
        at = int(np.searchsorted(self._numbers, number))
        there = at < len(self._numbers) and self._numbers[at] == number
        return int(self._places[at]) if there else -1


def _batches(records: Iterable[Given]) -> Iterator[list[Given]]:
    batch: list[Given] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(text_of(record))
        if len(batch) >= BATCH or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _seeds(corpus: Corpus, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The seeds of some texts, and whose they are."""
    keys, edges = corpus.gather_seeds(texts)
    return np.repeat(texts, np.diff(edges)), keys


def _passage_columns(passages: Sequence[SharedPassage], number: NDArray[np.int64]) -> dict[str, Any]:
    rows = [
        (number[copy.number], copy.start, copy.end, number[one.kept.number], one.kept.start, one.kept.end)
        for one in passages
        for copy in one.copies
    ]
    names = ("number", "first", "last", "kept", "kept_first", "kept_last")
    columns = dict(zip(names, np.array(rows, np.int64).reshape(-1, 6).T.copy(), strict=True))
    similarity = [copy.similarity for one in passages for copy in one.copies]
    return {**columns, "similarity": np.array(similarity, np.float64)}


def _id(record: Given) -> str:
    name = id_of(record)
    if name is None:
        raise InputError(
            "a record has no id", hint="an index knows records by their ids: give each one its own"
        )
    return name


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
