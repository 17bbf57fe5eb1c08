"""Passages that records share, and that stand twice in one record: which one is a copy, and of what.

A line of five words or more that stood before word for word is a copy of the first one. For what is nearly
equal, the texts that had a seed first are sources; where two seeds lie near each other in both texts, these are
matched word for word. A line goes as a whole where most of it is matched, else the stretch of it that is. As
for records, numbers and names that differ make an entry of a template, which is no copy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .candidates import summed
from .corpus import Corpus
from .differences import Differences
from .records import Card
from .verdict import SHINGLE, limits_of

SHORT = 5  # words of a line that is looked at for itself
LEAST = 16  # words of a stretch that is nearly the same
PERCENT = 50  # of the words of a stretch stand in both texts
SOURCES = (
    3  # first texts with a seed that are tried, and the most of all of them that one text is matched with
)
TRIED = 16
REACH = 4  # seeds that lie near each other
_CHUNK = 512  # pairs of texts that are matched at a time


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a record's text, from `start` to `end`; `number` counts the records from 0."""

    id: str
    start: int
    end: int
    number: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PassageCopy:
    """A place that stands elsewhere too: `similarity` is the share of the words of the longer one of both
    that stand in both, in the same order but for sentences that were moved."""

    id: str
    start: int
    end: int
    similarity: float
    number: int = field(default=0, repr=False, compare=False)
    differs: Differences = field(default=Differences(), repr=False)


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that stands more than once: the place that stays, and its copies."""

    kept: Place
    copies: tuple[PassageCopy, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text from `first` to `end`, of which `same` stand in `source` from `at` to `until`."""

    text: int
    first: int
    end: int
    source: int
    at: int
    until: int
    same: int
    size: int = 0  # words of the source that it was compared with


def find_shared(corpus: Corpus, rank: NDArray[np.int64]) -> list[Stretch]:
    """The passages of texts that stand in a text of lower rank, or earlier in their own.

    `rank` says in which order the texts come; those below 0 are left out.
    """
    equal = _equal_lines(corpus, rank)
    near = (_match(corpus, chunk, equal) for chunk in _chunks(_sources(corpus, rank)))
    table = np.concatenate([equal, *near])
    table = table[np.lexsort((table[:, 1], rank[table[:, 0]]))]
    return [Stretch(*row) for row in table.tolist()]


def _equal_lines(corpus: Corpus, rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows for the lines that stood before word for word, sorted by text."""
    texts = np.repeat(np.arange(len(corpus)), np.diff(corpus.line_of))
    first = corpus.lines[:, 0].astype(np.int64)
    end = np.append(first[1:], 0)
    last = corpus.line_of[1:][np.diff(corpus.line_of) > 0] - 1
    end[last] = corpus.sizes[texts[last]]
    long = end - first >= np.where(corpus.wide[texts], 2 * SHORT, SHORT)
    chosen = np.flatnonzero(long & (rank[texts] >= 0))
    order = chosen[np.lexsort((chosen, rank[texts[chosen]], corpus.line_keys[chosen]))]
    keys = corpus.line_keys[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    kept = order[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    copy, kept = order[~new], kept[~new]
    columns = (
        texts[copy],
        first[copy],
        end[copy],
        texts[kept],
        first[kept],
        end[kept],
        end[copy] - first[copy],
    )
    rows = np.stack(columns, axis=1)
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _sources(corpus: Corpus, rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs (text, source) that may share a passage, by rank of the text, and the best source first."""
    loops = corpus.kernels.loops
    found = []
    for entries in corpus.entries(rank):
        packed = np.empty(loops.find_sources(entries, corpus.bits, SOURCES, np.zeros(0, np.int64)), np.int64)
        loops.find_sources(entries, corpus.bits, SOURCES, packed)
        found.append(np.unique(packed, return_counts=True))
    packed, shared = summed(found)
    likely = shared >= 2
    likely |= packed >> 32 == packed & 0xFFFFFFFF
    packed, shared = packed[likely], shared[likely]
    text = np.empty(int(rank.max(initial=0)) + 1, np.int64)
    text[rank[rank >= 0]] = np.flatnonzero(rank >= 0)
    pairs = np.stack((text[packed >> 32], text[packed & 0xFFFFFFFF]), axis=1)
    linked = np.zeros(len(pairs), np.uint8)
    for begin in range(0, len(pairs), _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        texts, places = np.unique(pairs[chunk], return_inverse=True)
        loops.find_neighbours(places.reshape(-1, 2), *corpus.gather_seeds(texts), REACH, linked[chunk])
    order = np.lexsort((packed & 0xFFFFFFFF, -shared, packed >> 32))
    order = order[linked[order] > 0]
    pairs = pairs[order]
    begins = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    nth = np.arange(len(pairs)) - np.repeat(begins, np.diff(np.append(begins, len(pairs))))
    best: NDArray[np.int64] = pairs[nth < TRIED]
    return best


def _chunks(pairs: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The pairs in pieces; those of one text stay together."""
    edges = np.flatnonzero(np.diff(pairs[:, 0])) + 1
    after = np.searchsorted(edges, np.arange(_CHUNK, len(pairs), _CHUNK))
    return np.split(pairs, np.unique(edges[after[after < len(edges)]])) if len(pairs) else []


def _match(corpus: Corpus, pairs: NDArray[np.int64], equal: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows for the passages that are nearly the same, beside the lines that are equal."""
    kernels = corpus.kernels
    texts, places = np.unique(pairs, return_inverse=True)
    codes, words = corpus.gather(texts)
    shingles, bounds = kernels.roll(codes, words, SHINGLE)
    gone = np.zeros(len(codes), np.uint8)
    for begin, d in zip(words[:-1].tolist(), texts.tolist(), strict=True):
        for _, first, end, *_ in equal[slice(*np.searchsorted(equal[:, 0], (d, d + 1)))].tolist():
            gone[begin + first : begin + end] = 1
    lines = np.concatenate([corpus.lines[corpus.line_of[d] : corpus.line_of[d + 1]] for d in texts.tolist()])
    line_of = np.append(0, np.cumsum(np.diff(corpus.line_of)[texts]))
    limits = limits_of(np.diff(words), np.diff(bounds), LEAST, PERCENT)
    rows = np.zeros((len(codes) // LEAST + len(lines) + 1, 7), np.int64)
    many = kernels.loops.find_shared(
        places.reshape(-1, 2),
        codes,
        words,
        shingles.view(np.int64),
        bounds,
        lines,
        line_of,
        gone,
        limits,
        rows,
    )
    rows = rows[:many]
    rows[:, 0], rows[:, 3] = texts[rows[:, 0]], texts[rows[:, 3]]
    return rows


def passages_of(cards: Sequence[Card], corpus: Corpus, rank: NDArray[np.int64]) -> list[SharedPassage]:
    """The passages of records that were read, with those that have the same place as the one that stays."""
    stretches = find_shared(corpus, rank)
    of_text: dict[int, list[Stretch]] = {}
    for one in stretches:
        of_text.setdefault(one.text, []).append(one)
    found: dict[tuple[int, int, int], list[PassageCopy]] = {}
    for run in _runs(_whole_line(corpus, one, _traced(one, of_text)) for one in stretches):
        first, last = run[0], run[-1]
        kept = (first.source, *_characters(corpus, first.source, first.at, last.until))
        start, end = _characters(corpus, first.text, first.first, last.end)
        words = sum(max(one.end - one.first, one.size) for one in run)
        similarity = round(sum(one.same for one in run) / words, 4)
        found.setdefault(kept, []).append(
            PassageCopy(cards[first.text].id, start, end, similarity, first.text)
        )
    order = sorted(found, key=lambda place: (rank[place[0]], place[1:]))
    return [SharedPassage(Place(cards[d].id, a, b, d), tuple(found[d, a, b])) for d, a, b in order]


def _runs(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Stretches that follow each other in both texts, word upon word, as one: paragraphs that were copied together.

    >>> first, second = Stretch(1, 0, 9, 0, 20, 29, 9), Stretch(1, 9, 15, 0, 29, 35, 6)
    >>> [len(run) for run in _runs([first, second, Stretch(1, 15, 21, 0, 50, 56, 6)])]
    [2, 1]
    """
    run: list[Stretch] = []
    for one in stretches:
        if run and (run[-1].text, run[-1].end, run[-1].source, run[-1].until) != (
            one.text,
            one.first,
            one.source,
            one.at,
        ):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _traced(one: Stretch, of_text: dict[int, list[Stretch]]) -> Stretch:
    """The stretch, or where its source is a copy itself, that of the source."""
    for _ in range(4):
        above = of_text.get(one.source, ())
        # They are in order and do not overlap; one that covers most of the source lies over its middle.
        at = bisect_right(above, (one.at + one.until) // 2, key=lambda stretch: stretch.first) - 1
        if at < 0 or above[at] == one:
            break
        if min(above[at].end, one.until) - max(above[at].first, one.at) < 0.8 * (one.until - one.at):
            break
        one = above[at]
    return one


def _whole_line(corpus: Corpus, one: Stretch, source: Stretch) -> Stretch:
    """The stretch with the place of its source, grown to the line that it is most of.

    Its copies may lack a word at either end.
    """
    text, first, end = source.source, source.at, source.until
    lines = corpus.lines[corpus.line_of[text] : corpus.line_of[text + 1], 0]
    at = int(np.searchsorted(lines, (first + end) // 2, "right")) - 1
    begin, stop = int(lines[at]), int(lines[at + 1]) if at + 1 < len(lines) else int(corpus.sizes[text])
    whole = min(stop, end) - max(begin, first) >= 0.8 * max(stop - begin, end - first)
    at, until = (begin, stop) if whole else (first, end)
    return replace(one, source=text, at=at, until=until, size=one.until - one.at)


def _characters(corpus: Corpus, text: int, first: int, end: int) -> tuple[int, int]:
    """The characters of some words of a text; where lines are there as a whole, with all that is in them."""
    lines = corpus.lines[corpus.line_of[text] : corpus.line_of[text + 1]]
    start, stop = corpus.span(text, first, end)
    at, until = np.searchsorted(lines[:, 0], (first, end)).tolist()
    if at < len(lines) and lines[at, 0] == first:
        start = int(lines[at, 1])
    if end == corpus.sizes[text] or (until < len(lines) and lines[until, 0] == end):
        stop = int(lines[until - 1, 2])
    return start, stop
