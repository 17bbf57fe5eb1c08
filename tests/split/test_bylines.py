"""Bylines are read in all their forms and languages; a sentence or headline with a date in it is none."""

from __future__ import annotations

from datetime import date

import pytest

from corpusclean.split.bylines import LONGEST, Byline, after_label, read_byline

MAY_5 = date(2020, 5, 5)


def said(text: str) -> tuple[set[str], str | None, date | None]:
    """Names, publisher and day of a byline; names that may be either count as names."""
    found = read_byline(text)
    assert found is not None, "no byline"
    day = found.date.readings[0] if found.date else None
    return {*found.authors, *found.names}, found.publisher, day


FORMS = [
    ("By Khaled Example | The Daily Example | May 5, 2020", {"Khaled Example"}, "The Daily Example", MAY_5),
    ("By Anna Keller, May 5, 2020", {"Anna Keller"}, None, MAY_5),
    ("By ANNA KELLER", {"ANNA KELLER"}, None, None),
    ("By Anna Keller and Tom Baker", {"Anna Keller", "Tom Baker"}, None, None),
    ("Written by Anna Keller on 5 May 2020", {"Anna Keller"}, None, MAY_5),
    ("Posted by Anna Keller at 14:30 on May 5, 2020", {"Anna Keller"}, None, MAY_5),
    ("Posted 5/5/2020", set(), None, MAY_5),
    ("Published May 5, 2020 | Updated May 6, 2020", set(), None, MAY_5),
    ("Tuesday, May 5, 2020", set(), None, MAY_5),
    ("Anna Keller — May 5th, 2020", {"Anna Keller"}, None, MAY_5),
    ("May 5, 2020 by Anna Keller", {"Anna Keller"}, None, MAY_5),
    ("May 5, 2020 · 4 min read", set(), None, MAY_5),
    ("The Inland Review 5 May 2020", {"The Inland Review"}, None, MAY_5),
    (
        "Von Jana Petzold | Saaletaler Nachrichten | 5.5.2020",
        {"Jana Petzold"},
        "Saaletaler Nachrichten",
        MAY_5,
    ),
    ("Von Jana Petzold und Mirko Sandvoß", {"Jana Petzold", "Mirko Sandvoß"}, None, None),
    ("5. Mai 2020, 14:30 Uhr", set(), None, MAY_5),
    ("Veröffentlicht am 5. Mai 2020 von Jana Petzold", {"Jana Petzold"}, None, MAY_5),
    ("Autor: Thorben Quast", {"Thorben Quast"}, None, None),
    ("Stand: 05.05.2020", set(), None, MAY_5),
    ("5 mai 2020 – Hélène Marchetti", {"Hélène Marchetti"}, None, MAY_5),
    ("Par Hélène Marchetti, le 5 mai 2020", {"Hélène Marchetti"}, None, MAY_5),
    ("Publié le 5 mai 2020 à 14h30", set(), None, MAY_5),
    ("Por Candela Riaño, 5 de mayo de 2020", {"Candela Riaño"}, None, MAY_5),
    ("5 mayo, 2020 por Candela Riaño", {"Candela Riaño"}, None, MAY_5),
    ("Redacción · 2020-05-05", set(), None, MAY_5),
    ("Вера Толмачёва, 5 мая 2020", {"Вера Толмачёва"}, None, MAY_5),
    ("Автор: Вера Толмачёва", {"Вера Толмачёва"}, None, None),
    ("Опубликовано: 5 мая 2020, 14:30", set(), None, MAY_5),
    ("05 Mayıs 2020 Salı 14:30", set(), None, MAY_5),
    ("Yazar: Cemal Oğuzhan", {"Cemal Oğuzhan"}, None, None),
    ("نویسنده: فرهاد نورزاده", {"فرهاد نورزاده"}, None, None),
    ("تاریخ انتشار: ۱۶ اردیبهشت ۱۳۹۹", set(), None, MAY_5),
    ("الثلاثاء 5 مايو 2020", set(), None, MAY_5),
    ("بقلم: ريم عيسى", {"ريم عيسى"}, None, None),
    ("林若水　2020年5月5日", {"林若水"}, None, MAY_5),
    ("作者：陈默", {"陈默"}, None, None),
]


@pytest.mark.parametrize(("text", "names", "publisher", "day"), FORMS, ids=[form[0] for form in FORMS])
def test_a_byline_is_read(text: str, names: set[str], publisher: str | None, day: date | None) -> None:
    found_names, found_publisher, found_day = said(text)
    assert found_day == day
    assert (found_names | {found_publisher}) - {None} == (names | {publisher}) - {None}
    assert found_publisher in (publisher, None)


@pytest.mark.parametrize(
    "text",
    [
        "On May 5, 2020 the council met",
        "On May 5, 2020 the council met in the old town hall.",
        "By Monday the notices had given way to doors.",
        "By the time she arrived, the hall was empty",
        "By and large the winter was mild",
        "Von Anfang an war klar, dass die Brücke nicht hält",
        "Von der Quelle bis zur Mündung",
        "Am 5. Mai 2020 tagte der Rat bis Mitternacht.",
        "Par conséquent, le pont restera fermé",
        "Por eso nadie quiso volver al pueblo",
        "По словам мэра, мост откроют в понедельник",
        "5 мая 2020 года совет заседал до полуночи.",
        "Bridge opens on May 5, 2020",
        "The week of May 5, 2020 in pictures",
        "Was am 5. Mai 2020 in der Region geschieht",
        "1945: Das Ende des Krieges in unserem Dorf",
        "Results of 5 May 2020: Upper Street 412, Lower Street 398",
        "12/5",
        "Home | News | Sport",
        "Anna Keller",
        "The council met on Monday",
        "Share on Facebook",
        "14:30",
        "",
        "* * *",
    ],
)
def test_a_tempting_line_is_no_byline(text: str) -> None:
    assert read_byline(text) is None


def test_a_chinese_line_of_date_and_source_is_read() -> None:
    assert said("2020-05-05 14:30 来源：滨江在线") == (set(), "滨江在线", MAY_5)


@pytest.mark.parametrize(
    "text", ["في 5 مايو 2020 اجتمع المجلس في القاعة القديمة", "2020年5月5日，议会开会到半夜"]
)
def test_a_headline_without_small_letters_is_no_byline(text: str) -> None:
    assert read_byline(text) is None


def test_an_update_is_told_from_the_first_day() -> None:
    found = read_byline("Updated May 6, 2020")
    assert found
    assert found.updated
    first = read_byline("Published May 5, 2020 | Updated May 6, 2020")
    assert first
    assert first.date
    assert first.date.readings == (MAY_5,)


def test_a_date_that_can_be_two_days_stays_open() -> None:
    found = read_byline("By Anna Keller | 04/05/2020")
    assert found
    assert found.date
    assert len(found.date.readings) == 2


def test_bylines_of_one_template_have_one_form() -> None:
    lines = ["By Anna Keller | The Courier | May 5, 2020", "By Tom Baker | The Harbour News | June 16, 2020"]
    found = [read_byline(line) for line in lines]
    assert len({byline.form for byline in found if byline}) == 1
    assert all(
        isinstance(byline, Byline) and (byline.authors or byline.publisher or byline.names)
        for byline in found
    )


@pytest.mark.parametrize(
    ("text", "family", "rest"),
    [
        ("Tags: bridge, river", "tags", "bridge, river"),
        ("Schlagworte: Brücke, Fluss", "tags", "Brücke, Fluss"),
        ("Previously published in the Daily Example", "source", "the Daily Example"),
        ("The bridge opens", "tags", None),
        ("Tags", "tags", None),
    ],
)
def test_what_follows_a_label(text: str, family: str, rest: str | None) -> None:
    assert after_label(text, family) == rest


@pytest.mark.parametrize(
    "text", ["| " * 80, "May 5, 2020 " * 14, "By " + "A. " * 50, "(" * 170, "1 " * 80, "- " * 80, ", " * 80]
)
def test_a_nasty_line_says_nothing(text: str) -> None:
    assert read_byline(text[:LONGEST]) is None or "May" in text
