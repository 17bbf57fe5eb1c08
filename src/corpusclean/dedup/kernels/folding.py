"""What each character becomes before texts are compared: `corpusclean.model.fold`, as bytes and as a table.

Letters become small letters without their accents, digits of any script become 0 to 9, all that parts words a
space, marks nothing. A character that is a word of its own (Chinese, Japanese, and scripts written without
spaces) stands behind a byte 0xFF, between spaces. Folding a text is replacing character by character.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpusclean.model.fold import SAME_LETTERS

ALONE = 0xFF  # before a character that is a word of its own
PLANES = 0x20000  # characters with a line in the table; those beyond are Chinese, or unassigned
IDEOGRAPHS = 0x3400, 0xA000  # these have no line either: each is a word of its own as it stands
LAST = 0x40000  # so are those up to here; what comes behind are no letters
_ALONE = (  # from here, to here
    *(0x0E00, 0x10A0, 0x1780, 0x1800, 0x19E0, 0x1AB0),  # Thai, Lao, Tibetan, Burmese, Khmer
    *(0x2E80, 0x3000, 0x3005, 0x3008, 0x3021, 0x3100, 0x31F0, 0x3200, 0x3400, 0xA000),
    *(0xA9E0, 0xAA00, 0xF900, 0xFB00, 0x1B000, 0x1B300),
)


def folded(character: str) -> bytes:
    """A character as it is compared.

    >>> [folded(c) for c in "Éß٣,人"]
    [b'e', b'ss', b'3', b' ', b' \\xff\\xe4\\xba\\xba ']
    """
    code = ord(character)
    if IDEOGRAPHS[0] <= code < IDEOGRAPHS[1] or code >= PLANES:
        return b" \xff" + character.encode("utf-8") + b" " if code < LAST else b" "
    return b"".join(map(_byte, _plain(character)))


def _plain(text: str) -> str:
    """Small letters, those that look the same as one, accents apart."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(
        SAME_LETTERS
    )


class _Letters(dict[str, bytes]):
    """What letters become, each worked out once."""

    def __missing__(self, letter: str) -> bytes:
        self[letter] = to = _byte(letter)
        return to


def _byte(letter: str) -> bytes:
    if unicodedata.combining(letter):
        return b""
    category = unicodedata.category(letter)
    if category == "Nd":
        return b"%d" % unicodedata.digit(letter)
    if category[0] not in "LMN":
        return b" "
    encoded = letter.encode("utf-8")
    if bisect_right(_ALONE, ord(letter)) & 1:
        return b" \xff" + encoded + b" "
    return encoded


def is_capital(character: str) -> bool:
    return character != character.lower()


class Table(NamedTuple):
    """`folded` for every character below 0x20000: its bytes are `bytes[at[c]:at[c] + length[c]]`."""

    bytes: NDArray[np.uint8]
    at: NDArray[np.uint32]
    length: NDArray[np.uint8]
    capital: NDArray[np.uint8]


@cache
def table() -> Table:
    """The table, worked out once.

    >>> lines = table()
    >>> at, length = int(lines.at[ord("Æ")]), int(lines.length[ord("Æ")])
    >>> bytes(lines.bytes[at : at + length]) == "æ".encode(), bool(lines.capital[ord("Æ")])
    (True, True)
    """
    codes = [
        code
        for code in (*range(IDEOGRAPHS[0]), *range(IDEOGRAPHS[1], 0xD800), *range(0xF900, PLANES))
        if (category := unicodedata.category(chr(code)))[0] in "LMNS" or category == "Cf"
    ]
    # All of them in one go, a line each: characters of different lines do not touch each other.
    lines = "\n".join(map(chr, codes))
    letters = _Letters()
    pool, known = bytearray(b" "), {b" ": 0}
    at, length = np.zeros(PLANES, np.uint32), np.ones(PLANES, np.uint8)
    capital = np.zeros(PLANES, np.uint8)
    begins, sizes = [], []
    for line in _plain(lines).split("\n"):
        to = letters[line] if len(line) == 1 else b"".join([letters[letter] for letter in line])
        if to not in known:
            known[to] = len(pool)
            pool += to
        begins.append(known[to])
        sizes.append(len(to))
    at[codes], length[codes] = begins, sizes
    capital[codes] = [
        one != low for one, low in zip(lines.split("\n"), lines.lower().split("\n"), strict=True)
    ]
    return Table(np.frombuffer(bytes(pool) + bytes(8), np.uint8), at, length, capital)
