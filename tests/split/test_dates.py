"""Dates are found in every form and language listed, and open orders are settled by what the page shows."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from corpusclean.split.dates import DAY_FIRST, DateMatch, decide, find_dates
from corpusclean.split.months import month_named, skeleton, weekday_named

MAY_3 = date(2021, 5, 3)
DIGITS = {
    "latin": "0123456789",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "full": "０１２３４５６７８９",
    "hindi": "०१२३४५६७८९",
}
LIST = resources.files("corpusclean.split").joinpath("months.txt").read_text("utf-8").splitlines()
ROWS = [line.partition(" : ") for line in LIST if not line.startswith("#")]


def names(kind: str) -> list[tuple[int, str]]:
    """Each number and name of a kind in the list, endings included."""
    found = []
    for head, _, columns in ROWS:
        language_kind = head.split()
        if language_kind[1] == kind:
            for number, column in enumerate(columns.split("|"), start=1):
                for name in column.split():
                    found += [
                        (number, name.replace("_", " ") + end)
                        for end in ["", *(end[1:] for end in language_kind[2:])]
                    ]
    return found


def one(text: str) -> DateMatch:
    found = find_dates(text)
    assert len(found) == 1, (text, found)
    return found[0]


# How far a date reaches. The line is in three parts: before, the date with all of its own, after.
WHOLE = [
    ("By Ann Lee | ", "Monday, May 3, 2021", " in World", None),
    ("", "May. 3 2021", "", None),
    ("", "3rd of May 2021", ".", None),
    ("", "Monday, the 3rd of May, 2021", " was", None),
    ("Updated ", "1:30 PM ET, Mon May 3, 2021", "", "13:30"),
    ("", "May 3, 2021 at 5:12 pm EDT", " by Ann", "17:12-04:00"),
    ("Posted: ", "May 3, 2021, 12:05 a.m.", "", "00:05"),
    ("Published", "May 3, 2021", "By John", None),
    ("", "3 May 2021, 14:30 (GMT+3)", " | 4 comments", "14:30+03:00"),
    ("", "May 3, 2021 14:30", " (local time)", "14:30"),
    ("", "May 3, 2021", " - 5 comments", None),
    ("Stand: ", "Montag, den 3. Mai 2021 um 14:30 Uhr", "", "14:30"),
    ("", "3. Mai 2021, 14.30 Uhr", "", "14:30"),
    ("Publié le ", "lundi 3 mai 2021 à 14h30", "", "14:30"),
    ("", "3 de mayo de 2021 a las 5:12 p. m.", "", "17:12"),
    ("", "lunes, 3 de mayo del año 2021", "", None),
    ("", "mayo 3, 2021", "", None),
    ("", "segunda-feira, 3 de maio de 2021 às 14h", "", "14:00"),
    ("", "lunedì 3 maggio 2021, ore 14.30", "", "14:30"),
    ("", "maandag 3 mei 2021 om 14:30 uur", "", "14:30"),
    ("", "poniedziałek, 3 maja 2021 r., godz. 14:30", "", "14:30"),
    ("", "3 Mayıs 2021 Pazartesi, 14:30", "", "14:30"),
    ("", "3 MAYIS 2021", "", None),
    ("", "Понедельник, 3 мая 2021 г. в 14:30", "", "14:30"),
    ("", "3-го мая 2021 года", "", None),
    ("", "3 травня 2021 року о 14:30", "", "14:30"),
    ("", "الاثنين ٣ مايو ٢٠٢١ الساعة 14:30", "", "14:30"),
    ("", "3 أيار/مايو 2021 - 2:30 مساءً", "", "14:30"),
    ("", "3 مايو (أيار) 2021", "", None),
    ("کد خبر ۱۲۳۴۵ | ", "دوشنبه ۱۳ اردیبهشت ۱۴۰۰ ساعت ۱۴:۳۰", "", "14:30"),
    ("", "۱۳ اردیبهشت‌ماه ۱۴۰۰", "", None),
    ("", "۱۴:۳۰ - ۱۴۰۰/۰۲/۱۳", "", "14:30"),
    ("", "۱۴۰۰/۲/۱۳", "", None),
    ("", "۱۳/۰۲/۱۴۰۰", "", None),
    ("", "۱۳ ثور ۱۴۰۰", "", None),
    ("", "۳ مه ۲۰۲۱", "", None),
    ("", "٣ی ئایاری ٢٠٢١", "", None),
    ("", "٢٠٢١ ئایار ٣", "", None),
    ("", "١٣ی گوڵانی ٢٧٢١", "", None),
    ("", "3ê Gulana 2021an", "", None),
    ("", "3'yê gulanê 2021", "", None),
    ("发布时间：", "2021年05月03日 星期一 下午2:30", " 来源：新华网", "14:30"),
    ("", "2021年5月3日(月) 14:30", "", "14:30"),
    ("", "2021年5月3日 14時30分", "", "14:30"),
    ("입력 ", "2021년 5월 3일 오후 2시 30분", "", "14:30"),
    ("", "2021. 05. 03. 14:30", "", "14:30"),
    ("", "2021-05-03T14:30:05.123Z", "", "14:30:05+00:00"),
    ("", "2021-05-03T14:30-05:00", "", "14:30-05:00"),
    ("", "2021-05-03 14:30:00 +0200", "", "14:30:00+02:00"),
    ("", "2021/05/03 10:00", "-12:00", "10:00"),
    ("", "2021.05.03", "", None),
    ("", "03-May-2021", "", None),
    ("", "2021-May-03", "", None),
    ("3–", "3 May 2021", "", None),
]


@pytest.mark.parametrize(("before", "said", "after", "clock"), WHOLE, ids=[row[1] for row in WHOLE])
def test_a_date_is_found_with_its_weekday_and_time(
    before: str, said: str, after: str, clock: str | None
) -> None:
    match = one(before + said + after)
    assert (match.readings, match.time) == ((MAY_3,), clock)
    assert before + said + after == before + (before + said + after)[match.start : match.end] + after


TEMPTING = """\
version 1.2.2021.4
version 1.2.2021
Firmware 3.05.2021
v3.5.2021
PHP 7.4.21 and Python 3.11.07
IP 10.12.20.21 and 192.168.1.20
They won 3-2, 6-4 and 7-5
24-12-8
The price is $3.5.2021 or 1.250,00 or 12.05
Tel. 03-05-2021
+49 30 12-05-2021-33
01-02-20-33-44
2019-2021
2019/20/21
the season 2020/21
1914-18
31.02.2021
30/02/2021
2021-13-01
2021-02-30
February 30, 2021
31 ноября 2021
۱۴۰۰/۱۳/۰۱
۱۴۰۰/۱۲/۳۰
١٤٤٢/٠٩/٢١
3 May 1420
13 May 3021
March 28
28 March
5月3日
COVID-19 May 2021
Issue 3, May 2021
Comments 3 | May 2021
May 2021
May 3 people met in 2021
3 people met on the square in 2021
chapter 3.5 of 2021
those who in 2020 may 5 times
3/4 of 2021
https://example.org/2021/05/03/slug
example.org/2021-05-03
report-2021-05-03.pdf
/2021/05/03/slug
ISBN 978-3-05-2021-4
14:30
100% of 12/24
3 Dismay 2021
Mayor 3, 2021""".splitlines()


@pytest.mark.parametrize("text", TEMPTING)
def test_a_tempting_line_holds_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("number_name", names("gregorian"), ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_month_name_is_read(number_name: tuple[int, str]) -> None:
    number, name = number_name
    for text in (f"7 {name} 2021", f"7 {name.upper()} 2021", f"{name} 7, 2021"):
        assert one(text).readings == (date(2021, number, 7),), text


@pytest.mark.parametrize("number_name", names("solar"), ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_solar_month_name_is_read(number_name: tuple[int, str]) -> None:
    number, name = number_name
    expected = JalaliDate(1400, number, 7).to_gregorian()
    for year in ("1400", "۱۴۰۰", "2721"):
        assert one(f"7 {name} {year}").readings == (expected,)


def test_no_name_has_two_numbers() -> None:
    for kind in ("gregorian", "solar", "week"):
        numbers: dict[str, set[int]] = {}
        for number, name in names(kind):
            numbers.setdefault(skeleton(name), set()).add(number)
        assert {name: seen for name, seen in numbers.items() if len(seen) > 1} == {}
    assert all(weekday_named(name) == number - 1 for number, name in names("week"))


def test_each_row_of_names_is_complete() -> None:
    wanted = {"gregorian": 12, "solar": 12, "week": 7, "fill": 1}
    assert [head for head, _, columns in ROWS if len(columns.split("|")) != wanted[head.split()[1]]] == []


def test_two_names_are_one_month_only_when_they_agree() -> None:
    assert month_named("تموز يوليو") == month_named("july")
    assert month_named("May June") is None


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
scripts = st.sampled_from(sorted(DIGITS.values()))
clocks = st.sampled_from(
    [
        "",
        " 14:30",
        ", 14:30",
        " - 14:30",
        " | 14:30",
        " at 14:30",
        " um 14:30 Uhr",
        " 14h30",
        " الساعة 14:30",
        " ساعت 14:30",
    ]
)


def in_script(text: str, digits: str) -> str:
    return text.translate(str.maketrans(DIGITS["latin"], digits))


@given(days, st.sampled_from(names("gregorian")), st.sampled_from(names("week")), scripts, clocks, st.data())
def test_any_spelled_date_is_found_again(
    day: date, month: tuple[int, str], weekday: tuple[int, str], digits: str, clock: str, data: st.DataObject
) -> None:
    number, name = month
    day = day.replace(month=number, day=min(day.day, 28))
    shape = data.draw(
        st.sampled_from(
            [
                "{d} {m} {y}",
                "{d:02} {m} {y}",
                "{m} {d}, {y}",
                "{m}. {d} {y}",
                "{d}. {m} {y}",
                "{d}-{m}-{y}",
                "{d} de {m} de {y}",
                "{d}th of {m} {y}",
                "{d} {m}, {y}",
                "{w}, {d} {m} {y}",
                "{w} {m} {d}, {y}",
                "{d} {m} {y} г.",
                "{d}º {m} {y}",
            ]
        )
    )
    said = shape.format(d=day.day, m=name, y=day.year, w=weekday[1].title())
    text = in_script(said + clock, digits)
    match = one("By Ann — " + text + ".")
    assert match.readings == (day,)
    assert match.time == ("14:30" if clock else None)
    assert ("By Ann — " + text)[match.start : match.end] == text


@given(days, scripts, clocks, st.sampled_from("-/."), st.booleans(), st.booleans())
def test_any_date_in_figures_is_found_again(
    day: date, digits: str, clock: str, separator: str, padded: bool, year_first: bool
) -> None:
    two = "02" if padded else ""
    parts = [f"{day.year}", f"{day.month:{two}}", f"{day.day:{two}}"]
    said = separator.join(parts if year_first else reversed(parts))
    text = in_script(said + clock, digits)
    match = one("(Ann) " + text)
    assert match.readings[0] == day
    assert match.time == ("14:30" if clock else None)
    assert (match.start, match.end) == (6, 6 + len(text))
    if year_first or day.day > 12 or day.day == day.month:
        assert match.readings == (day,)
    else:
        assert match.readings == (day, date(day.year, day.day, day.month))
    assert match.separator == ("" if year_first else separator)


@given(st.dates(date(2000, 1, 1), date(2039, 12, 31)), st.booleans())
def test_years_of_two_figures_are_of_this_century(day: date, month_first: bool) -> None:
    text = f"{day.month}/{day.day}/{day:%y}" if month_first else f"{day.day:02}.{day.month:02}.{day:%y}"
    assert day in one(text).readings


@given(st.dates(date(1925, 1, 1), date(2050, 1, 1)), scripts, st.sampled_from(names("solar")))
def test_any_solar_date_is_found_again(day: date, digits: str, month: tuple[int, str]) -> None:
    solar = JalaliDate.to_jalali(day)
    for text in (f"{solar.year}/{solar.month:02}/{solar.day:02}", f"{solar.year}-{solar.month}-{solar.day}"):
        match = one(in_script(text, digits))
        assert (match.readings, match.form) == ((day,), "solar")
    named = JalaliDate(solar.year, month[0], min(solar.day, 29)).to_gregorian()
    assert one(in_script(f"{min(solar.day, 29)} {month[1]} {solar.year}", digits)).readings == (named,)


@given(
    days,
    scripts,
    st.sampled_from(["{}年{}月{}日", "{}年{}月{}号", "{} 年 {} 月 {} 日", "{}년 {}월 {}일", "{}년{}월{}일"]),
)
def test_any_east_asian_date_is_found_again(day: date, digits: str, shape: str) -> None:
    match = one(in_script("于" + shape.format(day.year, day.month, day.day) + "发布", digits))
    assert (match.readings, match.form) == ((day,), "cjk")


@given(days, st.times(), st.sampled_from(["", "Z", "+02:00", "-05:00", "+0530"]))
def test_any_iso_datetime_is_found_again(day: date, clock: object, zone: str) -> None:
    text = f"{day}T{clock}{zone}"
    match = one(text)
    assert match.end == len(text)
    assert match.readings == (day,)
    offset = {"Z": "+00:00", "+0530": "+05:30"}.get(zone, zone)
    assert match.time == str(clock)[:8] + offset


@given(st.text(alphabet="0123٣۳ .,:/-年月日MayTZpm|()+\n", max_size=60))
def test_matches_are_ordered_and_inside_the_text(text: str) -> None:
    found = find_dates(text)
    edges = [edge for match in found for edge in (match.start, match.end)]
    assert edges == sorted(edges)
    assert all(0 <= match.start < match.end <= len(text) and 1 <= len(match.readings) <= 2 for match in found)


@pytest.mark.parametrize(
    "text", ["March 28", "28 March and 3rd of May", "3. Mai", "28 марта", "may 3", "40 March"]
)
def test_a_day_without_a_year_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_a_weekday_settles_the_order() -> None:
    assert one("Mon 5/3/21").readings == one("3/5/2021 Pazartesi").readings == (MAY_3,)
    assert len(one("Sun 5/3/21").readings) == 2  # it fits neither


def page(*lines: str) -> list[DateMatch | None]:
    return [next(iter(find_dates(line)), None) for line in lines]


def decided(*lines: str, language: str | None = None, evidence: str = "") -> list[str | None]:
    days = decide(page(*lines), language=language, evidence=find_dates(evidence))
    return [str(day) if day else None for day in days]


def test_values_beyond_twelve_speak_for_their_separator() -> None:
    assert decided("03/05/2020", "03/27/2020") == ["2020-03-05", "2020-03-27"]
    assert decided("03/05/2020", "27/03/2020", language="en") == ["2020-05-03", "2020-03-27"]
    assert decided("03/05/2020", evidence="seen 12/31/2019") == ["2020-03-05"]
    assert decided("03/05/2020", "03-27-2020") == [None, "2020-03-27"]
    assert decided("03/05/2020", "03/27/2020", "27/03/2020")[0] is None


def test_points_mean_day_first_unless_the_page_shows_otherwise() -> None:
    assert decided("09.04.2020", language="en") == ["2020-04-09"]
    assert decided("09.04.2020", "03.27.2020") == ["2020-09-04", "2020-03-27"]


def test_the_year_first_is_never_open() -> None:
    assert decided("2021-05-03", "2021/03/05", "") == ["2021-05-03", "2021-03-05", None]


def test_the_order_of_the_articles_speaks_where_one_reading_keeps_it() -> None:
    assert decided("May 25, 2020", "03/05/2020", "April 26, 2020") == [
        "2020-05-25",
        "2020-05-03",
        "2020-04-26",
    ]
    assert decided("May 5, 2020", "10 April 2020", "03/04/2020", "April 1, 2020")[2] == "2020-04-03"
    assert decided("Jan 1, 2020", "May 1 2020", "5 Aug 2020", "07/09/2020", language="en")[3] == "2020-09-07"


def test_the_order_of_the_articles_is_silent_where_both_or_no_readings_keep_it() -> None:
    assert decided("May 25, 2020", "03/04/2020", "1 February 2020")[1] is None
    assert decided("May 25, 2020", "03/04/2020", "1 May 2020")[1] is None
    assert decided("5 May 2020", "May 1, 2020", "2 May 2020", "07/03/2020", "3 April 2020")[3] is None
    # Two certain days always rise or fall: no order is shown for what stands outside of them.
    assert decided("5 May 2020", "May 1, 2020", "07/03/2020")[2] is None


def test_spelled_dates_show_the_order_of_the_page() -> None:
    assert decided("03/05/2020", evidence="May 3, 2019") == ["2020-03-05"]
    assert decided("03/05/2020", evidence="3 May 2019") == ["2020-05-03"]
    assert decided("03/05/2020", evidence="3 May 2019 and May 3, 2019", language="en") == [None]


@pytest.mark.parametrize("language", [*sorted(DAY_FIRST), "pt-BR"])
def test_languages_that_write_the_day_first_say_so(language: str) -> None:
    assert decided("03/05/2020", language=language) == ["2020-05-03"]


@pytest.mark.parametrize("language", ["en", "en-GB", "zh", None])
def test_what_nothing_decides_stays_blank(language: str | None) -> None:
    assert decided("03/05/2020", "", language=language) == [None, None]


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "12 2021 ",
        "1.",
        "1/2/",
        "3 a b c d e ",
        "3 May ",
        "١ ",
        "14:30 ",
        " ",
        "1",
        "3.5.2021 ",
        "May 3 ",
    ],
)
def test_long_rows_of_one_thing_come_to_an_end(unit: str) -> None:
    text = "3" + unit * (200_000 // len(unit)) + "2"
    assert isinstance(find_dates(text), list)


def test_numbers_without_end_are_no_dates() -> None:
    assert find_dates("1 " * 500_000) == find_dates("3 2021 " * 140_000) == []
