"""What holds of repeats for any texts."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.dedup import Linker, Passage, repeats_within
from corpusclean.dedup.alignment import aligned, codes, compare
from corpusclean.dedup.bands import signatures
from corpusclean.dedup.runs import runs
from corpusclean.model import Record, Span

VOCABULARY = [*"ab人民", "Rome", "کتاب", "seven", "12", "٣", "straße", "winter", "boundary", "fortunately"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join)
POOL = st.lists(WORDS | st.text(max_size=30), min_size=1, max_size=6)


@st.composite
def pages(draw: st.DrawFn) -> list[str]:
    """Lines out of a small pool, so that there is much to find; some with one word changed."""
    pool = draw(POOL)
    lines = draw(st.lists(st.sampled_from(pool), max_size=24))
    changed = draw(st.sets(st.integers(0, 23), max_size=4))
    return [line.replace("winter", "summer 5", 1) if i in changed else line for i, line in enumerate(lines)]


def passages(lines: list[str]) -> list[Passage]:
    return [Passage.of(i, line, Span(0, 1)) for i, line in enumerate(lines)]


@given(pages())
def test_pairs_point_back_to_what_stays(lines: list[str]) -> None:
    pairs = repeats_within(passages(lines))
    copies = {pair.copy for pair in pairs}
    assert len(copies) == len(pairs)
    assert [pair.copy for pair in pairs] == sorted(copies)
    for pair in pairs:
        assert 0 <= pair.kept < pair.copy < len(lines)
        assert pair.kept not in copies
        assert 0 <= pair.similarity <= 1
    assert pairs == repeats_within(passages(lines))


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 30)), st.floats(0.5, 99)))
def test_runs_go_forward_and_share_no_copy(found: dict[tuple[int, int], float]) -> None:
    pairs = {place: weight for place, weight in found.items() if place[1] < place[0]}
    seen: set[int] = set()
    for run in runs(pairs):
        assert set(run) <= pairs.keys()
        assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(run))
        assert run[-1][1] < run[0][0]
        assert seen.isdisjoint(copy for copy, _ in run)
        seen.update(copy for copy, _ in run)
    assert seen == {copy for copy, _ in pairs}


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_the_alignment_is_the_longest_common_subsequence(a: list[int], b: list[int]) -> None:
    @lru_cache(None)
    def longest(i: int, j: int) -> int:
        if i == len(a) or j == len(b):
            return 0
        return 1 + longest(i + 1, j + 1) if a[i] == b[j] else max(longest(i + 1, j), longest(i, j + 1))

    assert aligned(a, b) == aligned(b, a) == longest(0, 0)


@given(WORDS | st.text(), WORDS | st.text())
def test_the_similarity_is_a_share_and_does_not_depend_on_the_order(a: str, b: str) -> None:
    one, other = compare(codes(a), codes(b)), compare(codes(b), codes(a))
    assert one.similarity == other.similarity
    assert one.template == other.template
    assert 0 <= one.similarity <= one.covered <= 1
    assert compare(codes(a), codes(a)).similarity == 1


def records(texts: list[list[str]]) -> list[Record]:
    made = []
    for n, paragraphs in enumerate(texts):
        text = "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)
        spans, at = [], 0
        for paragraph in text.split("\n\n") if paragraphs else []:
            spans.append((at, at + len(paragraph)))
            at += len(paragraph) + 2
        made.append(Record(str(n), f"{n}.txt", 1, text, tuple(spans)))
    return made


@given(st.lists(pages(), max_size=6))
def test_links_point_back_to_records_that_are_no_duplicates(texts: list[list[str]]) -> None:
    made = records(texts)
    linker, again = Linker(), Linker()
    duplicates: set[str] = set()
    for n, one in enumerate(made):
        found = linker.link(one)
        assert found == again.link(one)
        copies = [repeat.of for repeat in found.repeats] + (
            [found.duplicate_of] if found.duplicate_of else []
        )
        for copy in copies:
            assert int(copy.id) < n
            assert copy.id not in duplicates
            assert 0.5 <= copy.similarity <= 1
        for repeat in found.repeats:
            assert (repeat.start, repeat.end) in one.spans
            assert (repeat.of.start, repeat.of.end) in made[int(repeat.of.id)].spans
        if found.duplicate_of:
            duplicates.add(one.id)


def test_forty_words_with_three_changed_are_candidates_of_each_other() -> None:
    draw = random.Random(11)
    words = range(4, 80_000, 4)
    frequent_first = [1 / (rank + 2) for rank in range(len(words))]
    texts, edited = [], []
    for _ in range(1500):
        text = draw.choices(words, frequent_first, k=40)
        other = list(text)
        for at in draw.sample(range(40), 3):
            other[at] = draw.choice(words)
        texts.append(text)
        edited.append(other)
    shared = (signatures(texts) == signatures(edited)).any(axis=1)
    assert shared.mean() > 0.99


def test_signatures_are_the_same_on_every_machine() -> None:
    row = signatures([codes("The ferry stopped running on Monday morning.")])[0]
    assert row[:4].tolist() == [1747944157, 673513999, 128254374, 1778457448]
