"""Nearly equal records of a run: who is a copy of whom, and which one stays.

    texts → Corpus: words, seeds → candidates: texts that share seeds → Judge: an exact comparison
          → seeds that many families of texts have do not count; judge again → join → Group

Texts of equal words are one text from the beginning, so a thousand reprints cost one comparison.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .candidates import FAMILIES, Candidates, find_candidates
from .corpus import Corpus
from .differences import with_differences
from .findings import Asked, Duplicate, Findings, Group
from .groups import Pair, components, join
from .records import Card, Given, Keep, ranks, read_against, read_records
from .shared import SharedPassage, passages_of
from .verdict import Common, Judge


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
    differences: bool = False,
) -> Findings:
    """Both of the above in one reading; passages are sought in the records that are no copies as a whole.

    With `differences`, copies say in `differs` what stands in them, or in what stays, only.

    Records that they are compared `against` always stay, and what they have in common with each other is left
    out; their `number` is -1.

    >>> text = "The bank of the river fell in on Monday night after three days of rain, said the mayor."
    >>> compare_records([("b", text)], against=[("a", text)]).groups
    (Group(kept='a', copies=(Duplicate(id='b', similarity=1.0),)),)
    """
    asked = Asked(differences=differences)
    return find(records, keep=keep, sources=sources, against=against, asked=asked)


def find(
    records: Iterable[Given],
    *,
    keep: Keep,
    sources: Sequence[str],
    against: Iterable[Given],
    asked: Asked,
) -> Findings:
    """The same, as much of it as is asked for."""
    cards, corpus = read_records(records, keep, sources, places=asked.places)
    with closing(corpus):
        fresh = len(cards)
        read_against(against, cards, corpus)
        return findings_of(cards, corpus, fresh, asked).without_numbers_from(fresh)


def findings_of(
    cards: Sequence[Card],
    corpus: Corpus,
    fresh: int,
    asked: Asked,
    common: NDArray[np.int64] | None = None,
) -> Findings:
    """What the first `fresh` of the records that were read have in common with each other and with the rest.

    `common` are seeds that are known to be in many texts.
    """
    groups = _of_fresh(groups_of(cards, corpus, common), fresh)
    found = Findings(groups, _passages(cards, corpus, fresh, groups) if asked.passages else ())
    return with_differences(corpus, found) if asked.differences else found


def _passages(
    cards: Sequence[Card], corpus: Corpus, fresh: int, groups: Iterable[Group]
) -> tuple[SharedPassage, ...]:
    """The passages that records have in common which are no copies as a whole."""
    gone = {copy.number for group in groups for copy in group.copies}
    order = ranks(cards)
    stay = np.array([d not in gone for d in range(len(cards))], np.bool_)
    order[~stay] = -1
    order[stay] = np.argsort(np.argsort(order[stay]))
    return _of_fresh(passages_of(cards, corpus, order), fresh)


Found = TypeVar("Found", Group, SharedPassage)


def _of_fresh(found: Iterable[Found], fresh: int) -> tuple[Found, ...]:
    """What was found, with the copies that are in records below `fresh` only."""
    pairs = ((one, tuple(copy for copy in one.copies if copy.number < fresh)) for one in found)
    return tuple(replace(one, copies=copies) for one, copies in pairs if copies)


def groups_of(cards: Sequence[Card], corpus: Corpus, common: NDArray[np.int64] | None = None) -> list[Group]:
    """The groups of records that were read."""
    with _without_collector():
        return _groups_of(cards, corpus, common)


@contextmanager
def _without_collector() -> Iterator[None]:
    """While pairs are judged, no search for cycles: nothing here makes any, and it goes through all records."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _groups_of(cards: Sequence[Card], corpus: Corpus, common: NDArray[np.int64] | None) -> list[Group]:
    groups, judged = find_groups(corpus, [card.id for card in cards], common)
    kept = sorted((min(group, key=lambda d: (cards[d].rank, d)), sorted(group)) for group in groups)
    pairs = [(first, copy) for first, group in kept for copy in group if copy != first]
    open_pairs = [pair for pair in map(_ordered, pairs) if pair not in judged]
    # As for all others ids decide which text comes first: the other way round a word more or less may match.
    by_id = [(a, b) if cards[a].id <= cards[b].id else (b, a) for a, b in open_pairs]
    judged.update(zip(open_pairs, Judge(corpus).judge(_array(by_id)).similarity.tolist(), strict=True))
    copies: dict[int, list[Duplicate]] = {first: [] for first, _ in kept}
    for first, copy in pairs:
        same = corpus.equal[first] == corpus.equal[copy]
        similarity = 1.0 if same else judged[_ordered((first, copy))]
        copies[first].append(Duplicate(cards[copy].id, round(similarity, 4), copy))
    return [Group(cards[first].id, tuple(found), first) for first, found in copies.items()]


def find_groups(
    corpus: Corpus, ids: Sequence[str], common: NDArray[np.int64] | None = None
) -> tuple[list[list[int]], dict[Pair, float]]:
    """The numbers of texts that are copies of each other, and the similarities that were found on the way.

    Ids, not numbers, decide where an order is needed. `common` are seeds that are known to be in many texts.
    """
    texts, numbers, same = _different(corpus, ids)
    near, judged = _near(corpus, numbers, texts, common)
    whole = [[d for n in group for d in same.get(n, [int(texts[n])])] for group in near]
    grouped = {n for group in near for n in group}
    whole += [copies for n, copies in same.items() if n not in grouped]
    return whole, judged


def _different(
    corpus: Corpus, ids: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[int, list[int]]]:
    """Texts of different words, in order of their ids; the place of each text among them; and texts of equal words.

    Of texts of equal words one has a place, the others have -1.
    """
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    order = order[corpus.equal[order] > 0]
    by_key = np.argsort(corpus.equal[order], kind="stable")
    keys = corpus.equal[order[by_key]]
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    first = np.sort(by_key[begins])
    texts = order[first]
    numbers = np.full(len(corpus), -1, np.int64)
    numbers[texts] = np.arange(len(texts))
    sizes = np.diff(begins, append=len(keys))
    same = {}
    for begin, size in zip(begins[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        copies = order[by_key[begin : begin + size]].tolist()
        same[int(numbers[copies[0]])] = copies
    return texts, numbers, same


def _near(
    corpus: Corpus, numbers: NDArray[np.int64], texts: NDArray[np.int64], known: NDArray[np.int64] | None
) -> tuple[list[list[int]], dict[Pair, float]]:
    """Groups among different texts, by their place in `texts`, and the similarities of pairs of texts."""
    found = find_candidates(corpus, numbers, texts, known)
    pairs = found.pairs
    of_texts = texts[pairs]
    bare, marked = Judge(corpus, _common(corpus, texts, found.keys, found.having)).judge_both(of_texts)
    families = components(len(texts), pairs[bare.close])
    common, having, left = _said_by_many(corpus, found, families, known)
    judge = Judge(corpus, _common(corpus, texts, common, having))
    count: NDArray[np.bool_] = np.logical_or(*having[pairs].T)
    again: NDArray[np.bool_] = count & np.logical_or(*left[pairs].T)
    verdicts = bare.replace(count, marked.only(count)).replace(again, judge.judge(of_texts[again]))
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -verdicts.similarity, -verdicts.strength))
    alike = [(a, b) for a, b in pairs[order[verdicts.alike[order]]].tolist()]

    def ask(unknown: list[Pair]) -> list[bool]:
        answers: list[bool] = judge.judge(texts[_array(unknown)]).alike.tolist()
        return answers

    groups = join(alike, ask)
    group_of = np.full(len(texts), -1, np.int64)
    for number, group in enumerate(groups):
        group_of[group] = number
    together = (group_of[pairs[:, 0]] == group_of[pairs[:, 1]]) & (group_of[pairs[:, 0]] >= 0)
    similar = zip(map(_ordered, of_texts[together].tolist()), bare.similarity[together].tolist(), strict=True)
    return groups, dict(similar)


def _said_by_many(
    corpus: Corpus, found: Candidates, families: NDArray[np.int64], known: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """The seeds that texts of many families have, in order; the texts that have one; and those that have a seed
    which only many texts of few families have."""
    bits, low = corpus.bits, (1 << corpus.bits) - 1
    common, having = np.empty(len(found.crowded), np.int64), np.zeros(len(found.having), np.bool_)
    many = corpus.kernels.loops.find_common(found.crowded, bits, families, FAMILIES, common, having)
    common = np.sort(common[:many])
    if known is not None:
        # Which texts have one of these is known of them all together; the more are judged again.
        common = np.union1d(common, known >> bits)
        having = found.having
    left = np.zeros(len(having), np.bool_)
    left[found.crowded[~np.isin(found.crowded >> bits, common)] & low] = True
    return common, having, left


def _common(
    corpus: Corpus, texts: NDArray[np.int64], keys: NDArray[np.int64], having: NDArray[np.bool_]
) -> Common:
    of_all = np.zeros(len(corpus), np.bool_)
    of_all[texts[having]] = True
    return Common(keys, corpus.bits, of_all)


def _ordered(pair: Sequence[int]) -> Pair:
    a, b = pair
    return (a, b) if a < b else (b, a)


def _array(pairs: list[Pair]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)
