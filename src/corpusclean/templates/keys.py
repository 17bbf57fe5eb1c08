"""What counts as the same line: its words in one case, its shape without its numbers, its label."""

from __future__ import annotations

import re

LONGEST = 200  # characters: two lines that agree so far are the same; profiles hold no more of anybody's text
_NUMBER = re.compile(r"\d++(?:[.,:/]\d++)*+")
_LETTER = re.compile(r"[^\W\d_]")
_COLON = re.compile(r"[^\W\d_][^:：\n]{0,38}[:：](?=\s*\S)")
_SURROGATE = re.compile("[\ud800-\udfff]")
REST = "…"


def plain(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no file of text can hold.

    >>> plain("a\\ud800b")
    'a\ufffdb'
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def shown(text: str) -> str:
    """A line as profiles show it: single blanks, and no more than its beginning; empty without a letter.

    >>> shown("  Home  |  News "), shown("* * *"), len(shown("long " * 100))
    ('Home | News', '', 199)
    """
    line = plain(" ".join(text[: 4 * LONGEST].split())[:LONGEST].rstrip())
    return line if _LETTER.search(line) else ""


def key(line: str) -> str:
    """What is compared of a line as profiles show it: case does not count.

    >>> key(shown("HOME | News")) == key(shown("Home | News"))
    True
    """
    return line.casefold()


def shape(line: str) -> str:
    """The line with each number as 0; empty when it has none.

    >>> shape("12,300 Comments"), shape("Comments")
    ('0 Comments', '')
    """
    found, numbers = _NUMBER.subn("0", line)
    return found if numbers else ""


def labels(line: str) -> tuple[str, ...]:
    """Beginnings of a line that may be a label, the longest first: up to a colon, else the first words.

    >>> labels("Photo: Ana Pérez"), labels("Posted in Politics"), labels("He left")
    (('Photo: …',), ('Posted in …', 'Posted …'), ('He …',))
    """
    colon = _COLON.match(line)
    if colon:
        return (f"{colon[0]} {REST}",)
    words = line.split(" ", 2)
    return tuple(f"{' '.join(words[:n])} {REST}" for n in (2, 1) if len(words) > n)
