"""Nearly equal records of a run: who is a copy of whom, and which one stays.

    texts → Corpus: words, seeds → candidates: texts that share seeds → Judge: an exact comparison
          → seeds that many families of texts have do not count; judge again → join → Group

Texts of equal words are one text from the beginning, so a thousand reprints cost one comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from .corpus import Corpus
from .groups import Pair, components, join
from .kernels import kernels_for
from .verdict import Judge

Keep = Literal["first", "longest", "earliest", "source"]
BATCH = 1024  # records that are read at a time
FAMILIES = 20  # a seed that texts of more families have says nothing about two of them
SHARED, SHARE = 2, 0.04  # seeds that candidates share, and the same as a share of those of the shorter text


class Item(Protocol):
    """What is asked of a record: `corpusclean.Record` has it."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A copy: its id, and the share of the words of the shorter text that stand in both, in common stretches."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Group:
    """Records that nearly equal each other: the one that stays, and its copies in order of input."""

    kept: str
    copies: tuple[Duplicate, ...]


def find_duplicates(
    records: Iterable[Item | Mapping[str, object] | tuple[str, str]],
    *,
    keep: Keep = "first",
    sources: Sequence[str] = (),
) -> list[Group]:
    """Groups of nearly equal records, in order of those that stay.

    A record is a `Record`, a mapping with `id` and `text`, or a pair of both; all are read once. Copies are
    reprints with words changed, misread, cut, added or moved; texts made from one template are none. `keep`
    says which one of a group stays: the first of the input, the longest, the one with the earliest `date`, or
    the one whose `source` (or `publisher`) comes first in `sources`. Where that leaves several, the first of
    the input stays. Which records form a group does not depend on their order.

    >>> text = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> find_duplicates([("a", text), ("b", "Something else."), ("c", "Reuters: " + text.upper())])
    [Group(kept='a', copies=(Duplicate(id='c', similarity=1.0),))]
    """
    cards, corpus = _read(records, keep, sources)
    with closing(corpus):
        return _groups(cards, corpus)


def _groups(cards: list[_Card], corpus: Corpus) -> list[Group]:
    groups = find_groups(corpus, [card.id for card in cards])
    kept = sorted((min(group, key=lambda d: (cards[d].rank, d)), sorted(group)) for group in groups)
    pairs = [(first, copy) for first, group in kept for copy in group if copy != first]
    like = Judge(corpus).judge(_array(pairs)).similarity.round(4).tolist()
    copies: dict[int, list[Duplicate]] = {first: [] for first, _ in kept}
    for (first, copy), similarity in zip(pairs, like, strict=True):
        equal = corpus.equal[first] == corpus.equal[copy]
        copies[first].append(Duplicate(cards[copy].id, 1.0 if equal else similarity))
    return [Group(cards[first].id, tuple(found)) for first, found in copies.items()]


def find_groups(corpus: Corpus, ids: Sequence[str]) -> list[list[int]]:
    """The numbers of texts that are copies of each other. Ids, not numbers, decide where an order is needed."""
    order = sorted(range(len(corpus)), key=lambda d: (ids[d], corpus.equal[d]))
    same: dict[int, list[int]] = {}
    for d in order:
        if corpus.equal[d]:
            same.setdefault(int(corpus.equal[d]), []).append(d)
    firsts = np.array([texts[0] for texts in same.values()], np.int64)
    numbers = np.full(len(corpus), -1, np.int64)
    numbers[firsts] = np.arange(len(firsts))
    groups = _near(corpus, numbers, firsts)
    whole = [[d for n in group for d in same[int(corpus.equal[firsts[n]])]] for group in groups]
    grouped = {n for group in groups for n in group}
    whole += [texts for n, texts in enumerate(same.values()) if len(texts) > 1 and n not in grouped]
    return whole


def _near(corpus: Corpus, numbers: NDArray[np.int64], texts: NDArray[np.int64]) -> list[list[int]]:
    """Groups among different texts, by their place in `texts`."""
    loops = corpus.kernels.loops
    entries, bits = corpus.entries(numbers)
    pairs = candidates(corpus, entries, bits, texts)
    first = Judge(corpus).judge(texts[pairs])
    families = components(len(texts), pairs[first.close])
    common = np.empty(len(entries), np.int64)
    common = common[: loops.find_common(entries, bits, families, FAMILIES, common)].copy()
    del entries
    judge = Judge(corpus, common, bits)
    found = judge.judge(texts[pairs]) if len(common) else first
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -found.similarity, -found.strength))
    alike = [(a, b) for a, b in pairs[order[found.alike[order]]].tolist()]

    def ask(unknown: list[Pair]) -> list[bool]:
        answers: list[bool] = judge.judge(texts[_array(unknown)]).alike.tolist()
        return answers

    return join(alike, ask)


def candidates(
    corpus: Corpus, entries: NDArray[np.int64], bits: int, texts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Pairs of places in `texts` that share enough seeds to be compared."""
    loops = corpus.kernels.loops
    packed = np.empty(loops.find_pairs(entries, bits, np.zeros(0, np.int64)), np.int64)
    loops.find_pairs(entries, bits, packed)
    pairs, shared = np.unique(packed, return_counts=True)
    pairs = np.stack((pairs >> 32, pairs & 0xFFFFFFFF), axis=1)
    seeds = np.diff(corpus.seed_of)[texts[pairs]].min(axis=1)
    enough: NDArray[np.bool_] = shared >= np.maximum(np.minimum(SHARED, seeds), SHARE * seeds)
    return pairs[enough]


@dataclass(frozen=True, slots=True)
class _Card:
    """What is kept of a record: its id, and a rank; of a group the one with the least rank stays."""

    id: str
    rank: tuple[int | str, ...]


def _read(
    records: Iterable[Item | Mapping[str, object] | tuple[str, str]], keep: Keep, sources: Sequence[str]
) -> tuple[list[_Card], Corpus]:
    cards: list[_Card] = []
    corpus: Corpus | None = None
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        items = [{"id": r[0], "text": r[1]} if isinstance(r, tuple) else r for r in batch]
        texts = [str(_field(item, "text") or "") for item in items]
        for item, text in zip(items, texts, strict=True):
            name = _field(item, "id")
            cards.append(_Card(str(len(cards) if name is None else name), _rank(item, text, keep, sources)))
        corpus = corpus or Corpus(kernels_for(sum(map(len, texts))))
        corpus.add(texts)
    return cards, corpus or Corpus(kernels_for(0))


def _field(item: Item | Mapping[str, object], name: str) -> object:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _rank(
    item: Item | Mapping[str, object], text: str, keep: Keep, sources: Sequence[str]
) -> tuple[int | str, ...]:
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
    return ()


def _array(pairs: list[Pair]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)
