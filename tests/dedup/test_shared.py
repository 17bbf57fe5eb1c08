"""Passages that stand more than once, in one record or in several."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpusclean import SharedPassage, compare_records, find_passages
from corpusclean.dedup.kernels.engine import COMPILED, PLAIN

FOLDER = Path(__file__).parent / "bodies"
BODIES = {path.stem: path.read_text("utf-8").splitlines() for path in sorted(FOLDER.glob("*.txt"))}
ENGLISH, GERMAN = BODIES["english"], BODIES["german"]
LANGUAGES = pytest.mark.parametrize("name", BODIES)
SENTENCE = (
    "Photographs may be used free of charge in reports about the fair if the agency is named beside them."
)


@pytest.fixture(params=[PLAIN, COMPILED], ids=["plain", "compiled"], autouse=True)
def kernels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpusclean.dedup.records.kernels_for", lambda _: request.param)


def shown(found: list[SharedPassage], records: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each passage the text that stays, and the ids and texts of its copies."""
    return [
        (
            records[one.kept.id][one.kept.start : one.kept.end],
            [(copy.id, records[copy.id][copy.start : copy.end]) for copy in one.copies],
        )
        for one in found
    ]


@LANGUAGES
def test_a_paragraph_that_stands_in_an_earlier_record_is_found_in_any_language(name: str) -> None:
    line = BODIES[name][2]
    other = next(body for key, body in BODIES.items() if key != name)
    records = {"a": "\n\n".join(BODIES[name]), "b": "\n".join([*other[:3], line, *other[3:]])}
    assert shown(find_passages(records.items()), records) == [(line, [("b", line)])]


def test_an_edited_paragraph_is_found_and_its_similarity_is_a_fact() -> None:
    words = ENGLISH[2].split(" ")
    words[5], words[20] = "quietly", "shiny"
    records = {"a": "\n".join(ENGLISH), "b": "\n".join([*GERMAN, " ".join(words)])}
    [found] = find_passages(records.items())
    assert shown([found], records) == [(ENGLISH[2], [("b", " ".join(words))])]
    assert 0.9 < found.copies[0].similarity < 1


def test_a_paragraph_twice_in_one_record_is_found() -> None:
    records = {"a": "\n".join([*ENGLISH, "In short:", ENGLISH[2].replace("the", "a", 1)])}
    [found] = find_passages(records.items())
    assert found.kept.start == records["a"].index(ENGLISH[2])
    assert found.copies[0].end == len(records["a"])


def test_a_quote_inside_another_paragraph_is_found_to_the_word() -> None:
    quote = " ".join(ENGLISH[2].split()[3:30])
    records = {
        "a": "\n".join(ENGLISH),
        "b": f"{GERMAN[0]}\nSie schrieb, {quote} und so weiter, ohne ein Ende zu finden.",
    }
    [(kept, [(_, copy)])] = shown(find_passages(records.items()), records)
    assert copy == quote.rstrip(".,")
    assert kept == copy


def test_a_sentence_in_many_articles_is_one_passage_with_as_many_copies() -> None:
    rng = random.Random(4)
    words = sorted({word for line in ENGLISH for word in line.split()})
    records = {}
    for n in range(60):
        before, after = (" ".join(rng.choices(words, k=40)) for _ in range(2))
        records[f"{n:02}"] = f"{before}. {SENTENCE} {after}."
    [found] = find_passages(records.items())
    assert found.kept.id == "00"
    assert len(found.copies) == 59
    assert all(SENTENCE[5:-5] in text for _, [*copies] in shown([found], records) for _, text in copies)


def test_entries_of_a_template_are_no_copies_of_each_other() -> None:
    rng = random.Random(2)
    entry = (
        "The {} hotel has {} rooms and {} restaurants, is {} minutes from the airport, and charges {} euros a night "
        "for a double room with breakfast included."
    )
    lines = [
        entry.format(name, *(rng.randrange(12, 400) for _ in range(4)))
        for name in "Anchor Bear Crown Dolphin Eagle Falcon".split()
    ]
    assert find_passages([("a", "\n".join(lines[:3])), ("b", "\n".join(lines[3:]))]) == []


def test_short_answers_stay() -> None:
    interview = "\n".join(f"Q: {line}\nA: No comment." for line in ENGLISH[:4])
    assert find_passages([("a", interview), ("b", "Yes.\nA: No comment.\nNo.")]) == []


def test_the_place_that_stays_follows_the_policy() -> None:
    short, long = {"id": "s", "text": ENGLISH[2]}, {"id": "l", "text": "\n".join(ENGLISH[:3])}
    assert [one.kept.id for one in find_passages([short, long])] == ["s"]
    assert [one.kept.id for one in find_passages([short, long], keep="longest")] == ["l"]


def test_a_kept_place_is_never_itself_a_copy() -> None:
    records = {
        name: "\n".join([*BODIES[key][:2], ENGLISH[3]]) for name, key in zip("abc", BODIES, strict=False)
    }
    [found] = find_passages(records.items())
    assert (found.kept.id, [copy.id for copy in found.copies]) == ("a", ["b", "c"])


def test_both_in_one_reading_leaves_out_the_copies_of_whole_records() -> None:
    text = "\n".join(ENGLISH)
    found = compare_records([("a", text), ("b", text.upper()), ("c", f"{ENGLISH[2]}\n" + "\n".join(GERMAN))])
    assert [(group.kept, [copy.id for copy in group.copies]) for group in found.groups] == [("a", ["b"])]
    assert [(one.kept.id, [copy.id for copy in one.copies]) for one in found.passages] == [("a", ["c"])]


def test_nothing_is_found_in_nothing() -> None:
    assert find_passages([]) == []
    assert find_passages([("a", ""), ("b", "\n\n"), ("c", "One line, and no more than this.")]) == []


def test_places_are_right_behind_long_words_and_long_gaps() -> None:
    far = " " * 300 + "x" * 400 + "\n" + "-" * 70_000 + "\n"
    records = {
        "a": far + "\n".join(ENGLISH),
        "b": f"{GERMAN[0]} {far}{' '.join(ENGLISH[2].split()[3:30])} und so weiter, und dann noch mehr davon.",
    }
    [(kept, [(_, copy)])] = shown(find_passages(records.items()), records)
    assert kept == copy == " ".join(ENGLISH[2].split()[3:30]).rstrip(".,")


@LANGUAGES
def test_paragraphs_that_were_copied_together_are_one_passage(name: str) -> None:
    other = next(body for key, body in BODIES.items() if key != name)
    copied = BODIES[name][1:4]
    records = {"a": "\n\n".join(BODIES[name]), "b": "\n".join([*other[:2], *copied])}
    [(kept, [(_, copy)])] = shown(find_passages(records.items()), records)
    assert (kept, copy) == ("\n\n".join(copied), "\n".join(copied))


def test_paragraphs_that_changed_places_are_passages_of_their_own() -> None:
    records = {"a": "\n".join(ENGLISH), "b": "\n".join([*GERMAN[:2], ENGLISH[4], ENGLISH[2]])}
    found = shown(find_passages(records.items()), records)
    assert found == [(line, [("b", line)]) for line in (ENGLISH[2], ENGLISH[4])]


def test_a_part_of_an_entry_of_a_template_is_no_copy() -> None:
    entry = (
        "The {} hotel has {} rooms and {} restaurants, is {} minutes from the airport, and charges 219 euros a night "
        "for a double room with breakfast included."
    )
    lines = [entry.format(*values) for values in (("Anchor", 12, 30, 45), ("Bear", 12, 22, 90))]
    assert find_passages([("a", lines[0]), ("b", lines[1])]) == []
