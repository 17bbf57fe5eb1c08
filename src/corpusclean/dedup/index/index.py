"""Records through an index: compared with all that it knows, and added."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ..corpus import Corpus
from ..differences import Differences
from ..duplicates import findings_of
from ..findings import Asked, Duplicate, Findings, Group
from ..records import Card, Given, Keep, read_against, read_records
from ..shared import PassageCopy, Place, SharedPassage
from .entries import Entry, Places, batches, name_of, passage_columns, seeds_of
from .opening import told
from .store import Known, Store, blobs

OTHER = 'the index has another text under the id "{}"'


class Index:
    """A file that remembers records. Others are compared with them (`compare`), and added (`add`).

    What it knows stays: a new record that nearly equals an old one is its copy, whatever `keep` says of new ones.
    One process may write at a time, or several read (`read_only`). `passages` and `differences` say what it finds
    beside groups, the same from its first day on. ConfigError when the file cannot be used, and why. Needs the
    extra `index` (DuckDB).

    >>> path = getfixture("tmp_path") / "seen.index"
    >>> text = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> with Index(path) as index:
    ...     found = index.add([("a", text)])
    >>> with Index(path) as index:
    ...     index.add([("b", text.upper()), ("c", "Something else.")]).groups, len(index)
    ((Group(kept='a', copies=(Duplicate(id='b', similarity=1.0),)),), 3)
    """

    def __init__(
        self,
        path: str | Path,
        *,
        passages: bool = True,
        differences: bool = False,
        read_only: bool = False,
    ) -> None:
        self._asked, self._where = Asked(passages, differences), str(path)
        self._store = Store(Path(path), read_only=read_only, asked=None if read_only else self._asked)

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

        They go in by batches of 10,000, each as a whole; `keep` chooses among the new ones of a batch. A record
        that it knows already, by id and text, is as it was decided then, so adding again changes nothing. One
        whose id it knows with another text is refused (`Findings.refused`).
        """
        numbers = array("q")
        refused: list[tuple[int, str]] = []
        with told(self._where):
            for batch in batches(records):
                self._add(batch, numbers, refused, keep, sources)
            return self._findings(np.array(numbers, np.int64), refused)

    def compare(
        self,
        records: Iterable[Given],
        *,
        keep: Keep = "first",
        sources: Sequence[str] = (),
        against: Iterable[Given] = (),
    ) -> Findings:
        """Compare records with all that it knows and with each other, and leave it as it is.

        As `compare_records` does it: also with records to compare them `against`.
        """
        cards, corpus = read_records(records, keep, sources, places=self._asked.places)
        with closing(corpus):
            fresh = len(cards)
            with told(self._where):
                _, common = self._read_related(cards, corpus)
            read_against(against, cards, corpus)
            found = findings_of(cards, corpus, fresh, self._asked, common)
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
        entries = [Entry.of(record) for record in batch]
        known = self._store.known([entry.id for entry in entries])
        base = len(self._store)
        fresh: list[Entry] = []
        for entry in entries:
            old = known.setdefault(entry.id, Known(base + len(fresh), entry.digest))
            if old.number == base + len(fresh):
                fresh.append(entry)
            elif old.digest != entry.digest:
                refused.append((len(numbers), OTHER.format(name_of(entry.record))))
                old = Known(-1, b"")
            numbers.append(old.number)
        if fresh:
            cards, corpus = read_records(
                (entry.record for entry in fresh), keep, sources, places=self._asked.places
            )
            with closing(corpus):
                self._enter(base, fresh, cards, corpus)

    def _enter(self, base: int, fresh: list[Entry], cards: list[Card], corpus: Corpus) -> None:
        """Compare new records and write them, with what was decided."""
        many = len(fresh)
        old, common = self._read_related(cards, corpus)
        found = findings_of(cards, corpus, many, self._asked, common)
        number = np.concatenate([base + np.arange(many), old])
        kept, similarity = number[:many].copy(), np.ones(many)
        differs = blobs([b""] * many)
        for group in found.groups:
            for copy in group.copies:
                kept[copy.number], similarity[copy.number] = number[group.number], copy.similarity
                differs[copy.number] = copy.differs.packed
        stays = kept == number[:many]
        texts = [entry.text if stay else b"" for entry, stay in zip(fresh, stays.tolist(), strict=True)]
        owners, keys = seeds_of(corpus, np.flatnonzero(stays))
        with self._store.transaction():
            self._store.add_records(
                {
                    "number": number[:many],
                    "id": blobs([entry.id for entry in fresh]),
                    "digest": blobs([entry.digest for entry in fresh]),
                    "equal": corpus.equal[:many],
                    "kept": kept,
                    "similarity": similarity,
                    "differs": differs,
                    "text": blobs(texts),
                }
            )
            self._store.add_seeds(number[owners], keys)
            self._store.add_passages(passage_columns(found.passages, number))

    def _read_related(self, cards: list[Card], corpus: Corpus) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Read the old records that have something in common with those of a corpus; their numbers, and the seeds
        that many have."""
        related, common = self._store.related(*seeds_of(corpus, np.arange(len(cards))), corpus.equal)
        fresh = len(cards)
        read_against(self._store.texts(related), cards, corpus)
        assert len(cards) == fresh + len(related)  # noqa: S101
        return related, common

    def _findings(self, numbers: NDArray[np.int64], refused: Sequence[tuple[int, str]]) -> Findings:
        """What was decided about the records of these numbers, now or earlier."""
        order = np.argsort(numbers, kind="stable")
        place = Places(numbers[order], order)
        groups, passages = [], []
        for (kept, name), rows in groupby(self._store.copies(numbers), lambda row: (row.kept, row.kept_id)):
            copies = [
                Duplicate(row.id, row.similarity, place[row.number], Differences(row.differs)) for row in rows
            ]
            groups.append(Group(name, tuple(sorted(copies, key=lambda copy: copy.number)), place[kept]))
        for (kept, first, last), found in groupby(self._store.passages(numbers), lambda row: row[:3]):
            copies_of = list(found)
            here = Place(copies_of[0].kept_id, first, last, place[kept])
            there = (
                PassageCopy(p.id, p.first, p.last, p.similarity, place[p.number], Differences(p.differs))
                for p in copies_of
            )
            passages.append(SharedPassage(here, tuple(there)))
        return Findings(tuple(groups), tuple(passages), tuple(refused))
