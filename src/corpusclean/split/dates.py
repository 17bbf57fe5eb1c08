"""Dates in a byline, a header or a caption: where they stand and which days they can mean.

In comes a short line, in any of the languages of ``months.txt`` and in the digits of any script; out come
the full dates in it, with the weekday and the time that belong to them. Every search starts at a digit: a
number of one, two or four figures is looked at together with what follows, and with the word before it when
a year follows it. Whether ``03/05/2020`` is in March or in May the line alone often cannot say. Such a date
keeps both readings, and `decide` settles it with what else the page shows, or leaves it open.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from corpusclean.split.months import CLOCK, Month, clock, is_fill, month_named, weekday_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY_FIRST = frozenset(
    [
        "ar",
        "az",
        "ca",
        "ckb",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "fa",
        "fr",
        "he",
        "id",
        "it",
        "kmr",
        "ku",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "tr",
        "uk",
    ]
)
"""Languages that write the day before the month in figures. English is not one: its readers disagree."""


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A full date in a line, from its weekday to its time, half-open.

    `readings` has one day when the line is certain. Where the order of day and month is open it has two:
    day first, then month first. `form` is ``named``, ``numeric`` (year last), ``iso`` (year first),
    ``solar`` or ``cjk``; `separator` is that of a ``numeric`` date: ``.``, ``/`` or ``-``. `time` is
    ``14:30``, with seconds and offset when the line says them. `day_first` is the order of day and month,
    None where it is open or says nothing.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    form: str
    separator: str = ""
    time: str | None = None
    day_first: bool | None = None


_GAP = r"[ \u00a0\u200e\u200f]{0,2}"
_SEP = rf"{_GAP}(?P<separator>[-/.؍／．－‑]){_GAP}"
_AGAIN = rf"{_GAP}(?P=separator){_GAP}"
_WORD = r"[^\s0-9!-/:-@\[-`{-~،؛–—…·•|«»“”‘’（）、，。\u200e\u200f]{1,18}+"
_JOIN = r"(?:\.?\s{0,3}|['’]|[-/])"
# Versions, addresses and paths go on behind the third number; dates end there, or go on with a time.
_ENDS = r"(?![0-9%]|(?:(?P=separator)\w|[.,:][0-9])(?![0-9]?:[0-9]{2}))"
_BEGINS = re.compile(r"(?<![0-9A-Za-z_$€£¥#№+])(?<!\w[-/])(?<![0-9][.,:])")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"[0-9]++")
_WORDS = re.compile(_WORD)

# The alternatives of these two are told apart by the name of their last group.
_YEAR_FIRST = re.compile(
    rf"""(?P<year>[0-9]{{4}})(?:
      {_SEP}(?P<month>[0-9]{{1,2}}){_AGAIN}(?P<iso>[0-9]{{1,2}})(?![a-z]){_ENDS}
    | \s?[年년]\s?(?P<cjk_month>[0-9]{{1,2}})\s?[月월]\s?(?P<cjk>[0-9]{{1,2}})\s?[日号號일]
    | [.,،\-/\s]{{1,3}}+(?P<words>{_WORD}(?:\s{_WORD})?+)[.\-/\s]{{1,3}}+
      (?P<named>[0-9]{{1,2}})(?![0-9%]|[:.,/-][0-9]|,?\s[0-9]{{4}}(?![0-9]))
    )""",
    re.VERBOSE,
)
_DAY = re.compile(
    rf"""(?P<first>[0-9]{{1,2}})(?:
      {_SEP}(?P<second>[0-9]{{1,2}}){_AGAIN}(?P<numeric>[0-9]{{4}}|[0-9]{{2}}(?![0-9A-Za-z])){_ENDS}
    | (?:st|nd|rd|th|[ºª°])?[.,،\-/\s]{{1,4}}+(?:(?:del?|of|do)\s)?(?P<before>[0-9]{{4}})(?![0-9])
    | {_JOIN}(?P<words>{_WORD}(?:[\s/(-]{{1,3}}{_WORD}\)?+){{0,4}}+)
      [.,،\-/\s]{{0,4}}+(?P<named>[0-9]{{4}})(?![0-9])
    )""",
    re.VERBOSE,
)
_GLUED = re.compile(r"(?<=[a-z])[A-Z][a-z]{2,8}$")
_ERA = re.compile(r"\s{0,2}(?:[гр]\.|r\.|(?:г|года|году|року|roku|م|میلادی|شمسی|خورشیدی|ه\.\s?ش|an|ê)(?!\w))")
_WEEKDAY = re.compile(rf"[\s,،]{{0,2}}([(（]?)({_WORD}(?:-feira)?)[)）]?")
_TOKEN = re.compile(r"[^\W0-9_][^\s,،.()|（）]*+")
_GLUE = r"[\s,،、，|/·•–—()\u200e\u200f-]{0,4}+"
_CLOCK_AFTER = re.compile(rf"\.?{_GLUE}{CLOCK}", re.VERBOSE)
_CLOCK_BEFORE = re.compile(CLOCK, re.VERBOSE)
_BETWEEN = re.compile(rf"{_GLUE}(?:(?:on|am|el|le|del|il|den|op)\s)?\Z")
# Numbers behind these words are not days, whatever they look like.
_NO_DATE = frozenset(
    [
        "v",
        "ver",
        "version",
        "versión",
        "versão",
        "versione",
        "wersja",
        "версия",
        "build",
        "firmware",
        "tel",
        "phone",
        "fax",
        "isbn",
    ]
)


def find_dates(text: str) -> list[DateMatch]:
    """The full dates in a short text, left to right.

    >>> [(str(m.readings[0]), m.time, m.start) for m in find_dates("By Ann, Mon, Apr 6, 2020 at 5:12 pm")]
    [('2020-04-06', '17:12', 8)]
    >>> [[day.isoformat() for day in m.readings] for m in find_dates("۱۴۰۰/۰۲/۱۳ | 03/05/2020")]
    [['2021-05-03'], ['2020-05-03', '2020-03-05']]
    >>> find_dates("version 1.2.2021.4, 192.168.1.20, 3-2, 2019-2021, March 28")
    []
    """
    if not _DIGIT.search(text):
        return []
    plain = _in_ascii_digits(text)
    found: list[DateMatch] = []
    done = 0
    for number in _NUMBER.finditer(plain):
        start, end = number.span()
        if start >= done and end - start in (1, 2, 4):
            core = (
                _starting_with_year(plain, start)
                if end - start == 4
                else _starting_with_day(plain, start, done)
            )
            if core:
                found.append(_with_weekday_and_time(plain, core, done))
                done = found[-1].end
    return found


def _in_ascii_digits(text: str) -> str:
    """The text with the digits of all scripts replaced one by one, so that offsets stay."""
    if text.isascii():
        return text
    return _DIGITS.sub(lambda run: run[0] if run[0].isascii() else _ascii(run[0]), text)


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)


def _starting_with_year(plain: str, start: int) -> DateMatch | None:
    """``2021-05-03``, ``2021年5月3日``, ``2021 May 3``."""
    found = _YEAR_FIRST.match(plain, start)
    if not found or (found.lastgroup != "cjk" and not _BEGINS.match(plain, start)):
        return None
    year, form = int(found["year"]), found.lastgroup or ""
    if form == "named":
        if not _is_name(found["words"]):
            return None
        return _named(start, found.end(), year, month_named(found["words"]), int(found["named"]), None)
    month = found["month"] if form == "iso" else found["cjk_month"]
    day = _day(year, int(month), int(found[form]))
    return DateMatch(start, found.end(), (day,), "solar" if year < 1900 else form) if day else None


def _starting_with_day(plain: str, start: int, floor: int) -> DateMatch | None:
    """``3.5.2021``, ``3 May 2021``, and ``May 3, 2021``, which is seen from its day."""
    found = _DAY.match(plain, start)
    if not found:
        return None
    form, day = found.lastgroup, int(found["first"])
    if form == "before":
        named = _month_before(plain, floor, start)
        return named and _named(named[0], found.end(), int(found["before"]), named[1], day, False)
    if not _BEGINS.match(plain, start):
        return None
    if form == "named":
        return _named(start, found.end(), int(found["named"]), month_named(found["words"]), day, True)
    return _numeric(plain, found)


def _named(
    start: int, end: int, year: int, month: Month | None, day: int, day_first: bool | None
) -> DateMatch | None:
    if month is None:
        return None
    solar = year < 1900 or year > 2100
    number = month.solar if solar else month.gregorian
    full = _day(year, number, day, named=True)
    return (
        DateMatch(start, end, (full,), "solar" if solar else "named", day_first=day_first) if full else None
    )


def _numeric(plain: str, found: re.Match[str]) -> DateMatch | None:
    """``3.5.2021`` and ``5/3/21``, with a reading for each order that gives a day."""
    separator = unicodedata.normalize("NFKC", found["separator"]).replace("‐", "-").replace("؍", "/")
    year, first, second = int(found["numeric"]), int(found["first"]), int(found["second"])
    if len(found["numeric"]) == 2:
        # Two points or dashes between single figures are versions and scores more often than days.
        if len(found[0]) > 8 or (separator != "/" and len(found[0]) < 8) or 40 <= year < 80:
            return None
        year += 2000 if year < 40 else 1900
    before = _WORDS.findall(plain, max(0, found.start() - 12), found.start())
    if before and before[-1].lower() in _NO_DATE:
        return None
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if year < 1900:  # the solar calendar is written with the day first or the year first
        return DateMatch(*found.span(), (day_first,), "solar") if day_first else None
    days = tuple(dict.fromkeys(day for day in (day_first, month_first) if day))
    order = None if day_first and month_first else bool(day_first)
    return DateMatch(*found.span(), days, "numeric", separator, day_first=order) if days else None


def _day(year: int, month: int, day: int, *, named: bool = False) -> date | None:
    """The day in the calendar that the year belongs to, None when there is no such day.

    In figures, solar years end at 1430: beyond lie the Islamic years of 2010 and later, which look the
    same. The Kurdish years of the solar calendar (2700 is 1379) are told only with the name of a month.
    """
    if named and 2621 <= year <= 2771:
        year -= 1321
    try:
        if 1900 <= year <= 2100:
            return date(year, month, day)
        if 1300 <= year <= (1450 if named else 1430):
            from persiantools.jdatetime import JalaliDate  # only for the pages that need it

            return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        pass
    return None


def _month_before(plain: str, floor: int, start: int) -> tuple[int, Month] | None:
    """The month that a line names right before a day, and where its name starts."""
    from_ = max(floor, start - 30)
    head = plain[from_:start]
    stripped = head.rstrip(" .,،-/\t\u00a0")
    words = list(_WORDS.finditer(stripped))[-3:]
    if len(head) - len(stripped) > 3 or not words or words[-1].end() != len(stripped):
        return None
    if len(words) > 1 and is_fill(words[-1][0]):
        words.pop()
    for word in words[-2:]:
        month = None if is_fill(word[0]) else month_named(stripped[word.start() :])
        if month:
            return from_ + word.start(), month
    glued = _GLUED.search(stripped)  # flattened pages run words together: "PublishedMay 3, 2021"
    month = month_named(glued[0]) if glued else None
    return (from_ + glued.start(), month) if glued and month else None


def _with_weekday_and_time(plain: str, core: DateMatch, floor: int) -> DateMatch:
    """The date together with the weekday and the time around it; a weekday settles an open order."""
    start, before = _weekday_before(plain, floor, core.start)
    end, after = core.end, None
    if core.form in ("named", "solar") and (era := _ERA.match(plain, end)):
        end = era.end()
    named = _WEEKDAY.match(plain, end)
    if named and (len(named[2]) > 3 or named[1] or named[2] > "\u3000"):
        after = weekday_named(named[2])
        end = end if after is None else named.end()
    time = None
    said = _CLOCK_AFTER.match(plain, end)
    if said and (found := clock(said)):
        time, end = found
    else:
        start, time = _clock_before(plain, floor, start)
    weekday = after if before is None else before
    readings, order = core.readings, core.day_first
    if len(readings) == 2 and sum(day.weekday() == weekday for day in readings) == 1:
        order = readings[0].weekday() == weekday
        readings = readings[:1] if order else readings[1:]
    return DateMatch(start, end, readings, core.form, core.separator, time, order)


def _weekday_before(plain: str, floor: int, start: int) -> tuple[int, int | None]:
    from_ = max(floor, start - 26)
    head = plain[from_:start].rstrip(" ,،.()（）\t\u00a0\u200e\u200f-–—")
    words = list(_TOKEN.finditer(head))[-3:]
    if not words or words[-1].end() != len(head):
        return start, None
    ends = [words, words[:-1]] if is_fill(words[-1][0]) else [words]
    for word, last in ((word, run[-1]) for run in ends for word in run[-2:]):
        name = head[word.start() : last.end()]
        bare = len(name) < 4 and name.islower() and plain[from_ + last.end()] not in ".,،)"
        day = None if bare else weekday_named(name)  # "do" and "so" are words before they are weekdays
        if day is not None:
            return from_ + word.start(), day
    return start, None


def _clock_before(plain: str, floor: int, start: int) -> tuple[int, str | None]:
    from_ = max(floor, start - 40)
    head = plain[from_:start]
    if _DIGIT.search(head):
        for said in _CLOCK_BEFORE.finditer(head):
            found = clock(said)
            if found and _BETWEEN.match(head, found[1]):
                return from_ + said.start(), found[0]
    return start, None


def _is_name(word: str) -> bool:
    """Whether a word is a month also without a year beside it: ``3 out of 5`` and ``may 3`` are not."""
    bare = _WORDS.findall(word)[0].rstrip(".,،-/")
    return (
        not (bare.isascii() and bare.islower())
        or (len(bare) > 3 and bare != "march")
        or bare in ("mai", "mei", "maj")
    )


def decide(
    dates: Sequence[DateMatch | None], *, language: str | None, evidence: Iterable[DateMatch] = ()
) -> list[date | None]:
    """The day of each date of a page, None where it has no date or nothing tells which day is meant.

    `dates` are those of the articles, in the order of the page; `evidence` are other dates that stand on
    it. What has two readings is settled by the first of these that speaks:

    1. values: other dates with the same separator in which only one order gives a day, if they agree;
    2. points between the figures: day first;
    3. the order of the articles: where the certain ones only fall or only rise, the one
       reading that keeps it so;
    4. the order in which the page writes out its dates, ``May 3`` or ``3 May``, if it keeps to one;
    5. the language, where it writes the day first. English decides nothing.

    >>> page = [found[0] for found in map(find_dates, ["03/05/2020", "03/27/2020", "09.04.2020"])]
    >>> [str(day) for day in decide(page, language="en")]
    ['2020-03-05', '2020-03-27', '2020-04-09']
    >>> decide(find_dates("03/05/2020"), language="en")
    [None]
    """
    seen = [*(match for match in dates if match), *evidence]
    orders = {
        separator: _agreed(m.day_first for m in seen if m.form == "numeric" and m.separator == separator)
        for separator in "./-"
    }
    days = [_read(match, orders.get(match.separator) if match else None) for match in dates]
    days = [
        day or _read(match, True if match and match.separator == "." else None)
        for day, match in zip(days, dates, strict=True)
    ]
    days = _in_sequence(days, dates)
    spelled = _agreed(match.day_first for match in seen if match.form == "named")
    spoken = True if language and language.lower().replace("_", "-").split("-")[0] in DAY_FIRST else None
    last = spoken if spelled is None else spelled
    return [day or _read(match, last) for day, match in zip(days, dates, strict=True)]


def _agreed(orders: Iterable[bool | None]) -> bool | None:
    known = {order for order in orders if order is not None}
    return known.pop() if len(known) == 1 else None


def _read(match: DateMatch | None, day_first: bool | None) -> date | None:
    if match is None or (len(match.readings) > 1 and day_first is None):
        return None
    return match.readings[0 if day_first else -1]


def _in_sequence(days: list[date | None], dates: Sequence[DateMatch | None]) -> list[date | None]:
    """The days, with those filled in that only one reading keeps in the order of the certain ones.

    Two certain days always rise or fall. So they speak for what stands between them, and three for what
    stands outside.
    """
    known = [(place, day) for place, day in enumerate(days) if day]
    steps = {(after > before) - (after < before) for (_, before), (_, after) in pairwise(known)} - {0}
    if len(steps) != 1:
        return days
    direction = steps.pop()
    places = [place for place, _ in known]

    def fits(day: date, at: int) -> bool:
        ordinal = day.toordinal() * direction
        low = known[at - 1][1].toordinal() * direction if at else ordinal
        high = known[at][1].toordinal() * direction if at < len(known) else ordinal
        return low <= ordinal <= high

    filled = list(days)
    for place, match in enumerate(dates):
        at = bisect_left(places, place)
        if days[place] is None and match and (len(known) > 2 or 0 < at < len(known)):
            fitting = [day for day in match.readings if fits(day, at)]
            filled[place] = fitting[0] if len(fitting) == 1 else None
    return filled
