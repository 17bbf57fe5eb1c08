"""Classes of characters: what a line is made of, in any script."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

CLASSES = (
    "blank", "small", "capital", "letter", "wide", "digit", "stop", "comma", "colon", "quote", "open", "close", "rule",
    "dash", "symbol", "mark",
)  # fmt: skip
CLASS = {name: code for code, name in enumerate(CLASSES)}
_SIGNS = {
    **dict.fromkeys(".!?…。！？؟۔।", "stop"),
    **dict.fromkeys(",;،؛、，；", "comma"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys("\"'“”‘’«»‹›„‚「」『』", "quote"),
    **dict.fromkeys("|·•/\\>→►▸¦", "rule"),
}
_CATEGORIES = {
    "Ll": "small", "Lu": "capital", "Lt": "capital", "Lo": "letter", "Lm": "letter", "Ps": "open", "Pe": "close",
    "Pd": "dash", "Cc": "blank", "Cf": "mark",
}  # fmt: skip
_GROUPS = {"N": "digit", "Z": "blank", "M": "mark"}


def class_of(char: str) -> str:
    """The class of a character.

    >>> [class_of(char) for char in "aB港؟7"]
    ['small', 'capital', 'wide', 'stop', 'digit']
    """
    if char in _SIGNS:
        return _SIGNS[char]
    if "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af":
        return "wide"
    category = unicodedata.category(char)
    return _CATEGORIES.get(category) or _GROUPS.get(category[0], "symbol")


@cache
def classes() -> NDArray[np.uint8]:
    """The class of each character of the basic plane, by its number; what lies beyond is treated as its last."""
    return np.array([CLASS[class_of(chr(code))] for code in range(0x10000)], np.uint8)


def capital_starts(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """For each character, given by its number, whether it is a capital after a blank or at the start.

    >>> text = "The Old port of X"
    >>> capital_starts(np.array([ord(char) for char in text], np.uint32)).nonzero()[0].tolist()
    [0, 4, 16]
    """
    capital, blank = _capitals_and_blanks()
    codes = np.minimum(codes, len(capital) - 1)
    found = capital[codes]
    found[1:] &= blank[codes[:-1]]
    return found


@cache
def _capitals_and_blanks() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which characters are capitals and which are blanks, by their numbers; the planes beyond have neither."""
    chars = list(map(chr, range(0x20000)))
    return np.array(list(map(str.isupper, chars))), np.array(list(map(str.isspace, chars)))
