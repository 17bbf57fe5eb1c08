"""The fields of an article that stand outside its head: tags, first publication, publisher, dateline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..model import FirstPublished, Line, Mark, fold_words
from ..phrases import hits, lexicon
from ..sheet import Sheet
from .bylines import after_label
from .dates import find_dates
from .names import is_name, is_publisher

_TAG_SPLIT = re.compile(r"\s*[,،、;؛|·•#＃\t\u3000]\s*|\s{2,}")
_YEARS = re.compile(
    r"[©ⓒ]|\(c\)|\bcopyright\b|\bby\b|(?<!\w)\d{4}(?:\s*[-–—/]\s*\d{2,4})?(?!\w)|[٠-٩۰-۹]{4}(?:\s*[-–—/]\s*[٠-٩۰-۹]{2,4})?",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.,|;:·•!?。，、،؛]|\s[–—-]\s|\s{2,}")
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ][\w’'-]*"
_NAME = re.compile(rf"(?:{_WORD}|\d+)(?:\s+(?:{_WORD}|&|of|the|de|la|le|du|des|der|die|das|del|für)){{0,5}}")
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][^\n.!?:;\"“”«»،]{1,48}?)(?P<rest>\s?[(（][^()（）]{2,40}[)）])?\s*(?:--|[–—―])\s*\S"
    r"|^(?P<place2>[^\W\d_][^\n.!?:;\"“”«»،]{1,48}?)(?P<rest2>\s?[(（][^()（）]{2,40}[)）])?\s-\s?\S"
)
# Legal forms: with points inside wherever they stand, else behind a name only ("The SA Times" keeps its SA).
_POINTED_FORM = r"e\.\s?V|S\.p\.A|S\.r\.l|S\.A|S\.L|[BN]\.V|A\.Ş|d\.o\.o|s\.r\.o|[Ss]p\.\sz\so\.\s?o"
_FORM = (
    r"Ltda?|Lda|Limited|Inc|LLC|LLP|PLC|plc|Corp|GmbH(?: & Co\.? KG)?|AG|KG|SE|SARL|SAS|Kft|SA|SL|SpA|[BN]V|AŞ"
    r"|Oyj?|AB|ApS|A/S"
)
_COMPANY = re.compile(
    rf"(?<=[^\W\d_]),?\s(?:(?:{_POINTED_FORM})\.?(?!\w)|(?:{_FORM})\b(?=\s*(?:$|[^\w\s&]|or\s+its\s+affiliate)))"
    r"(?:\s+or\s+its\s+affiliate.*)?"
)
_RESERVED_FOR = re.compile(
    r"(?:(?:حقوق|الحقوق).{0,60}?(?:متعلق به|برای|نزد|لـ|لموقع|لصحيفة|لوكالة)|ماف.{0,30}?پارێزراو\S{0,4}\s+بۆ)"
    r"\s*(\S.{2,40}?)\s*(?:محفوظ|است|می‌باشد|میباشد|محفوظة|[.،|©\d٠-٩۰-۹]|$)"
)
_SPEAKS = frozenset(("legal", "comments", "subscribe", "consent", "account", "share", "banner", "navigation"))
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]{1,40}\.){1,3}[a-z]{2,12})\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:[Tt]he|der|die|das|dem|den|le|la|les|el|los|las)\s+")
_EDGES = ' \t.,،؛;:|·•–—-"“”„«»()《》〈〉「」'
_LAST = re.compile(r"\s+(?:le|am|on|el|den|vom|il|em|في|در|به تاریخ|بتاريخ)$")


def read_tags(text: str) -> tuple[str, ...]:
    """The tags of a line that begins with a label for tags, or nothing.

    >>> read_tags("Tags: canals, volunteers, winter works")
    ('canals', 'volunteers', 'winter works')
    """
    rest = after_label(text, "tags")
    if not rest:
        return ()
    return tuple(tag for tag in (part.strip(" .:") for part in _TAG_SPLIT.split(rest)) if tag)


def read_source(text: str) -> FirstPublished | None:
    """Where a line says that an article appeared first, or None when it says nothing of the kind.

    >>> read_source("Previously published in the Daily Example")
    FirstPublished(publisher='Daily Example', date=None)
    """
    if len(text) > 200:
        return None
    rest = after_label(text, "source")
    if not rest or len(rest) > 100:
        return None
    rest = rest.strip(" .")
    dates = find_dates(rest)
    if dates and len(dates[0].readings) == 1:
        name = rest[: dates[0].start].strip(_EDGES) or rest[dates[0].end :].strip(_EDGES)
        name = _ARTICLE.sub("", _LAST.sub("", name)).strip(_EDGES)
        return FirstPublished(name or None, dates[0].readings[0].isoformat())
    name = _ARTICLE.sub("", _STOP.split(rest)[0] if len(fold_words(rest)) > 6 else rest).strip(_EDGES)
    return FirstPublished(name or None)


def read_dateline(text: str) -> str | None:
    """The place at the start of a first paragraph, before the dash; an agency in brackets is not part of it.

    >>> read_dateline("ERBIL, Kurdistan Region -- US commanders have been ordered"), read_dateline("He left — at last")
    ('ERBIL, Kurdistan Region', None)
    """
    match = _DATELINE.match(text)
    if not match:
        return None
    place = (match["place"] or match["place2"]).strip(" ,")
    agency = match["rest"] or match["rest2"]
    words = place.split()
    if len(words) > 5:
        return None
    first = words[0].strip(",")
    if not first[:1].isalpha() or first[:1].islower():
        return None
    if first[:1] == first[:1].upper() and first[:1] != first[:1].lower():
        shouts = len(first) >= 3 and first.isupper()
        named = all(word[0].isupper() or len(word) <= 3 for word in words if word[0].isalpha())
        return (
            place
            if shouts
            or (named and agency)
            or (
                named
                and len(words) <= 3
                and bool(re.search(r"^\S.{1,40}?\s(?:--|[–—-])\s", text))
                and _opens(text, match)
            )
            else None
        )
    return place if len(words) <= 2 or agency else None


def _opens(text: str, match: re.Match[str]) -> bool:
    """True when a capital letter, and no verb, follows the dash: a sentence begins there."""
    rest = text[match.end() - 1 :]
    return bool(rest) and rest[0].isupper() and "—" not in rest[:80] and " – " not in rest[:80]


def publisher_of(sheet: Sheet) -> str | None:
    """The publisher that the notices of a page name: its copyright line, its policy, its offers, its address.

    A copyright line decides; else the name that the notices use most, if twice or if it looks like a publisher's;
    else the domain of a contact line.
    """
    marked = [(line, mark) for line in sheet.lines if (mark := sheet.fates[line.index])]
    notices = [line for line, mark in marked if mark.kind in _SPEAKS]
    holders = (copyright_holder(line.text) for line in notices if _is_copyright(line))
    return next(filter(None, holders), None) or _most_named(sheet, notices) or _domain_of(marked)


def _is_copyright(line: Line) -> bool:
    reserved = ("حقوق" in line.text or "ماف" in line.text) and _RESERVED_FOR.search(line.text)
    return "©" in line.text or "copyright" in line.folded or bool(reserved)


def _most_named(sheet: Sheet, notices: Sequence[Line]) -> str | None:
    """The name that the notices use most; the name of the site on a line of its own counts as one more."""
    scores: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    short = {line.folded for line in sheet.lines if len(line.words) <= 6} if notices else set()
    for line in filter(_is_notice, notices):
        for name in _names_in(line.text):
            key = " ".join(fold_words(_ARTICLE.sub("", name)))
            if key:
                scores[key] += 1 + (" ".join(fold_words(name)) in short)
                if key not in spelled or len(name) > len(spelled[key]):
                    spelled[key] = name
    best = [
        (count, len(key), key)
        for key, count in scores.items()
        if count >= 2 or (is_publisher(spelled[key]) and " " in key)
    ]
    return spelled[max(best)[2]] if best else None


def _domain_of(marked: Sequence[tuple[Line, Mark]]) -> str | None:
    """The domain in the first contact line of the site."""
    contacts = (line.text for line, mark in marked if mark.rule == "banner.contact")
    domains = (_DOMAIN.search(re.sub(r"\S+@\S+", " ", text)) for text in contacts)
    return next((domain[1].lower() for domain in domains if domain), None)


def _is_notice(line: Line) -> bool:
    """True for a line that speaks for the site: it has wording of a notice in it."""
    found = hits(line.text)
    return bool((found.inside.keys() | found.label) & {"legal", "comments", "subscribe", "consent"})


def copyright_holder(text: str) -> str | None:
    """The name in a copyright line.

    >>> copyright_holder("© 2019-2021 The Strand Example. All rights reserved."), copyright_holder("© 2021")
    ('The Strand Example', None)
    >>> copyright_holder("© 2019 Strand Media B.V. All rights reserved."), copyright_holder("© Strand News AG 2021")
    ('Strand Media', 'Strand News')
    >>> copyright_holder("© The SA Times 2019"), copyright_holder("© Strand, Inc. or its affiliates")
    ('The SA Times', 'Strand')
    """
    spoken = _RESERVED_FOR.search(text)
    if spoken:
        return spoken[1].strip(_EDGES)
    at = max(text.find("©"), text.lower().find("copyright"))
    after = _YEARS.sub(" ", text[at:]) if at >= 0 else ""
    before = _YEARS.sub(" ", text[:at])
    known = lexicon().whole
    for side in (after, before):
        for part in _STOP.split(_COMPANY.sub(" | ", side).strip()):
            name = part.strip(' "“”„«»()[]*-–—')
            legal = "legal" in known.get(" ".join(fold_words(name)), ()) or "legal" in hits(name).inside
            if (
                name
                and not legal
                and (is_name(name, 6) or is_publisher(name))
                and any(c.isalpha() for c in name)
            ):
                return name
    return None


def _names_in(text: str) -> list[str]:
    """Names in a notice: runs of words with capitals; at the start of a sentence only if the name comes back."""
    found = []
    for match in _NAME.finditer(text):
        name = re.sub(r"\s+(?:of|the|de|la|le|du|des|der|die|das|del|für|&)$", "", match[0]).rstrip("’'")
        name = re.sub(r"[’'][^\W\d_]{1,4}$", "", name)  # 's, 'nın: endings, not names
        starts = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".!?:•"
        if starts and text.count(name) < 2 and not is_publisher(name):
            continue
        if starts and " " not in name and text.count(name) < 2:
            continue
        if len(name) > 2 and not name.isdigit() and not hits(name).whole:
            found.append(name)
    return found
