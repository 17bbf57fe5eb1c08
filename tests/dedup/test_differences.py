"""What differs between a copy and what stays: the rest is the same, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import Difference, compare_records
from corpusclean.dedup.corpus import Corpus
from corpusclean.dedup.differences import Side, differences
from corpusclean.dedup.kernels.engine import COMPILED, PLAIN

FOLDER = Path(__file__).parent / "bodies"
BODIES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
ENGLISH = BODIES["english"]
WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30).map(" ".join)


def shown(kept: str, copy: str) -> list[tuple[str, str]]:
    [group] = compare_records([("kept", kept), ("copy", copy)], differences=True).groups
    return [(kept[slice(*one.kept)], copy[slice(*one.copy)]) for one in group.copies[0].differs]


def test_words_that_were_changed_added_and_left_out_stand_beside_each_other() -> None:
    words = ENGLISH.split(" ")
    copy = " ".join([*words[:10], "quietly", *words[11:30], "extra", "words", *words[30:50], *words[52:]])
    assert [(a.strip(".,"), b.strip(".,")) for a, b in shown(ENGLISH, copy)] == [
        (words[10].strip(".,"), "quietly"),
        ("", "extra words"),
        (" ".join(words[50:52]).strip(".,"), ""),
    ]


@pytest.mark.parametrize("name", BODIES)
def test_nothing_differs_where_case_and_order_of_paragraphs_do(name: str) -> None:
    paragraphs = [line for line in BODIES[name].splitlines() if len(line) > 20]
    assert shown("\n".join(paragraphs), "\n".join(paragraphs[::-1]).upper()) == []


def test_copies_of_passages_say_it_too() -> None:
    line = ENGLISH.splitlines()[2]
    words = line.split(" ")
    copy = " ".join([*words[:9], "otherwise", *words[10:]])
    other = BODIES["german"]
    [passage] = compare_records([("a", ENGLISH), ("b", f"{other}\n{copy}")], differences=True).passages
    [one] = passage.copies[0].differs
    assert ENGLISH[slice(*one.kept)] == words[9].strip(".,")
    assert f"{other}\n{copy}"[slice(*one.copy)] == "otherwise"


@given(WORDS, WORDS, st.sampled_from([PLAIN, COMPILED]))
def test_what_does_not_differ_is_the_same_words_in_both(kept: str, copy: str, kernels: object) -> None:
    corpus = Corpus(kernels)  # type: ignore[arg-type]
    corpus.add([kept, copy])
    sides = [Side(text, 0, int(corpus.sizes[text])) for text in (1, 0)]
    found = list(next(differences(corpus, [(sides[0], sides[1])])))
    assert found == sorted(found, key=lambda one: (one.copy, one.kept))
    rest = []
    for text, spans in ((kept, [one.kept for one in found]), (copy, [one.copy for one in found])):
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        left = list(text)
        for start, end in sorted(spans, reverse=True):
            left[start:end] = []
        rest.append(sorted(re.findall(r"\w+", "".join(left))))
    assert rest[0] == rest[1]


def test_nothing_is_said_unless_it_is_asked_for() -> None:
    [group] = compare_records([("a", ENGLISH), ("b", ENGLISH.replace("the", "a", 2))]).groups
    assert list(group.copies[0].differs) == []
    assert Difference((0, 1), (0, 2)).copy == (0, 2)
