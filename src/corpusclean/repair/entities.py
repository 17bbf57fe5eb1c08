"""References of HTML that survived: `&amp;`, `&#8217;`, `&nbsp;`, also escaped twice (`&amp;quot;`).

Only complete references, with their semicolon, are read: `AT&T`, `R&D` and `?a=1&copy=2` are none. What
cannot be told by looking at a reference alone is whether the text is about it ("write &amp; to get &"). An
accident escapes a whole stretch of text alike, so a line is left alone where it shows that it was not
escaped, or that it speaks of references:

- the reference stands between quotes or backticks;
- the character that it means also stands in the line by itself, unescaped, or the same reference stands there
  escaped once and twice;
- the line speaks of ampersands, or of HTML and its entities, characters or codes;
- the page lists five or more different references that an accident would hardly leave by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape as meaning_of
from html.entities import html5, name2codepoint

from ..model import Edit, Span
from ..registry import repair_rule

_ONE = r"#[0-9]{1,8}+;|#[xX][0-9a-fA-F]{1,8}+;|[A-Za-z][A-Za-z0-9]{1,31}+;"
_REFERENCE = re.compile(rf"&(?:(?P<again>(?:amp;)++)(?P<escaped>{_ONE})?|(?P<plain>{_ONE}))")
# The names of HTML 4, and those of HTML 5 that are long enough not to be met by accident ("&ee;", "&it;").
_NAMES = frozenset(name2codepoint) | {name[:-1] for name in html5 if name.endswith(";") and len(name) > 4}
_NAMES |= {"LT", "GT"}
_QUOTES = "\"'`“”‘’«»„"
_AMPERSAND = re.compile(r"(?i)\bampersands?\b")
_HTML = re.compile(r"(?i)\bx?html\b")
_TERMS = re.compile(r"(?i)\b(?:entit(?:y|ies)|escap(?:e|es|ed|ing)|characters?|codes?|references?)\b")
# What an accident leaves standing by itself on any page: separators, bullets, legal signs.
_BARE = re.compile(r"(?<![\w&])&(?![\w#&])")
_MANY = 20  # different references in one line: an accident
_LISTED = 5
_BY_NATURE = frozenset("&\xa0–—«»•·©®™…×→←↑↓|►\"' \t")


@repair_rule(
    "entities.escaped",
    why="""A text that was escaped once too often, or read without being unescaped, holds references where
    its characters should be.""",
    repairs=[
        ("Tom &amp; Jerry", "Tom & Jerry"), ("AT&amp;T", "AT&T"), ("It&#8217;s &quot;here&quot;", "It’s \"here\""),
        ("x &lt; y", "x < y"), ("&amp;quot;Yes&amp;quot;", '"Yes"'), ("a&nbsp;b", "a\xa0b"), ("caf&eacute;", "café"),
        ("&copy; 2020 Reuters", "© 2020 Reuters"), ("HTML5 &amp; CSS3", "HTML5 & CSS3"), ("It&#146;s", "It’s"),
        ("AT&T and Johnson &amp; Johnson", "AT&T and Johnson & Johnson"), ("a.html?x=1&amp;y=2", "a.html?x=1&y=2"),
    ],
    keeps=[
        "AT&T, R&D, Q&A; M&Ms;", "page?a=1&copy=2&lt=3", "fish & chips; peas", "write &amp; to get &",
        "Type \"&nbsp;\".", "write &amp;amp; to get an ampersand", "Use &lt; for < and &gt; for >.", "`&copy;`",
        "&#0; &#xD800; &#9999999;",
        "In HTML the entity &eacute; stands for the letter.", "write &amp;lt; and it shows as &lt; there",
        "&lt; less than\n&deg; degree\n&euro; euro\n&frac12; half\n&para; pilcrow",
    ],
)  # fmt: skip
def unescape(text: str) -> list[Edit]:
    """Edits that put characters in the place of their references.

    >>> [(edit.span.of("It&#8217;s"), edit.after) for edit in unescape("It&#8217;s")]
    [('&#8217;', '’')]
    """
    if "&" not in text or ";" not in text:
        return []
    references = [found for match in _REFERENCE.finditer(text) if (found := _read(match))]
    listed = _is_listed(text, references)
    return [
        Edit(Span(reference.start, reference.end), reference.after, "entities.escaped")
        for line, mentioned in _by_line(text, references)
        for shown in [_shown(line, mentioned)]
        for reference in mentioned
        if not _is_subject(text, reference, shown | listed)
    ]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference, the character that it means, and how often it was escaped."""

    start: int
    end: int
    after: str
    times: int


def _read(match: re.Match[str]) -> _Reference | None:
    times = (match.end("again") - match.start("again")) // 4
    one = match["escaped"] or match["plain"]
    after = _meaning(one) if one else None
    if after is not None:
        return _Reference(match.start(), match.end(), after, times + 1)
    return _Reference(match.start(), match.end("again"), "&", times) if times else None


def _meaning(one: str) -> str | None:
    """What a reference means, without its ampersand; None when it means nothing."""
    if one[0] != "#" and one[:-1] not in _NAMES:
        return None
    char = meaning_of("&" + one)
    if char in ("\n", "\r"):
        return " "  # in running text a line feed of the markup is a blank
    return char if char and char != "\ufffd" and not ("\x7f" <= char <= "\x9f") else None


def _by_line(text: str, references: list[_Reference]) -> Iterator[tuple[str, list[_Reference]]]:
    """The lines that hold references, each with those that it holds."""
    at = 0
    while at < len(references):
        start, end = references[at].start, text.find("\n", references[at].end)
        end = len(text) if end < 0 else end
        start = text.rfind("\n", references[at - 1].end if at else 0, start) + 1
        stop = bisect_left(references, end, key=lambda reference: reference.start)
        yield text[start:end], references[at:stop]
        at = stop


def _shown(line: str, references: list[_Reference]) -> frozenset[str]:
    """The characters that a line is about: it also shows them bare, or escaped another number of times."""
    afters = {reference.after for reference in references}
    if _AMPERSAND.search(line) or (_HTML.search(line) and _TERMS.search(line)):
        return frozenset(afters)
    once = {(reference.after, reference.times) for reference in references}
    twice = {after for after, times in once if (after, times + 1) in once}
    bare = {after for after in afters - _BY_NATURE if after in line} if len(afters) < _MANY else set()
    return frozenset(twice | bare | ({"&"} if "&" in afters and _BARE.search(line) else set()))


def _is_listed(text: str, references: list[_Reference]) -> frozenset[str]:
    """The characters whose references stand by themselves on a page that is a list of references."""
    alone = frozenset(ref.after for ref in references if _is_alone(text, ref)) - _BY_NATURE
    return alone if len(alone) >= _LISTED else frozenset()


def _is_subject(text: str, reference: _Reference, shown: frozenset[str]) -> bool:
    before, after = (
        text[max(0, reference.start - 1) : reference.start],
        text[reference.end : reference.end + 1],
    )
    quoted = before and after and before in _QUOTES and after in _QUOTES
    return bool(quoted) or (reference.after in shown and _is_alone(text, reference))


def _is_alone(text: str, reference: _Reference) -> bool:
    """True when no letter or digit touches a reference."""
    around = text[max(0, reference.start - 1) : reference.start] + text[reference.end : reference.end + 1]
    return not any(char.isalnum() for char in around)
