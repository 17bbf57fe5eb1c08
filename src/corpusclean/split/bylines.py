"""Lines that tell who wrote an article, when, and where: `By A. Name | Paper | May 5, 2020` in all its forms.

A byline is recognised by what is left of it: when dates, times, labels and separators are taken out of the
line, only names remain. So no list of forms is needed, and a sentence with a date in it is never a byline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ..model import fold_words
from ..model.memory import remember
from ..phrases import hits, lexicon, telling_words
from .dates import DateMatch, find_dates
from .months import month_named
from .names import is_name, is_publisher, is_title_of_paper, people

LONGEST = 170
_PARTS = re.compile(
    r"\s*(?:[|｜丨•·●/►»›]|\s[–—-]{1,2}\s|\s{3,}|[\u3000\t]+|^[–—-]\s|\s[–—-]$|[()\[\]（）]|,\s(?=\0)|(?<=\0),)\s*"
)
_TIMES = re.compile(
    r"(?:\b(?:at|um|à|a las|às|alle|ore|saat|в|om)\s+)?"
    r"(?:\b\d{1,2}[:.h]\d{2}(?::\d{2})?\b(?:\s?(?:uhr|am|pm|a\.m\.|p\.m\.))?"
    r"|\b\d{1,2}\s?(?:am|pm)\b)",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(r"\b(?:on|le|am|el|den|vom|em|il|il giorno|op|в|في|در|لە)\s*(?=\0)", re.IGNORECASE)
_DATE_LABEL = re.compile(r"[^\W\d_][^\0|•·:：\d]{0,30}[:：]\s*\0")
_ZONE = re.compile(r"\b(?:GMT|UTC|EST|EDT|CET|CEST|MEZ|MESZ|PST|PDT|BST|IST|MSK)(?:[+-]\d{1,2})?\b")
_IN_SECTION = re.compile(r"(?:^|\s)(?:in|dans|en|içinde|в разделе)\s+([^\W\d_][\w &/,-]{2,30})$")
_READING = re.compile(
    r"\b\d{1,3}\s?(?:min(?:ute)?s?(?:\s(?:read|reading))?|Min\.?(?:\sLesezeit)?|мин\.?|dk\.?|dakika|دقيقة|دقیقه)(?:\s(?:read|lecture))?\b"
)
_COUNTER = re.compile(r"^\s*[\d., ]+\s*[^\W\d]+(?:\s[^\W\d]+){0,2}\s*$")
_SEPARATOR = re.compile(r"[|｜丨•·●/►»›\t\u3000(]|\s[–—-]{1,2}\s|\s{3}")
_MONTH_ONLY = re.compile(r"[^\W\d_]{3,12}\.?\s\d{4}")
_EDITED = re.compile(
    r"edit|éditeur|redakt|编辑|責編|责编|編輯|редактор|редактура|محرر|تحرير|ویرایش|مترجم|translat|перевод|çevir",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"^[\s,.:;\-–—|]+|[\s,:;\-–—|]+$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `form` tells its shape: one letter a part, A author, P publisher, N a name that may be
    either, D date, S section, E editor. Lines of one page that have the same form
    were made by the same template. `expects`: a label for authors came last."""

    form: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    names: tuple[str, ...] = ()
    date: DateMatch | None = None
    section: str | None = None
    updated: bool = False
    labelled: bool = False
    expects: bool = False


@remember
def read_byline(text: str) -> Byline | None:
    """What a line says as a byline, or None when it is something else.

    >>> found = read_byline("By Khaled Example | The Daily Example | May 5, 2020")
    >>> found.authors, found.publisher, found.form
    (('Khaled Example',), 'The Daily Example', 'AND')
    >>> read_byline("On May 5, 2020 the council met in the old town hall") is None
    True
    """
    if len(text) > LONGEST:
        return None
    found_words = hits(text)
    if not may_be_byline(found_words.words):
        return None
    numbered = "0" in found_words.words
    if numbered and _MONTH_ONLY.fullmatch(text) and month_named(text.split(maxsplit=1)[0]):
        return Byline("M", labelled=True)
    dates = find_dates(text) if numbered else []
    if not dates and _telling().isdisjoint(found_words.words):
        return None
    labelled = found_words.label & {"byline", "published", "section"}
    if len(dates) > 3 or not (dates or labelled or _SEPARATOR.search(text)):
        return None
    bare, stamps = text, {}
    for n, found in enumerate(reversed(dates)):
        stamps[len(dates) - 1 - n] = found
        bare = f"{bare[: found.start]}\0{bare[found.end :]}"
    bare, labels = _DATE_LABEL.subn("\0", bare)
    bare = _READING.sub(" ", _ZONE.sub(" ", _BEFORE_DATE.sub("", bare)))
    if dates or labelled:
        bare = _TIMES.sub(" ", bare)
    byline = Byline("", date=stamps.get(0), labelled=bool(labels))
    for part in _parts(bare):
        grown = _add(byline, part)
        if grown is None:
            return None
        byline = grown
    if not byline.form.strip("DS") and not byline.date and not byline.section:
        return None
    return _settle(byline)


def may_be_byline(words: tuple[str, ...]) -> bool:
    """False for the words of a line that has neither a number nor a word of the labels of bylines.

    >>> may_be_byline(("by", "anna")), may_be_byline(("the", "council", "met"))
    (True, False)
    """
    return "0" in words or not _telling().isdisjoint(words)


@cache
def _telling() -> frozenset[str]:
    return telling_words("byline", "published", "section", "source")


def _parts(bare: str) -> list[str]:
    """The parts between the separators; a date (NUL) is a part of its own."""
    found: list[str] = []
    for part in _PARTS.split(bare):
        for piece in re.split("(\0)", part):
            trimmed = piece if piece == "\0" else _LOOSE.sub("", piece)
            if trimmed:
                found.append(trimmed)
    return found


def _add(byline: Byline, part: str) -> Byline | None:
    """The byline with one part more, or None when that part does not belong in a byline."""
    if part == "\0":
        return replace(byline, form=byline.form + "D")
    readers = (_in_section, _bare_label, _labelled, _menu_word, _house_at_end, _name)
    return next((grown for read in readers if (grown := read(byline, part))), None)


def _in_section(byline: Byline, part: str) -> Byline | None:
    """`in World` behind a date."""
    section = _IN_SECTION.search(part) if byline.date else None
    if not section or not is_name(section[1], 4):
        return None
    rest = _LOOSE.sub("", part[: section.start()])
    grown = replace(byline, section=section[1].strip(), form=byline.form + "S")
    return _add(grown, rest) if rest else grown


def _bare_label(byline: Byline, part: str) -> Byline | None:
    """A label alone, `Updated` or `By`, or the name that such a label announced."""
    found = hits(part)
    if found.whole & {"published", "byline"}:
        updated = byline.updated or ("D" not in byline.form and bool(set(found.words) & _UPDATED))
        return replace(byline, updated=updated, labelled=True, expects="byline" in found.whole)
    names = people(part) if byline.expects else ()
    return _with_authors(replace(byline, expects=False), names) if names else None


def _labelled(byline: Byline, part: str) -> Byline | None:
    """A label and what it announces: an author, an editor, a section, a date."""
    author = after_label(part, "byline")
    if author:
        first = author.split()[0] if author > "\u3000" else ""  # on WeChat the author, then the account
        alone = (author,) if is_name(author) or _is_nick(author, byline) else ()
        names = people(author) or people(first) or alone
        labelled = replace(byline, labelled=True)
        if names and _EDITED.search(part[: len(part) - len(author)]):
            return replace(labelled, form=byline.form + "E")
        return _with_authors(labelled, names) if names else None
    house = after_label(part, "source")
    if house and is_name(house) and byline.date and not byline.publisher:
        return replace(byline, publisher=house, form=byline.form + "P", labelled=True)
    section = after_label(part, "section")
    if section and len(section) <= 40:
        return replace(byline, section=section, form=byline.form + "S", labelled=True)
    dated = after_label(part, "published")
    return _add(replace(byline, labelled=True), dated) if dated else None


def _is_nick(author: str, byline: Byline) -> bool:
    """True for a name in small letters: behind a label and beside a date a single word can only be one."""
    return byline.date is not None and author.isalpha() and len(author) <= 20


def _menu_word(byline: Byline, part: str) -> Byline | None:
    """The name of a section beside a date, or a count and a button that says nothing here."""
    found = hits(part)
    if found.whole & {"navigation", "section"} and byline.date:
        return replace(byline, section=part, form=byline.form + "S")
    says_nothing = found.whole & {"comments", "share", "counter"} or (byline.date and _COUNTER.match(part))
    return byline if says_nothing else None


def _house_at_end(byline: Byline, part: str) -> Byline | None:
    """`A. Name and B. Name, The Paper`."""
    before, comma, house = (piece.strip() for piece in part.rpartition(","))
    if not comma or not is_publisher(house):
        return None
    if is_name(before) and is_name(house):
        return replace(byline, names=(*byline.names, before, house), form=byline.form + "NN")
    names = people(before)
    return replace(_with_authors(byline, names), publisher=house) if len(names) > 1 else None


def _name(byline: Byline, part: str) -> Byline | None:
    """A name without a label, or several of them."""
    names = people(part)
    if len(names) < 2 and (is_name(part) or (byline.date and is_title_of_paper(part))):
        return replace(byline, names=(*byline.names, part), form=byline.form + "N")
    return _with_authors(byline, names) if names else None


def _with_authors(byline: Byline, names: tuple[str, ...]) -> Byline:
    return replace(byline, authors=byline.authors + names, form=byline.form + "A")


_UPDATED = frozenset(
    word
    for text in (
        "updated update aktualisiert mis à jour actualizado güncelleme güncellendi обновлено "
        "تحديث بروزرسانی نوێکرانەوە 更新"
    ).split()
    for word in fold_words(text)
)


def after_label(part: str, family: str) -> str | None:
    """What follows a label of the family at the start of a part, or None without such a label."""
    words = fold_words(part)
    lists = lexicon()
    if ":" in part[:40] or "：" in part[:40]:
        label, _, rest = part.replace("：", ":").partition(":")
        key = " ".join(fold_words(label))
        if any(family in table.get(key, ()) for table in (lists.colon_labels, lists.labels, lists.whole)):
            return rest.strip()
    for n in range(min(len(words) - 1, 6), 0, -1):
        key = " ".join(words[:n])
        if family in lists.labels.get(key, ()):
            return _skip_words(part, n)
    return None


def _skip_words(text: str, count: int) -> str:
    """A text without its first words, counted as folding counts them."""
    at = 0
    for match in re.finditer(r"\w+", text):
        count -= len(fold_words(match[0]))
        at = match.end()
        if count <= 0:
            break
    return re.sub(r"^[\W_]+", "", text[at:])


def _settle(byline: Byline) -> Byline | None:
    """The byline with its unlabelled names told apart as far as the line itself says."""
    names = byline.names
    if not byline.date and not byline.labelled:
        return None
    if not names:
        return byline if byline.date or byline.authors or byline.section or "E" in byline.form else None
    if len(names) > 2 or (len(names) == 2 and byline.authors):
        return None
    if byline.authors:
        return replace(byline, publisher=names[0], names=())
    if len(names) == 2:
        person, house = names if not is_publisher(names[0]) or is_publisher(names[1]) else names[::-1]
        authors = people(person)
        return replace(byline, authors=authors, publisher=house, names=()) if authors else None
    return byline
