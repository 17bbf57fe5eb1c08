"""White space: one kind of blank, none at the ends of lines; in paragraphs one at a time.

Typography that only a typesetter needs (the narrow space before French punctuation, thin spaces between
digits) becomes a plain space: words stay apart as they were. What tells rules something stays as long as they
read the page: leading blanks, and the tabs, wide spaces and runs of blanks that part the columns of a menu.
In a paragraph that is kept they mean nothing, and `collapse_runs` leaves one space of each.
"""

from __future__ import annotations

import re

from ..model import Edit, Span
from ..registry import repair_rule

# Not U+1680, which is a visible stroke in Ogham.
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f][\u00a0\u2000-\u200a\u202f\u205f]*+")
_BREAKS = re.compile("[\x0b\x1c-\x1e\u2028\u2029]")
_RUN = re.compile(r"(?<=\S)(?: {2}| ?[\t\u3000])[ \t\u3000]*+(?=\S)")
_END = re.compile(r"[ \t](?<![ \t]{2})[ \t]*+(?=[\r\n]|\Z)")


@repair_rule(
    "spacing.line-separators",
    why="Word processors break lines with a vertical tab, some databases with U+2028 or U+2029.",
    repairs=[("one\x0btwo", "one\ntwo"), ("one\u2028two\u2029three", "one\ntwo\nthree")],
    keeps=["one\ntwo\r\nthree\x0cfour"],
)
def break_lines(text: str) -> list[Edit]:
    """Edits that make a line feed of every other character that parts lines.

    >>> break_lines("a\\x0bb")[0].after
    '\\n'
    """
    return [Edit(Span(*found.span()), "\n", "spacing.line-separators") for found in _BREAKS.finditer(text)]


@repair_rule(
    "spacing.no-break",
    why="""Pages pad and glue with no-break and other wide or narrow spaces that mean a space; their number
    stays, for it tells of an indent.""",
    repairs=[("Forgot\xa0password?", "Forgot password?"), ("10\u202f000\u2009km", "10 000 km")],
    keeps=["plain words, a\ttab", "首页\u3000要闻", "می\u200cشود", "ᚁ\u1680ᚂ"],
)
def make_plain(text: str) -> list[Edit]:
    """Edits that make plain spaces of all other spaces.

    >>> make_plain("\\xa0\\xa0a\\u202f!")[0].after
    '  '
    """
    if text.isascii():
        return []
    return [
        Edit(Span(*found.span()), " " * len(found[0]), "spacing.no-break") for found in _SPACES.finditer(text)
    ]


@repair_rule(
    "spacing.runs",
    why="Inside a paragraph, runs of blanks and tabs are left-overs of markup: a browser shows one space.",
    repairs=[("one   two  three", "one two three"), ("a\tb", "a b"), ("東京\u3000晴れ", "東京 晴れ")],
    keeps=["    an indented line", "one\n\n\ntwo", "one two"],
)
def collapse_runs(text: str) -> list[Edit]:
    """Edits that leave one space of each run of blanks inside a line of a paragraph; `cut` asks for them.

    >>> collapse_runs("  a   b")[0].span
    Span(start=3, end=6)
    """
    if "  " not in text and "\t" not in text and "\u3000" not in text:
        return []
    return [Edit(Span(*found.span()), " ", "spacing.runs") for found in _RUN.finditer(text)]


@repair_rule(
    "spacing.line-ends",
    why="Nobody sees a blank at the end of a line, or one on an empty line.",
    repairs=[("one \t\ntwo  ", "one\ntwo"), ("one\n \t \ntwo", "one\n\ntwo")],
    keeps=["  one\n\ttwo\r\n"],
)
def trim_ends(text: str) -> list[Edit]:
    """Edits that remove the blanks at the ends of lines.

    >>> trim_ends("a \\nb")[0].span
    Span(start=1, end=2)
    """
    at_end = text.endswith((" ", "\t")) or " \n" in text or "\t\n" in text
    if not at_end and not ("\r" in text and (" \r" in text or "\t\r" in text)):
        return []
    return [Edit(Span(*found.span()), "", "spacing.line-ends") for found in _END.finditer(text)]
