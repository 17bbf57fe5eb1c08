"""Records as they are given to be compared: what is kept of each beside its words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, repeat
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from .corpus import Corpus
from .kernels import kernels_for

Keep = Literal["first", "longest", "earliest", "source"]
BEFORE = (-math.inf,)  # the rank of a record that is there already
_SAME = (0,)
BATCH = 128  # records that are read at a time: what is written of them stays in the cache of the processor


class Item(Protocol):
    """What is asked of a record: `corpusclean.Record` has it."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


Given = Item | Mapping[str, object] | tuple[str, str]


class Card(NamedTuple):
    """What is kept of a record: its id, and a rank; of a group the one with the least rank stays."""

    id: str
    rank: tuple[float | str, ...]


def read_records(
    records: Iterable[Given], keep: Keep, sources: Sequence[str], *, places: bool = True
) -> tuple[list[Card], Corpus]:
    """What is kept of records, and the corpus of their texts."""
    cards: list[Card] = []
    corpus: Corpus | None = None
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        texts = list(map(text_of, batch))
        names = map(id_of, batch)
        ranks_of = (
            repeat(_SAME)
            if keep == "first"
            else (_rank(*both, keep, sources) for both in zip(batch, texts, strict=True))
        )
        cards.extend(
            map(
                Card, (str(n) if name is None else name for n, name in enumerate(names, len(cards))), ranks_of
            )
        )
        corpus = corpus or Corpus(kernels_for(sum(map(len, texts))), places=places)
        corpus.add(texts)
    return cards, corpus or Corpus(kernels_for(0))


def read_against(records: Iterable[Given], cards: list[Card], corpus: Corpus) -> None:
    """Read records that others are compared with: they come before all that were read, and always stay."""
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        cards.extend(Card(id_of(record) or "", BEFORE) for record in batch)
        corpus.add([text_of(record) for record in batch])


def text_of(record: Given) -> str:
    """The text of a record; nothing where it has none.

    >>> text_of({"id": "a", "text": None}), text_of(("a", "Hello."))
    ('', 'Hello.')
    """
    text = record[1] if isinstance(record, tuple) else _field(record, "text")
    return text if isinstance(text, str) else str(text or "")


def id_of(record: Given) -> str | None:
    """The id of a record, if it has one."""
    name = record[0] if isinstance(record, tuple) else _field(record, "id")
    return name if name is None or isinstance(name, str) else str(name)


def _field(record: Given, name: str) -> object:
    if isinstance(record, dict):
        return record.get(name)
    if isinstance(record, tuple):
        return None
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)


def _rank(item: Given, text: str, keep: Keep, sources: Sequence[str]) -> tuple[float | str, ...]:
    """What `keep` goes by; a record without a date, or of no source that is named, comes last."""
    if keep == "longest":
        return (-len(text),)
    if keep == "earliest":
        date = _field(item, "date")
        return (int(not date), str(date or ""))
    if keep == "source":
        named = [
            sources.index(str(_field(item, f))) for f in ("source", "publisher") if _field(item, f) in sources
        ]
        return (min(named, default=len(sources)),)
    return _SAME


def ranks(cards: Sequence[Card]) -> NDArray[np.int64]:
    """The place of each record in the order in which they stay: 0 before 1."""
    order = sorted(range(len(cards)), key=lambda d: cards[d].rank)
    places = np.empty(len(cards), np.int64)
    places[order] = np.arange(len(cards))
    return places
