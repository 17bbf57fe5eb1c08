"""What is a repeat inside a page, and above all what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpusclean.dedup import Pair, Passage, repeats_within
from corpusclean.model import Span

FOLDER = Path(__file__).parent / "bodies"  # a subhead and four paragraphs in each language
BODIES = {path.stem: tuple(path.read_text("utf-8").splitlines()) for path in sorted(FOLDER.glob("*.txt"))}
CHINESE, ENGLISH, GERMAN, PERSIAN = (BODIES[name] for name in ("chinese", "english", "german", "persian"))
LANGUAGES = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())


def found(*lines: str) -> list[Pair]:
    return repeats_within([Passage.of(i, line, Span(0, len(line))) for i, line in enumerate(lines)])


def places(*lines: str) -> dict[int, int]:
    return {pair.copy: pair.kept for pair in found(*lines)}


@LANGUAGES
def test_a_body_pasted_twice_goes_with_its_subheads(body: tuple[str, ...]) -> None:
    assert found(*body, *body) == [Pair(i + 5, i, 1.0) for i in range(5)]


@LANGUAGES
def test_a_body_with_other_lines_around_it_is_found(body: tuple[str, ...]) -> None:
    lines = ("A headline", *body, "Share", "Comments", *body, "The end")
    assert places(*lines) == {i + 8: i + 1 for i in range(5)}


@LANGUAGES
def test_copies_two_and_three_point_to_the_first(body: tuple[str, ...]) -> None:
    assert places(*body, *body, *body) == {i: i % 5 for i in range(5, 15)}


@LANGUAGES
def test_dropped_and_added_passages_do_not_break_a_run(body: tuple[str, ...]) -> None:
    assert places(*body, *body[:2], *body[3:]) == {5: 0, 6: 1, 7: 3, 8: 4}
    other = (GERMAN if body is ENGLISH else ENGLISH)[3]
    assert places(*body, *body[:3], other, *body[3:]) == {5: 0, 6: 1, 7: 2, 9: 3, 10: 4}


@LANGUAGES
def test_one_long_paragraph_pasted_again_goes(body: tuple[str, ...]) -> None:
    assert places(*body, body[2]) == {5: 2}


@LANGUAGES
def test_a_paragraph_that_comes_again_cut_short_goes(body: tuple[str, ...]) -> None:
    assert places(*body, body[3][:-4] + " …") == {5: 3}


@LANGUAGES
def test_a_body_without_repeats_is_left_alone(body: tuple[str, ...]) -> None:
    assert found(*body) == []


def test_small_edits_and_a_changed_number_go_with_the_run() -> None:
    first = [line.replace("some two hundred", "some 200") for line in ENGLISH]
    second = [line.replace("some 200", "some 240").replace("Monday morning", "Monday") for line in first]
    pairs = found(*first, *second)
    assert [(pair.copy, pair.kept) for pair in pairs] == [(i + 5, i) for i in range(5)]
    assert 0.9 < pairs[0].similarity < 1


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        (PERSIAN, "نزدیک به دویست", "حدود دویست"),
        (CHINESE, "大约两百名", "将近两百名"),
        (GERMAN, "rund", "etwa"),
    ],
)
def test_a_reworded_passage_goes_with_the_run(body: tuple[str, ...], before: str, after: str) -> None:
    again = [line.replace(before, after) for line in body]
    assert again != list(body)
    assert places(*body, *again) == {i + 5: i for i in range(5)}


def test_alone_an_edit_of_plain_words_is_a_copy_and_another_number_or_name_is_none() -> None:
    text = ENGLISH[3]
    assert places(text, "Comments", text.replace("watched", "seen")) == {2: 0}
    assert places(text, "Comments", "But " + text[0] + text[1:]) == {2: 0}
    assert places(text, "Comments", text.replace("Doyle", "Baker")) == {}
    assert places(text.replace("three", "3"), "Comments", text.replace("three", "4")) == {}


def test_case_punctuation_and_letters_typed_otherwise_do_not_count() -> None:
    arabic = PERSIAN[2].replace("ی", "ي").replace("ک", "ك")
    assert found(*PERSIAN, arabic) == [Pair(5, 2, 1.0)]
    assert found(*ENGLISH, ENGLISH[2].upper().replace(",", "")) == [Pair(5, 2, 1.0)]


SONG = (
    "The lamps are low along the bay", "And every boat has gone away", "O carry me over, carry me home",
    "O carry me over the grey sea foam", "The gulls come in, the tide goes out", "And no one knows what it is about",
    "O carry me over, carry me home", "O carry me over the grey sea foam", "I left my coat upon the pier",
    "I left my heart a mile from here", "O carry me over, carry me home", "O carry me over the grey sea foam",
)  # fmt: skip
GHAZAL = (
    "شب آمد و چراغ خانه خاموش", "ببر مرا به ساحل ای نسیم", "دلم گرفته از هوای این شهر", "ببر مرا به ساحل ای نسیم",
    "نه قایقی نه ناخدا نه دریا", "ببر مرا به ساحل ای نسیم",
)  # fmt: skip
STANZAS = ("Wer klopft so spät ans Tor?", "Es ist der Wind, mein Kind.", "Wer lacht so leis davor?",
           "Es ist der Wind, mein Kind.") * 3  # fmt: skip
HOTELS = tuple(
    f"The {name} hotel has {rooms} rooms and {bars} restaurants, is {way} minutes from the airport, and charges "
    f"{price} euros a night for a double room with breakfast included."
    for name, rooms, bars, way, price in [
        ("Alpine", 120, 2, 15, 140), ("Harbour", 80, 1, 25, 95), ("Station", 240, 3, 9, 180),
        ("Meadow", 36, 1, 40, 70), ("Cathedral", 64, 2, 31, 210), ("Orchard", 18, 1, 55, 60),
    ]
)  # fmt: skip
HOTELS_FA = tuple(
    f"هتل {name} در مرکز شهر و نزدیک بازار قدیمی قرار دارد و اتاق‌های آن رو به باغ است و صبحانه در تالار بزرگ طبقه "
    "همکف برای همه مهمانان از ساعت هفت تا ده آماده است و اینترنت رایگان دارد."
    for name in ("لاله", "نرگس", "یاس", "مریم", "نسترن")
)
HOTELS_ZH = tuple(
    f"{name}酒店位于市中心，步行{way}分钟可到地铁站，共有{rooms}间客房，每间都配有空调、电视和免费无线网络，"
    f"双人间每晚价格为{price}元，含早餐，退房时间为中午十二点。"
    for name, way, rooms, price in [("海滨", 5, 120, 480), ("星河", 12, 86, 390), ("东方", 8, 240, 620)]
)
RESULTS = tuple(
    f"{a} {x}, {b} {y} (half-time {z}-0), attendance {n}, referee {r}, played at the home ground of {a} on Saturday."
    for a, b, x, y, z, n, r in [
        ("Rovers", "Town", 3, 1, 1, 4211, "Hill"), ("United", "Athletic", 0, 0, 0, 9120, "Shaw"),
        ("Albion", "City", 2, 2, 2, 12008, "Pike"), ("Wanderers", "County", 4, 1, 3, 5310, "Lane"),
    ]
)  # fmt: skip
QUESTION = "Q: Looking back, what would you do differently if you had to start the whole thing again today?"
INTERVIEW = (QUESTION, ENGLISH[0], QUESTION, ENGLISH[2], QUESTION, ENGLISH[3])
SLOGAN = (
    "News you can trust",
    ENGLISH[0],
    "News you can trust",
    ENGLISH[2],
    "News you can trust",
    ENGLISH[3],
)
FORMULAS = ("E = m c 2", ENGLISH[0], "E = m c 2", ENGLISH[2], "x + y = z", "x + y = z")
HOUSE = (
    "Question put and agreed to. Bill accordingly read a second time and committed to the standing committee."
)
HOUSE_DE = (
    "Wer stimmt für diesen Antrag? – Wer stimmt dagegen? – Wer enthält sich? – Der Antrag ist angenommen."
)
PARLIAMENT = (
    ENGLISH[0],
    HOUSE,
    ENGLISH[2],
    HOUSE,
    ENGLISH[3],
    HOUSE,
    GERMAN[0],
    HOUSE_DE,
    GERMAN[2],
    HOUSE_DE,
)


@pytest.mark.parametrize(
    "lines",
    [SONG, GHAZAL, STANZAS, HOTELS, HOTELS_FA, HOTELS_ZH, RESULTS, INTERVIEW, SLOGAN, FORMULAS, PARLIAMENT],
    ids=["song", "ghazal", "stanzas", "hotels", "hotels-fa", "hotels-zh", "results", "interview", "slogan",
         "formulas", "parliament"],
)  # fmt: skip
def test_what_comes_again_on_purpose_stays(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


def test_a_catalogue_pasted_twice_goes_although_its_entries_are_alike() -> None:
    assert places(*HOTELS, *HOTELS) == {i + 6: i for i in range(6)}


def test_a_poem_that_stands_twice_from_end_to_end_goes() -> None:
    poem = [
        f"{line} by the {word} water"
        for line, word in zip(SONG[:2] + SONG[4:6] + SONG[8:10], "abcdef", strict=True)
    ]
    poem += [f"and the {word} wind went with the seven of us to the shore" for word in "ghijk"]
    assert places("My poem", *poem, *poem) == {i + 11: i for i in range(1, 12)}


def test_a_repeat_keeps_the_number_of_its_line() -> None:
    lines = {4: ENGLISH[0], 7: "Comments", 9: ENGLISH[0]}
    pairs = repeats_within([Passage.of(i, line, Span(0, 1)) for i, line in lines.items()])
    assert pairs == [Pair(9, 4, 1.0)]


def test_a_page_of_very_many_equal_lines_is_done_at_once() -> None:
    lines = ["Reply", "Report this comment", ENGLISH[2]] * 1000
    assert found(*lines) == []  # so short a text that stands so often is a formula
    assert len(found(*(ENGLISH * 400))) == 1995
