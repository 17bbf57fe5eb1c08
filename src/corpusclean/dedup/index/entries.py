"""Records on their way into an index, and the columns that they become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ..corpus import Corpus
from ..records import Given, id_of, text_of
from ..shared import SharedPassage
from .store import blobs

BATCH, CHARACTERS = 10_000, 32_000_000  # records, and characters of their texts, that are added at a time


class Entry(NamedTuple):
    """A record as it is written."""

    record: Given
    id: bytes
    text: bytes
    digest: bytes

    @classmethod
    def of(cls, record: Given) -> Entry:
        text = _bytes(text_of(record))
        return cls(record, _bytes(name_of(record)), text, blake2b(text, digest_size=16).digest())


class Places:
    """The places of numbers in the input; -1 for those that are not there."""

    def __init__(self, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        self._numbers, self._places = numbers, places

    def __getitem__(self, number: int) -> int:
        at = int(np.searchsorted(self._numbers, number))
        there = at < len(self._numbers) and self._numbers[at] == number
        return int(self._places[at]) if there else -1


def batches(records: Iterable[Given]) -> Iterator[list[Given]]:
    """Records, as many as are added at a time."""
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


def seeds_of(corpus: Corpus, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The seeds of some texts, and whose they are."""
    keys, edges = corpus.gather_seeds(texts)
    return np.repeat(texts, np.diff(edges)), keys


def passage_columns(passages: Sequence[SharedPassage], number: NDArray[np.int64]) -> dict[str, Any]:
    """Copies of passages as columns; `number` has the numbers in the index."""
    rows = [
        (number[copy.number], copy.start, copy.end, number[one.kept.number], one.kept.start, one.kept.end)
        for one in passages
        for copy in one.copies
    ]
    names = ("number", "first", "last", "kept", "kept_first", "kept_last")
    columns = dict(zip(names, np.array(rows, np.int64).reshape(-1, 6).T.copy(), strict=True))
    copies = [copy for one in passages for copy in one.copies]
    similarity = np.array([copy.similarity for copy in copies], np.float64)
    return {**columns, "similarity": similarity, "differs": blobs([copy.differs.packed for copy in copies])}


def name_of(record: Given) -> str:
    """The id of a record; InputError where it has none."""
    name = id_of(record)
    if name is None:
        raise InputError(
            "a record has no id", hint="an index knows records by their ids: give each one its own"
        )
    return name


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
