"""Characters on a terminal: how wide they are, and those that must be seen instead of obeyed.

A scraped page may hold escape sequences and signs that turn the writing direction of all that follows;
printed as they are they would act on the reader's terminal. Joiners (U+200C, U+200D) stay as they are,
for words are spelled with them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NAMED = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x00AD, 0x200B, 0x2028, 0x2029, 0x2060, 0xFEFF]
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(32)},
    0x09: "  ",
    0x7F: "\u2421",
    **{code: f"<U+{code:04X}>" for code in [*range(0x80, 0xA0), *_NAMED]},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_BLANK = _VISIBLE | {
    0xA0: "<U+00A0>",
    0x200C: "<U+200C>",
    0x200D: "<U+200D>",
    0x200E: "<U+200E>",
    0x200F: "<U+200F>",
}


def visible(text: str) -> str:
    r"""The text with control characters shown as signs.

    >>> visible("a\x1b[31mb\u202e!")
    'a␛[31mb<U+202E>!'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


def spelled(text: str) -> str:
    r"""Like `visible`, and special blanks and joiners are named too: what a repair took is to be seen.

    >>> spelled("a\u00a0b\u200c")
    'a<U+00A0>b<U+200C>'
    """
    return text.translate(_BLANK)


def width(text: str) -> int:
    """How many columns a text takes on a terminal, at most: terminals disagree about joiners.

    >>> width("abc"), width("新闻"), width("e\u0301")
    (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=1 << 14)
def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def cut(text: str, columns: int) -> str:
    """As much of the beginning of a text as fits.

    >>> cut("新闻网", 5), cut("abc", 5)
    ('新闻', 'abc')
    """
    if len(text) * 2 <= columns:
        return text
    for at, char in enumerate(text):
        columns -= _columns(char)
        if columns < 0:
            return text[:at]
    return text
