"""From heads to articles: which lines each has, who wrote it, when, for whom."""

from __future__ import annotations

import re

from ..language import detect_language
from ..model import FirstPublished, Line, fold_words
from ..model.fold import size
from ..phrases import hits, telling_words
from ..registry import KINDS, rule
from ..repair.lines import closed
from ..sheet import Sheet, is_prose
from .bylines import Byline, after_label
from .dates import DateMatch, decide, find_dates
from .fields import publisher_of, read_dateline, read_source, read_tags
from .heads import find_bylines, find_heads, glued
from .layout import Entry, Layout
from .names import is_name, is_person, is_publisher, people

_BODY = "The council met on Monday to vote on the new bridge over the river."
_MORE = "Nobody had expected the vote to be so close: twelve were for it, and nine against."
_TITLE = "Bridge opens after ten years"
_HEAD = f"{_TITLE}\nBy Anna Keller | May 5, 2020"
# name, reason, a page and its line that is read, a page and its line that stays
_READ = (
    ("title.line", "The headline goes into the field `title`.",
     (f"{_HEAD}\n{_BODY}", _TITLE),
     (f"On the bridge\n{_BODY}\nWhat the bridge will cost\n{_MORE}", "What the bridge will cost")),
    ("title.again", "The headline stands on the page more than once, also with the name of the site behind it.",
     (f"{_TITLE} - The Courier\nHome | News | Sport\n{_HEAD}\n{_BODY}", f"{_TITLE} - The Courier"),
     (f"{_TITLE}\n{_BODY}\n{_TITLE}, says the sign.\n{_MORE}", f"{_TITLE}, says the sign.")),
    ("byline.line", "A line of nothing but names, dates and labels tells who wrote the article, when, for whom.",
     (f"{_HEAD}\n{_BODY}", "By Anna Keller | May 5, 2020"),
     (f"{_BODY}\nOn May 5, 2020 the council met\n{_MORE}", "On May 5, 2020 the council met")),
    ("byline.part", "A short line among those of the byline says who the author is: a role, a place.",
     (f"{_TITLE}\nBy Anna Keller\nHarbour correspondent\nMay 5, 2020\n{_BODY}", "Harbour correspondent"),
     (f"{_HEAD}\nHarbour nights\n{_BODY}\n{_MORE}", "Harbour nights")),
    ("tags.line", "A line of keywords behind a label goes into the field `tags`.",
     (f"{_HEAD}\n{_BODY}\nTags: bridge, river", "Tags: bridge, river"),
     (f"{_BODY}\nThe tags were sewn on by hand: one, two\n{_MORE}", "The tags were sewn on by hand: one, two")),
    ("section.line", "The name of a section, behind its label or alone above the headline, goes into `section`.",
     (f"Section: Politics\n{_HEAD}\n{_BODY}", "Section: Politics"),
     (f"{_HEAD}\n{_BODY}\nPolitics\n{_MORE}", "Politics")),
    ("source.line", "A line that names where the article appeared first goes into `first_published`.",
     (f"{_HEAD}\n{_BODY}\nPreviously published in The Harbour", "Previously published in The Harbour"),
     (f"{_BODY}\nSources say that it was published first.\n{_MORE}", "Sources say that it was published first.")),
    ("source.credit", "A name with another date than the article's own, below the text, says where it appeared first.",
     (f"{_HEAD}\n{_BODY}\n{_MORE}\nThe Inland Review 2 May 2020", "The Inland Review 2 May 2020"),
     (f"{_BODY}\nIt was first told on 2 May 2020.\n{_MORE}", "It was first told on 2 May 2020.")),
)  # fmt: skip
for _name, _why, _goes, _stays in _READ:
    _kind = "bio" if _name == "byline.part" else "metadata"
    rule("read", _name, _kind, why=_why, removes=[_goes], keeps=[_stays])(_why.strip)

_SIGNED = re.compile(r"(?:[^\W\d_]+\s){0,3}(?:by|von|par|por|di|de|av|af|door)\s([^\W\d_].{3,40})")
_PARTED = re.compile(r"\.\s+|\s[|·•]\s")
_SITE = re.compile(r"\s+[|–—-]\s+|\s*[|»]\s*")


def split(sheet: Sheet, detector: str) -> Layout:
    """The articles of a page. Marks titles, bylines, tags and source lines as metadata."""
    bylines = find_bylines(sheet)
    heads = find_heads(sheet, bylines)
    layout = Layout([])
    for n, head in enumerate(heads):
        last = heads[n + 1].first if n + 1 < len(heads) else len(sheet.lines)
        layout.articles.append(Entry(head.first, head.last + 1, last, head.title, head.bylines))
    used = {i for head in heads for i in head.bylines}
    for article in layout.articles:
        _attach_rest(sheet, article, {i: found for i, found in bylines.items() if i not in used})
    _tell_names_apart(sheet, layout)
    _date(sheet, layout, detector)
    for article in layout.articles:
        _mark_head(sheet, article)
    return layout


def read_labelled(sheet: Sheet) -> None:
    """Mark lines of tags, of the section, and those that name the first publisher, as metadata."""
    telling = telling_words("section", "source", "tags")
    for line in sheet.lines:
        if sheet.free(line.index) and not telling.isdisjoint(line.words) and len(line.text) <= 400:
            _read_labelled(sheet, line.index)


def _read_labelled(sheet: Sheet, i: int) -> None:
    text = sheet.lines[i].text
    parts = _PARTED.split(text)
    if len(parts) > 1 and all(after_label(part, "section") or read_tags(part) for part in parts):
        values: dict[str, object] = {"tags": tuple(tag for part in parts for tag in read_tags(part))}
        sections = [after_label(part, "section") for part in parts if not read_tags(part)]
        if sections:
            values["section"] = sections[0]
        sheet.mark(i, "metadata", "tags.line", field="tags", values=values)
        return
    sentence = closed(text) and ":" not in text and "：" not in text
    tags = read_tags(text) if "tags" in hits(text).label and not sentence else ()
    if tags:
        sheet.mark(i, "metadata", "tags.line", field="tags", values={"tags": tags})
        return
    if "tags" in hits(text).whole and i + 1 < len(sheet.lines) and sheet.free(i + 1):
        below = sheet.lines[i + 1].text
        names = [part.strip() for part in re.split("[,،、#]", below) if part.strip()]
        if not is_prose(sheet.lines[i + 1]) and names and all(len(name.split()) <= 4 for name in names):
            sheet.mark(i, "metadata", "tags.line", field="tags")
            sheet.mark(i + 1, "metadata", "tags.line", field="tags", values={"tags": tuple(names)})
        return
    section = after_label(text, "section") if "section" in hits(text).label and len(text) <= 60 else None
    if section and not find_dates(text):
        sheet.mark(i, "metadata", "section.line", field="section", values={"section": section})
        return
    source = read_source(text) if "source" in hits(text).label else None
    if source:
        sheet.mark(i, "metadata", "source.line", field="first_published", values={"first_published": source})


def _attach_rest(sheet: Sheet, article: Entry, rest: dict[int, Byline]) -> None:
    """Give an article the bylines that stand below its text."""
    below = {
        i: found
        for i, found in rest.items()
        if article.body <= i < article.last
        and sheet.free(i)
        and not (sheet.prose(i - 1) and i + 1 < article.last and sheet.prose(i + 1))
    }
    head_date = next((found.date for found in article.bylines.values() if found.date), None)
    for i, found in below.items():
        first = found.names or found.authors or ((found.publisher,) if found.publisher else ())
        if head_date and found.date and first and found.date.readings != head_date.readings:
            day = found.date.readings[0].isoformat() if len(found.date.readings) == 1 else None
            facts = {"first_published": FirstPublished(found.publisher or first[-1], day)}
            sheet.mark(i, "metadata", "source.credit", field="first_published", values=facts)
        else:
            article.bylines[i] = found


def _tell_names_apart(sheet: Sheet, layout: Layout) -> None:
    """Decide for names without a label whether they are an author's, a publisher's or a section's.

    On a page where other bylines name their authors with a label, or where the name is the publisher in another
    byline, it is the publisher's; if the menu of the page has it, it is a section's; else its shape decides.
    """
    every = [found for article in layout.articles for found in article.bylines.values()]
    houses = {" ".join(fold_words(found.publisher)) for found in every if found.publisher}
    introduced = len(layout.articles) > 1 and any(
        found.authors and (found.labelled or found.publisher) for found in every
    )
    menus = {
        word
        for line, mark in zip(sheet.lines, sheet.fates, strict=True)
        # a line that is known only because it recurs on the site may name its authors, too
        if mark and mark.kind == "navigation" and not mark.rule.startswith("template.")
        for word in line.words
    }
    for article in layout.articles:
        authors: list[str] = []
        for i in sorted(article.bylines):
            found = article.bylines[i]
            authors += [name for name in found.authors if name not in authors]
            if found.publisher:
                article.facts.setdefault("publisher", found.publisher)
            if found.section:
                article.facts.setdefault("section", found.section)
            for name in found.names:
                folded = fold_words(name)
                if len(folded) <= 2 and set(folded) <= menus:
                    article.facts.setdefault("section", name)
                elif " ".join(folded) in houses or introduced or is_publisher(name):
                    article.facts.setdefault("publisher", name)
                else:
                    authors += [person for person in people(name) or (name,) if person not in authors]
        if not authors:
            authors = _author_under_title(sheet, article)
        article.authors = tuple(authors)


def _author_under_title(sheet: Sheet, article: Entry) -> list[str]:
    """The name that stands alone next to the title or the byline, if a line there can only be a person's name.

    No word of a person's name is written small anywhere on the page.
    """
    spots = [i for i in range(article.first, min(article.body + 1, article.last)) if sheet.free(i)]
    for i in spots:
        if i == article.title or i in article.bylines:
            continue
        text = sheet.lines[i].text
        words = text.split()
        signed = _SIGNED.fullmatch(text)
        if signed and is_person(signed[1]) and not hits(text).whole:
            article.bylines[i] = Byline("A", authors=(signed[1],))
            article.body = max(article.body, i + 1)
            return [signed[1]]
        if (
            not 2 <= len(words) <= 4
            or not is_name(text, 4)
            or closed(text)
            or hits(text).whole
            or is_publisher(text)
        ):
            continue
        cased = text[0].isupper() and text[0].lower() != text[0].upper()
        if (
            cased
            and text.upper() != text
            and not any(f" {word.lower()}" in sheet.page.text for word in words)
        ):
            article.bylines[i] = Byline("A", authors=(text,))
            article.body = max(article.body, i + 1)
            return list(people(text) or (text,))
        if (
            not cased
            and article.bylines
            and len(words) <= 3
            and min(abs(i - k) for k in article.bylines) == 1
        ):
            article.bylines[i] = Byline("A", authors=(text,))
            article.body = max(article.body, i + 1)
            return [text]
    return []


def _date(sheet: Sheet, layout: Layout, detector: str) -> None:
    """Decide the days of all articles together."""
    chosen: list[DateMatch | None] = []
    for article in layout.articles:
        dated = [found for _, found in sorted(article.bylines.items()) if found.date]
        dated.sort(key=lambda found: found.updated)
        chosen.append(dated[0].date if dated else None)
        text = "\n".join(sheet.lines[i].text for i in range(article.body, article.last) if sheet.free(i))
        article.facts["language"] = detect_language(text, detector)
    language = next(
        (str(article.facts["language"]) for article in layout.articles if article.facts["language"]), None
    )
    evidence: list[DateMatch] = []
    if any(found and len(found.readings) > 1 for found in chosen):
        evidence = [found for line in sheet.lines for found in find_dates(line.text)]
    for article, match, day in zip(
        layout.articles, chosen, decide(chosen, language=language, evidence=evidence), strict=True
    ):
        if match and day:
            article.facts["date"] = f"{day.isoformat()}T{match.time}" if match.time else day.isoformat()


def _mark_head(sheet: Sheet, article: Entry) -> None:
    """Mark the title and the bylines of an article, and what stands among them, as metadata."""
    if article.title is not None:
        _mark_title(sheet, article, article.title)
    _read_kicker(sheet, article)
    for i, found in article.bylines.items():
        fact = "authors" if found.authors or found.names else "date"
        sheet.mark(i, "metadata", "byline.line", field=fact)
    inside = [i for i in article.bylines if i < article.body]
    if len(inside) > 1:
        for i in range(min(inside), max(inside)):
            line = sheet.lines[i]
            if sheet.free(i) and len(line.words) <= 5 and not closed(line.text) and size(line.text) <= 60:
                sheet.mark(i, "bio", "byline.part")


def _mark_title(sheet: Sheet, article: Entry, title: int) -> None:
    """Mark a line as the title of an article, and what says the same above its text."""
    line = sheet.lines[title]
    article.facts["title"] = _without_glue(sheet, title)
    sheet.mark(title, "metadata", "title.line", field="title", over=KINDS)
    for i in sheet.free_lines(0, article.body):
        other = sheet.lines[i]
        if other.words == line.words and i != title:
            sheet.mark(i, "metadata", "title.again", field="title")
        elif other.words[: len(line.words)] == line.words and len(other.words) <= len(line.words) + 8:
            site = _SITE.split(other.text[len(line.text) :].strip())[-1].strip(" |–—-»")
            if site and is_name(site):
                article.facts.setdefault("publisher", site)
            sheet.mark(i, "metadata", "title.again", field="title")


def retitle(sheet: Sheet, article: Entry, title: int) -> None:
    """Take another line for the headline of a page's only article; what was marked as the former one is free again."""
    for i, fate in enumerate(sheet.fates):
        if fate and fate.rule in ("title.line", "title.again"):
            sheet.fates[i] = None
            sheet.glued.pop(i, None)
    article.title = title
    _mark_title(sheet, article, title)


def _read_kicker(sheet: Sheet, article: Entry) -> None:
    """Read the section from a single section name right above the head; one in a menu has others above it."""
    i = article.first - 1
    if i < 0 or "section" in article.facts or (sheet.kind(i) not in (None, "navigation")):
        return
    line = sheet.lines[i]
    if "navigation" not in hits(line.text).whole or len(line.words) > 3:
        return
    above = sheet.lines[i - 1] if i and not line.gap else None
    if above is None or not _is_entry(above):
        article.facts["section"] = line.text
        sheet.mark(i, "metadata", "section.line", field="section", over=("navigation",))


def _is_entry(line: Line) -> bool:
    """True for a line that can be an entry of a menu: a menu word, or a few words that no phrase list knows."""
    known = hits(line.text)
    return len(line.words) <= (2 if "navigation" in known.whole else 4) and not (
        known.whole - {"navigation"} or known.strip
    )


def _without_glue(sheet: Sheet, i: int) -> str:
    """The title without a widget's word that is glued to its front (`imageBridge opens`); marks that word."""
    line = sheet.lines[i]
    at, kind = glued(line.text)
    if at:
        sheet.glued[i] = (line.start + at, kind)
    return line.text[at:]


def finish(sheet: Sheet, layout: Layout) -> None:
    """Read what needs all marks of the page: the publisher from its notices, tags and sources, the dateline."""
    named = publisher_of(sheet)
    for article in layout.articles:
        facts = article.facts
        if named and len(layout.articles) == 1:
            facts.setdefault("publisher", named)
        start = 0 if article is layout.articles[0] else article.first
        for i in range(start, article.last):
            mark = sheet.fates[i]
            for key, value in (mark.values if mark else {}).items():
                if key == "tags":
                    facts["tags"] = (*facts.get("tags", ()), *value)  # type: ignore[misc]
                else:
                    facts.setdefault(key, value)
        first = next((sheet.lines[i] for i in range(article.body, article.last) if sheet.free(i)), None)
        dateline = read_dateline(first.text) if first else None
        if dateline:
            facts["dateline"] = dateline
