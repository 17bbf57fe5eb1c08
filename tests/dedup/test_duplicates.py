"""Nearly equal records: which ones are found, and which one stays."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import corpusclean
from corpusclean import Record, find_duplicates
from corpusclean.dedup import corpus as corpus_module
from corpusclean.dedup.kernels.engine import COMPILED, PLAIN, Kernels

FOLDER = Path(__file__).parent / "bodies"
BODIES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
LANGUAGES = pytest.mark.parametrize("name", BODIES)
FORECAST = (
    "Forecast for {} issued at {} today. Temperatures will reach a high of {} degrees with an overnight low of {} "
    "degrees. Winds from the {} at {} kilometres per hour, gusting to {}. The chance of rain is {} percent."
)
TOWNS = "Ashford Brookfield Carlton Dunmore Eastvale Fairview Glenwood Harborough".split()


@pytest.fixture(params=[PLAIN, COMPILED], ids=["plain", "compiled"], autouse=True)
def kernels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Kernels:
    monkeypatch.setattr("corpusclean.dedup.records.kernels_for", lambda _: request.param)
    return request.param  # type: ignore[no-any-return]


def ids(groups: list[corpusclean.Group]) -> list[list[str]]:
    return [[group.kept, *(copy.id for copy in group.copies)] for group in groups]


def edited(text: str, name: str, rng: random.Random) -> str:
    paragraphs = text.splitlines()
    words = text.split(" ")
    if name == "shuffled":
        rng.shuffle(paragraphs)
        return "\n".join(paragraphs)
    if name == "cut short":
        return text[: len(text) // 2]
    if name == "with more around it":
        return "\n".join(
            ["Newsletter: sign up here for more of this.", *paragraphs, "All rights reserved, as ever."]
        )
    if name == "capitals":
        return text.upper()
    return " ".join("xyzzy" if rng.random() < 0.06 else word for word in words)


@LANGUAGES
@pytest.mark.parametrize(
    "edit", ["shuffled", "cut short", "with more around it", "capitals", "words changed"]
)
def test_a_copy_is_found_in_any_language(name: str, edit: str) -> None:
    others = [(other, text) for other, text in BODIES.items() if other != name]
    copy = edited(BODIES[name], edit, random.Random(3))
    groups = find_duplicates([*others, (name, BODIES[name]), ("copy", copy)])
    assert ids(groups) == [[name, "copy"]]
    assert 0.4 < groups[0].copies[0].similarity <= 1


def test_texts_of_one_template_are_no_copies() -> None:
    rng = random.Random(1)
    texts = [
        FORECAST.format(
            town, *(rng.randrange(5, 90) for _ in range(3)), "north", *(rng.randrange(99) for _ in range(3))
        )
        for town in TOWNS
    ]
    assert find_duplicates(enumerate(texts)) == []  # type: ignore[arg-type]
    assert ids(find_duplicates([("a", texts[0]), ("b", texts[0]), ("c", texts[1])])) == [["a", "b"]]


def test_a_page_of_two_articles_does_not_chain_them() -> None:
    one, two = BODIES["english"], BODIES["german"]
    groups = find_duplicates([("one", one), ("both", f"{one}\n{two[: len(two) // 2]}"), ("two", two)])
    assert ids(groups) == [["one", "both"]]


def test_a_notice_that_many_records_have_makes_no_copies() -> None:
    notice = (
        "The views expressed in this article are those of the author and do not necessarily reflect those of the "
        "publisher. Support independent journalism by becoming a member today from as little as two pounds a month."
    )
    rng = random.Random(5)
    words = sorted(set(BODIES["english"].split()))
    texts = [" ".join(rng.choices(words, k=40)) + f"\n{notice}" for _ in range(30)]
    assert find_duplicates((str(n), text) for n, text in enumerate(texts)) == []


@pytest.mark.parametrize(
    ("keep", "kept"), [("first", "a"), ("longest", "b"), ("earliest", "c"), ("source", "d")]
)
def test_the_copy_that_stays_is_chosen_by_policy_in_any_order(keep: str, kept: str) -> None:
    text = BODIES["english"]
    records = [
        {"id": "a", "text": text, "date": "2024-03-02", "source": "x.org/1"},
        {"id": "b", "text": f"{text}\nAdditional reporting by staff.", "date": None, "source": "x.org/2"},
        {"id": "c", "text": text, "date": "2024-03-01", "source": "x.org/3"},
        {"id": "d", "text": text[:1500], "date": "2024-03-03", "source": "agency"},
    ]
    for order in (records, records[::-1]):
        [group] = find_duplicates(order, keep=keep, sources=["agency"])  # type: ignore[arg-type]
        assert group.kept == (order[0]["id"] if keep == "first" else kept)
        assert {group.kept, *(copy.id for copy in group.copies)} == set("abcd")


def test_groups_do_not_depend_on_the_order_of_input() -> None:
    rng = random.Random(8)
    records = list(BODIES.items())
    for name, text in BODIES.items():
        for n, edit in enumerate(("shuffled", "cut short", "words changed")):
            records.append((f"{name} {n}", edited(text, edit, rng)))
    found = {frozenset(map(frozenset, ids(find_duplicates(records))))}
    for _ in range(3):
        rng.shuffle(records)
        found.add(frozenset(map(frozenset, ids(find_duplicates(records)))))
    assert len(found) == 1
    assert {len(group) for group in found.pop()} == {4}


def test_records_mappings_and_pairs_are_taken_and_those_without_text_are_no_copies() -> None:
    text = BODIES["english"]
    mixed = [
        Record("r", "r.txt", 1, text, ()),
        {"id": "m", "text": text},
        ("p", text),
        {"id": "n"},
        ("e", ""),
        ("f", "!"),
    ]
    assert ids(find_duplicates(mixed)) == [["r", "m", "p"]]
    assert find_duplicates([]) == []


def test_equal_short_texts_are_copies_and_similar_ones_are_not() -> None:
    texts = [("a", "No comment."), ("b", "no comment!"), ("c", "No comment today.")]
    assert ids(find_duplicates(texts)) == [["a", "b"]]


def test_words_of_a_long_run_wait_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [(f"{name} {n}", text) for name, text in BODIES.items() for n in range(2)]
    expected = find_duplicates(records)
    monkeypatch.setattr(corpus_module, "IN_MEMORY", 1000)
    assert find_duplicates(records) == expected
    assert len(expected) == len(BODIES)


def test_seeds_that_are_sorted_in_parts_give_the_same_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(2)
    records = [
        (f"{name} {edit}", edited(text, edit, rng))
        for name, text in BODIES.items()
        for edit in ("cut short", "")
    ]
    expected = find_duplicates(records)
    monkeypatch.setattr(corpus_module, "SORTED", 100)
    assert find_duplicates(records) == expected
    monkeypatch.setattr(corpus_module, "MOST_SORTED", 50)
    assert find_duplicates(records) == expected
    assert len(expected) == len(BODIES)


def test_of_many_copies_of_one_text_the_words_count_though_many_texts_have_them() -> None:
    rng = random.Random(6)
    records = [(str(n), edited(BODIES["english"], "words changed", rng)) for n in range(30)]
    assert [len(group.copies) for group in find_duplicates(records)] == [29]


def test_a_column_whose_file_was_cut_off_is_an_error_and_no_endless_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(corpus_module, "IN_MEMORY", 64)
    with closing(corpus_module.Column(np.int64)) as column:
        for _ in range(9):
            column.add(np.arange(8))
        assert column.whole().tolist() == [*range(8)] * 9
        assert column._file
        column._file.truncate(100)
        with pytest.raises(OSError, match="shorter than what was written"):
            column.whole()
