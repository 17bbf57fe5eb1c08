"""The names of months and weekdays, in the languages of ``months.txt``, and the ways to say a time of day.

A name is looked up by its skeleton: folded case, no accents or vowel signs, no zero-width characters, and
one letter where scripts have several for the same sound (Persian and Arabic yeh). So ``MAYIS``, ``Mayıs``
and ``mayis`` are one name, and the list stays short. A month name belongs to a calendar; the year, not the
language, says which one is meant. A time of day is one pattern, `CLOCK`, that stands anywhere a caller
places it, and `clock`, which reads what it found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

GREGORIAN, SOLAR = "gregorian", "solar"

_SAME = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ۀ": "ه", "ı": "i", "ł": "l"})
_BARE = re.compile(r"[\W_]+")
_SPLIT = re.compile(r"[\s/()'’.\-‑]+")


@dataclass(frozen=True, slots=True)
class Month:
    """The number of a month in each calendar that has this name, 0 where none has.

    >>> month_named("Gulan"), month_named("گوڵانی")
    (Month(gregorian=5, solar=0), Month(gregorian=0, solar=2))
    """

    gregorian: int = 0
    solar: int = 0


def skeleton(name: str) -> str:
    """What is left of a name when case, accents, vowel signs, hyphens and zero-width characters are gone.

    >>> skeleton("FÉVRIER"), skeleton("Mayıs"), skeleton("segunda-feira")
    ('fevrier', 'mayis', 'segundafeira')
    """
    if name.isascii():
        return _BARE.sub("", name.lower())
    folded = unicodedata.normalize("NFKD", name.casefold()).translate(_SAME)
    return _BARE.sub("", folded)  # combining marks are no word characters, so they go here too


@lru_cache(maxsize=4096)
def month_named(words: str) -> Month | None:
    """The month that these words name, when the rest of them says nothing else.

    Two names are one month when they agree, as where both Arabic families stand side by side.

    >>> month_named("rd of May"), month_named("أيار/مايو"), month_named("May and June")
    (Month(gregorian=5, solar=0), Month(gregorian=5, solar=0), None)
    """
    months, fill = _names()["month"], _names()["fill"]
    parts = [part for word in _SPLIT.split(words) if (part := skeleton(word)) and part not in fill]
    if len(parts) > 4 or not parts:
        return None
    whole = months.get("".join(parts))
    for cut in range(1, len(parts)):
        one, other = months.get("".join(parts[:cut])), months.get("".join(parts[cut:]))
        if one and one == other:
            whole = one
    return Month(whole.get(GREGORIAN, 0), whole.get(SOLAR, 0)) if whole else None


@lru_cache(maxsize=4096)
def weekday_named(words: str) -> int | None:
    """The day of the week that these words name, Monday 0 to Sunday 6.

    >>> weekday_named("Mon."), weekday_named("سه شنبه"), weekday_named("(日)"), weekday_named("Month")
    (0, 1, 6, None)
    """
    day = _names()["week"].get(skeleton(words))
    return day["week"] - 1 if day else None


def is_fill(word: str) -> bool:
    """Whether a word may stand inside a date without saying anything.

    >>> is_fill("the"), is_fill("Thursday")
    (True, False)
    """
    return skeleton(word) in _names()["fill"]


@cache
def _names() -> dict[str, dict[str, dict[str, int]]]:
    """For each kind of name: skeleton → calendar → number, counted from 1."""
    names: dict[str, dict[str, dict[str, int]]] = {"month": {}, "week": {}, "fill": {}}
    text = resources.files("corpusclean.split").joinpath("months.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            head, _, columns = line.partition(" : ")
            _, kind, *endings = head.split()
            table = names["month" if kind in (GREGORIAN, SOLAR) else kind]
            for number, column in enumerate(columns.split("|"), start=1):
                for name in column.split():
                    for ending in ("", *(ending[1:] for ending in endings)):
                        table.setdefault(skeleton(name + ending), {}).setdefault(kind, number)
    return names


_OFFSETS = (
    "Z+00:00 UTC+00:00 GMT+00:00 WET+00:00 CET+01:00 MEZ+01:00 CEST+02:00 MESZ+02:00 EET+02:00 EEST+03:00 "
    "MSK+03:00 TRT+03:00 PKT+05:00 JST+09:00 KST+09:00 EST-05:00 EDT-04:00 CDT-05:00 MST-07:00 MDT-06:00 "
    "PST-08:00 PDT-07:00 ET CT MT PT CST IST BST AST"  # the last eight are zones of no single offset
)
ZONES = {zone.rstrip("+-:0123456789"): zone.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for zone in _OFFSETS.split()}
_LEAD = (
    r"T|at|um|a\s?las?|alle(?:\sore)?|ore|[àa]s|à|om|(?:o\s)?godz\.?|o|saat|saet|в|об?|klo?\.?|@"
    r"|(?:در\s)?ساعت|(?:(?:عند|على|في)\s)?الساع[ةه]|[كک]اتژمێر"
)
_BEFORE_NOON = r"上午|午前|오전"
_AFTER_NOON = r"下午|午後|오후"
_AM = r"a\.?\s?m\b\.?|صباح[اً]{0,2}|ص|ق\.?ظ\.?|قبل\s?از\s?ظهر|پ\.?ن"
_PM = r"p\.?\s?m\b\.?|مساء[اً]{0,2}|م|ب\.?ظ\.?|بعد\s?از\s?ظهر|د\.?ن"

CLOCK = rf"""
    (?:(?P<lead>(?<![^\W0-9])(?i:{_LEAD}))(?:\b|(?=[0-9])|(?<=@)|(?<=\.)):?\s{{0,2}})?
    (?:(?:(?P<dawn>{_BEFORE_NOON})|(?P<dusk>{_AFTER_NOON}))\s?)?
    (?P<hour>[0-9]{{1,2}})
    (?:(?P<mark>\s?[hH]\s?|[:：.])(?P<minute>[0-9]{{2}})
      (?:[:：](?P<second>[0-9]{{2}})(?:[.,][0-9]{{1,9}})?)?(?![0-9]|[:.][0-9])
    |\s?(?P<cjk>[时時点點시])\s?(?:(?P<cjk_minute>[0-9]{{1,2}})\s?[分분])? |(?![0-9]))
    (?:\s?(?:(?P<am>(?i:{_AM}))|(?P<pm>(?i:{_PM}))|(?P<unit>(?i:uhr|uur|hrs?|h|min)))(?!\w))?
    (?:\s?\(?(?:(?P<utc>UTC|GMT)?\s?(?P<offset>[+−-][0-9]{{1,2}}(?::?[0-9]{{2}})?)|(?P<zone>{"|".join(ZONES)}))
      (?![\w:])\)?)?
"""
"""A time of day, for ``re.VERBOSE``, in ASCII digits; what it finds is a time only if `clock` says so."""


def clock(found: re.Match[str]) -> tuple[str, int] | None:
    """The time in ISO form and where it ends, None when the figures found are no time of day.

    A bare number needs a unit (``5 pm``, ``14 Uhr``), a point needs a unit or a word before it (``alle
    14.30``).

    >>> pattern = re.compile(CLOCK, re.VERBOSE)
    >>> [clock(pattern.match(text)) for text in ("5:12 p.m. EDT", "14h30", "14.30 Uhr", "14.30", "25:10")]
    [('17:12-04:00', 13), ('14:30', 5), ('14:30', 9), None, None]
    """
    said = found.groupdict()
    if not (
        said["mark"]
        or said["cjk"]
        or said["am"]
        or said["pm"]
        or (said["unit"] or "").lower() in ("h", "uhr", "uur")
    ):
        return None
    if (said["mark"] or "").strip() == "." and not (said["lead"] or said["am"] or said["pm"] or said["unit"]):
        return None
    hour, minute, second = (int(said[part] or 0) for part in ("hour", "minute", "second"))
    minute = minute or int(said["cjk_minute"] or 0)
    if (said["pm"] or said["dusk"]) and hour < 12:
        hour += 12
    elif (said["am"] or said["dawn"]) and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    time = f"{hour:02}:{minute:02}" + (f":{second:02}" if said["second"] else "")
    if said["zone"]:
        return time + ZONES[said["zone"]], found.end()
    offset = _offset(said)
    if said["offset"] and not offset:
        return time, max(found.end(part) for part in ("hour", "minute", "second", "cjk", "am", "pm", "unit"))
    return time + offset, found.end()


def _offset(said: dict[str, str | None]) -> str:
    """The distance from UTC, when it is one and not the second half of ``10:00-12:00``."""
    offset = (said["offset"] or "").replace("−", "-").replace(":", "")
    certain = said["utc"] or said["second"] or said["lead"] == "T" or offset.startswith("+")
    hours, minutes = int(offset[1:3] or 0), int(offset[3:] or 0) if len(offset) > 3 else 0
    if not offset or not certain or hours > 14 or minutes not in (0, 30, 45):
        return ""
    return f"{offset[0]}{hours:02}:{minutes:02}"
