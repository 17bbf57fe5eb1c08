"""Repeats across the records of a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpusclean.dedup import Linker, Links
from corpusclean.model import Record

FOLDER = Path(__file__).parent / "bodies"
BODIES = {path.stem: tuple(path.read_text("utf-8").splitlines()) for path in sorted(FOLDER.glob("*.txt"))}
CHINESE, ENGLISH, GERMAN, PERSIAN = (BODIES[name] for name in ("chinese", "english", "german", "persian"))
LANGUAGES = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())


def record(name: str, *paragraphs: str, title: str | None = None, at: int = 100) -> Record:
    """A record whose paragraphs stand in the source with three characters between them, from `at` on."""
    spans = []
    for paragraph in paragraphs:
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 3
    return Record(name, f"{name}.txt", 1, "\n\n".join(paragraphs), tuple(spans), title=title)


def links(*records: Record) -> list[Links]:
    linker = Linker()
    return [linker.link(one) for one in records]


def pairs(one: Links) -> list[tuple[int, str, int]]:
    return [(repeat.start, repeat.of.id, repeat.of.start) for repeat in one.repeats]


@LANGUAGES
def test_a_passage_that_stands_in_an_earlier_record_is_linked_to_its_place(body: tuple[str, ...]) -> None:
    others = [line for line in (*GERMAN, *ENGLISH, *PERSIAN) if line not in body]
    first, second = record("a", *body), record("b", *others[:4], body[2], at=7)
    [_, found] = links(first, second)
    assert [(r.start, r.end) for r in found.repeats] == [second.spans[4]]
    of = found.repeats[0].of
    assert (of.id, of.source, of.part, of.start, of.end, of.similarity) == (
        "a",
        "a.txt",
        1,
        *first.spans[2],
        1.0,
    )
    assert found.duplicate_of is None


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (ENGLISH[2], "Its engineers told the paper that a ramp" + ENGLISH[2][52:]),
        (ENGLISH[2], ENGLISH[2].partition(", since")[0] + "."),
        (GERMAN[3], GERMAN[3].replace("sagte", "berichtete").replace("drei", "vier").replace("je ", "")),
        (PERSIAN[2], PERSIAN[2].replace("شرکت کشتیرانی", "این شرکت").replace("مرغوب", "خوب")),
        (
            CHINESE[2],
            CHINESE[2].replace("表示", "说").replace("目前", "现在").replace("，价格也比去年高出许多", ""),
        ),
    ],
)
def test_nearly_the_same_is_linked_with_its_similarity(text: str, again: str) -> None:
    assert text != again
    [_, found] = links(record("a", ENGLISH[0], text), record("b", GERMAN[0], again))
    assert [repeat.of.id for repeat in found.repeats] == ["a"]
    assert 0.6 <= found.repeats[0].of.similarity < 1


def test_the_earliest_record_wins() -> None:
    found = links(*(record(name, other, ENGLISH[2]) for name, other in zip("abc", GERMAN[2:], strict=True)))
    assert [repeat.of.id for one in found for repeat in one.repeats] == ["a", "a"]


@LANGUAGES
def test_a_record_that_nearly_equals_an_earlier_one_is_its_duplicate(body: tuple[str, ...]) -> None:
    again = [line.replace("Monday", "Tuesday").replace("Montag", "Dienstag") for line in body]
    found = links(record("a", *body), record("b", *body), record("c", *again, "Comments"))
    assert [one.duplicate_of and one.duplicate_of.id for one in found] == [None, "a", "a"]
    similar = [one.duplicate_of.similarity for one in found if one.duplicate_of]
    assert similar[0] == 1
    assert 0.9 < similar[1] < 1


def test_a_duplicate_is_found_when_its_lines_are_broken_otherwise() -> None:
    [_, found] = links(record("a", *ENGLISH), record("b", " ".join(ENGLISH)))
    assert found.duplicate_of
    assert found.duplicate_of.id == "a"


def test_an_excerpt_is_no_duplicate_of_the_article_nor_the_article_of_the_excerpt() -> None:
    whole, part = record("a", *ENGLISH), record("b", *ENGLISH[:3])
    for first, second in ((whole, part), (part, whole)):
        [_, found] = links(first, second)
        assert found.duplicate_of is None
        assert len(found.repeats) == 2


def test_nothing_is_linked_to_a_duplicate() -> None:
    extra = GERMAN[2]
    found = links(
        record("a", *ENGLISH, *GERMAN[3:]), record("b", *ENGLISH, *GERMAN[3:], extra), record("c", extra)
    )
    assert found[1].duplicate_of
    assert found[2] == Links()


def test_short_records_are_duplicates_only_under_the_same_title() -> None:
    found = links(
        record("a", "Watch the video.", title="Storm"),
        record("b", "Watch the video.", title="Flood"),
        record("c", "Watch the video.", title="Storm"),
    )
    assert [one.duplicate_of and one.duplicate_of.id for one in found] == [None, None, "a"]


HOTEL = (
    "The {} hotel has {} rooms and {} restaurants, is {} minutes from the airport, and charges {} euros a night "
    "for a double room with breakfast included."
)
HOTEL_DE = (
    "Das Hotel {} hat {} Zimmer und {} Restaurants, liegt {} Minuten vom Flughafen entfernt und verlangt {} Euro "
    "die Nacht für ein Doppelzimmer mit Frühstück."
)
HOTEL_ZH = (
    "{}酒店位于市中心，共有{}间客房和{}个餐厅，距离机场{}分钟车程，"
    "双人间每晚价格为{}元，包括早餐和停车费用在内。"
)
MATCH = (
    "{} beat their visitors from {} by {} goals to {} in front of {} people on Saturday, after the first half had "
    "ended without a goal."
)
VALUES = [
    ("Alpine", 120, 2, 15, 140), ("Harbour", 80, 1, 25, 95), ("Station", 240, 3, 9, 180),
    ("Meadow", 36, 4, 40, 70), ("Cathedral", 64, 5, 31, 210), ("Orchard", 18, 6, 55, 60),
]  # fmt: skip


@pytest.mark.parametrize("template", [HOTEL, HOTEL_DE, HOTEL_ZH], ids=["en", "de", "zh"])
def test_entries_of_a_list_are_not_linked(template: str) -> None:
    entries = [template.format(*values) for values in VALUES]
    found = links(record("a", ENGLISH[0], *entries[:3]), record("b", GERMAN[0], *entries[3:]))
    assert found[1] == Links()
    assert links(record("a", entries[0]), record("b", entries[1]))[1] == Links()


def test_match_results_are_not_linked() -> None:
    teams = ["Rovers", "Albion", "United", "City", "Town", "Athletic"]
    lines = [
        MATCH.format(a, b, n + 3, n + 1, 4000 + 311 * n)
        for n, (a, b) in enumerate(zip(teams, teams[3:], strict=False))
    ]
    assert links(record("a", lines[0]), record("b", lines[1]), record("c", lines[2]))[1:] == [
        Links(),
        Links(),
    ]


def test_entries_of_a_list_without_numbers_are_known_by_their_company() -> None:
    entry = (
        "هتل {} در مرکز شهر و نزدیک بازار قدیمی قرار دارد و اتاق‌های آن رو به باغ است و صبحانه در تالار "
        "بزرگ طبقه همکف برای همه مهمانان آماده است."
    )
    first, second = ([entry.format(name) for name in names] for names in (("لاله", "نرگس"), ("یاس", "مریم")))
    assert links(record("a", *first), record("b", *second))[1].repeats == ()


def test_another_number_is_linked_in_the_company_of_the_same_text() -> None:
    toll = "Police counted {} cars and {} lorries on the bridge between six and ten in the morning, more than ever."
    first = record("a", ENGLISH[0], ENGLISH[2], toll.format(812, 95), GERMAN[0])
    second = record("b", PERSIAN[0], ENGLISH[2], toll.format(934, 120), PERSIAN[2])
    third = record("c", CHINESE[0], toll.format(1003, 77), CHINESE[2])
    found = links(first, second, third)
    assert pairs(found[1]) == [(second.spans[k][0], "a", first.spans[k][0]) for k in (1, 2)]
    assert found[2] == Links()


def test_records_without_words_have_no_links() -> None:
    assert links(record("a"), record("b", "…"), record("c", "…"), record("d")) == [Links()] * 4


def test_datasketch_waits_until_there_are_two_records() -> None:
    code = (
        "import sys; from corpusclean.dedup import Linker; from corpusclean.model import Record;"
        "linker = Linker(); linker.link(Record('1', 'a', 1, 'Some words.', ((0, 11),)));"
        "print('datasketch' in sys.modules or 'numpy' in sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout == "False\n"
