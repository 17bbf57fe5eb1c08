"""Nearly equal records of a run: who is a copy of whom, and which one stays.

    texts → Corpus: words, seeds → candidates: texts that share seeds → Judge: an exact comparison
          → seeds that many families of texts have do not count; judge again → join → Group

Texts of equal words are one text from the beginning, so a thousand reprints cost one comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .corpus import Corpus
from .groups import Pair, components, join
from .records import Card, Given, Keep, ranks, read_against, read_records
from .shared import SharedPassage, passages_of
from .verdict import Judge

FAMILIES = 20  # a seed that texts of more families have says nothing about two of them
SHARED, SHARE = 2, 0.04  # seeds that candidates share, and the same as a share of those of the shorter text


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A copy: its id, and the share of the words of the shorter text that stand in both, in common stretches.

    `number` counts the records of the input from 0, here and in `Group`; it is -1 for a record that they were
    compared against.
    """

    id: str
    similarity: float
    number: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that nearly equal each other: the one that stays, and its copies in order of input."""

    kept: str
    copies: tuple[Duplicate, ...]
    number: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the records of a run have in common."""

    groups: tuple[Group, ...]
    passages: tuple[SharedPassage, ...]
    refused: tuple[tuple[int, str], ...] = ()
    """Numbers of records that an index did not take, and why."""

    def without_numbers_from(self, fresh: int) -> Findings:
        """The same, where records from that number on were none of the input."""
        groups = (replace(one, number=-1) if one.number >= fresh else one for one in self.groups)
        passages = (
            replace(one, kept=replace(one.kept, number=-1)) if one.kept.number >= fresh else one
            for one in self.passages
        )
        return replace(self, groups=tuple(groups), passages=tuple(passages))


def find_duplicates(
    records: Iterable[Given], *, keep: Keep = "first", sources: Sequence[str] = ()
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
    cards, corpus = read_records(records, keep, sources, places=False)
    with closing(corpus):
        return groups_of(cards, corpus)


def find_passages(
    records: Iterable[Given], *, keep: Keep = "first", sources: Sequence[str] = ()
) -> list[SharedPassage]:
    """Passages that stand more than once, in one record or in several, in order of the copy that stays.

    Records and `keep` are as for `find_duplicates`; here no record is left out for being a copy as a whole.

    >>> line = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> [found] = find_passages([("a", f"A title\\n{line}"), ("b", line), ("c", f"Yes.\\n{line.lower()}")])
    >>> (found.kept.id, found.kept.start, found.kept.end), [copy.id for copy in found.copies]
    (('a', 8, 95), ['b', 'c'])
    """
    cards, corpus = read_records(records, keep, sources)
    with closing(corpus):
        return passages_of(cards, corpus, ranks(cards))


def compare_records(
    records: Iterable[Given],
    *,
    keep: Keep = "first",
    sources: Sequence[str] = (),
    against: Iterable[Given] = (),
) -> Findings:
    """Both of the above in one reading; passages are sought in the records that are no copies as a whole.

    Records that they are compared `against` always stay, and what they have in common with each other is left
    out; their `number` is -1.

    >>> text = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> compare_records([("b", text)], against=[("a", text)]).groups
    (Group(kept='a', copies=(Duplicate(id='b', similarity=1.0),)),)
    """
    return find(records, keep=keep, sources=sources, against=against)


def find(
    records: Iterable[Given],
    *,
    keep: Keep,
    sources: Sequence[str],
    against: Iterable[Given],
    passages: bool = True,
) -> Findings:
    """The same, with passages or without."""
    cards, corpus = read_records(records, keep, sources, places=passages)
    with closing(corpus):
        fresh = len(cards)
        read_against(against, cards, corpus)
        return findings_of(cards, corpus, fresh, passages=passages).without_numbers_from(fresh)


def findings_of(
    cards: Sequence[Card],
    corpus: Corpus,
    fresh: int,
    *,
    common: NDArray[np.int64] | None = None,
    passages: bool = True,
) -> Findings:
    """What the first `fresh` of the records that were read have in common with each other and with the rest.

    `common` are seeds that are known to be in many texts.
    """
    groups = _of_fresh(groups_of(cards, corpus, common), fresh)
    if not passages:
        return Findings(groups, ())
    gone = {copy.number for group in groups for copy in group.copies}
    order = ranks(cards)
    stay = np.array([d not in gone for d in range(len(cards))], np.bool_)
    order[~stay] = -1
    order[stay] = np.argsort(np.argsort(order[stay]))
    return Findings(groups, _of_fresh(passages_of(cards, corpus, order), fresh))


Found = TypeVar("Found", Group, SharedPassage)


def _of_fresh(found: Iterable[Found], fresh: int) -> tuple[Found, ...]:
    """What was found, with the copies that are in records below `fresh` only."""
    pairs = ((one, tuple(copy for copy in one.copies if copy.number < fresh)) for one in found)
    return tuple(replace(one, copies=copies) for one, copies in pairs if copies)


def groups_of(cards: Sequence[Card], corpus: Corpus, common: NDArray[np.int64] | None = None) -> list[Group]:
    """The groups of records that were read."""
    groups, judged = find_groups(corpus, [card.id for card in cards], common)
    kept = sorted((min(group, key=lambda d: (cards[d].rank, d)), sorted(group)) for group in groups)
    pairs = [(first, copy) for first, group in kept for copy in group if copy != first]
    judged.update({(b, a): similarity for (a, b), similarity in judged.items()})
    open_pairs = [pair for pair in pairs if pair not in judged]
    # As for all others ids decide which text comes first: the other way round a word more or less may match.
    by_id = [(a, b) if cards[a].id <= cards[b].id else (b, a) for a, b in open_pairs]
    judged.update(zip(open_pairs, Judge(corpus).judge(_array(by_id)).similarity.tolist(), strict=True))
    copies: dict[int, list[Duplicate]] = {first: [] for first, _ in kept}
    for first, copy in pairs:
        similarity = 1.0 if corpus.equal[first] == corpus.equal[copy] else judged[first, copy]
        copies[first].append(Duplicate(cards[copy].id, round(similarity, 4), copy))
    return [Group(cards[first].id, tuple(found), first) for first, found in copies.items()]


def find_groups(
    corpus: Corpus, ids: Sequence[str], common: NDArray[np.int64] | None = None
) -> tuple[list[list[int]], dict[Pair, float]]:
    """The numbers of texts that are copies of each other, and the similarities that were found on the way.

    Ids, not numbers, decide where an order is needed. `common` are seeds that are known to be in many texts.
    """
    equal = corpus.equal.tolist()
    same: dict[int, list[int]] = {}
    for _, key, d in sorted(zip(ids, equal, range(len(corpus)), strict=True)):
        if key:
            same.setdefault(key, []).append(d)
    firsts = np.array([texts[0] for texts in same.values()], np.int64)
    numbers = np.full(len(corpus), -1, np.int64)
    numbers[firsts] = np.arange(len(firsts))
    near, judged = _near(corpus, numbers, firsts, common)
    whole = [[d for n in group for d in same[equal[firsts[n]]]] for group in near]
    grouped = {n for group in near for n in group}
    whole += [texts for n, texts in enumerate(same.values()) if len(texts) > 1 and n not in grouped]
    return whole, judged


def _near(
    corpus: Corpus, numbers: NDArray[np.int64], texts: NDArray[np.int64], known: NDArray[np.int64] | None
) -> tuple[list[list[int]], dict[Pair, float]]:
    """Groups among different texts, by their place in `texts`, and the similarities of pairs of texts."""
    loops = corpus.kernels.loops
    entries, bits = corpus.entries(numbers)
    pairs = candidates(corpus, entries, bits, texts)
    first = Judge(corpus).judge(texts[pairs])
    families = components(len(texts), pairs[first.close])
    common, having = np.empty(len(entries), np.int64), np.zeros(len(texts), np.bool_)
    common = common[: loops.find_common(entries, bits, families, FAMILIES, common, having)].copy()
    if known is not None:
        common = np.union1d(common, known >> bits)
        having[entries[np.isin(entries >> bits, common)] & (1 << bits) - 1] = True
    del entries
    judge = Judge(corpus, common, bits)
    again: NDArray[np.bool_] = np.logical_or(*having[pairs].T)
    found = first.replace(again, judge.judge(texts[pairs[again]]))
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -found.similarity, -found.strength))
    alike = [(a, b) for a, b in pairs[order[found.alike[order]]].tolist()]

    def ask(unknown: list[Pair]) -> list[bool]:
        answers: list[bool] = judge.judge(texts[_array(unknown)]).alike.tolist()
        return answers

    of_texts = np.sort(texts[pairs], axis=1)
    judged = dict(zip(map(tuple, of_texts.tolist()), first.similarity.tolist(), strict=True))
    return join(alike, ask), judged


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


def _array(pairs: list[Pair]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)
