"""Folding: what is ignored when two stretches of text are compared. Never applied to output."""

from __future__ import annotations

import re
import unicodedata

from .memory import remember

# Presentation of the same letter: Arabic yeh and kaf as Persian and Kurdish pages type them, alef with
# hamza, teh marbuta; marks that a reader does not miss (harakat, tatweel, ZWNJ, soft hyphen).
_SAME = str.maketrans(
    "ıيىئێكةھأإآٱؤۆۀەڕڵ",
    "iییییکههااااووههرل",
)
_DROPPED = dict.fromkeys(
    [
        *range(0x0300, 0x0370),
        *range(0x064B, 0x0660),
        0x0670,
        0x0640,
        *range(0x200B, 0x2010),
        0xAD,
        0x2060,
        0xFEFF,
    ]
)
SAME_LETTERS = _SAME | _DROPPED
_ALIKE = re.compile(f"[{''.join(map(re.escape, map(chr, SAME_LETTERS)))}]")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHARACTER = re.compile(f"[{_CJK}]")
_CHARACTER_OR_WORD = re.compile(rf"[{_CJK}]|[^\W\d_{_CJK}]++|\d++")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NUMBER = re.compile("0+")
# Small letters stay; capitals become small, digits zeros, and all else blanks.
_PLAIN = bytes(
    ord("0" if chr(code).isdigit() else chr(code).lower() if chr(code).isalpha() else " ")
    for code in range(128)
).ljust(256)
# Quotes, dashes and other signs that part words and go together with no letter.
_SIGN = re.compile("[\u2010-\u2027\xa0-\xa9\xab\xac\xae-\xb1\xb6\xb7\xbb\xbf]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@remember
def fold_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: case, punctuation, accents typed as marks, Arabic-script
    variants and the value of numbers do not count; a CJK character is a word.

    >>> fold_words("Read also: 12 Comments!")
    ('read', 'also', '0', 'comments')
    >>> fold_words("كتاب‌های") == fold_words("کتابهای")
    True
    """
    plain = text if text.isascii() else _SIGN.sub(" ", text)
    if plain.isascii():  # the quick way, for most lines of most alphabets
        folded = plain.encode().translate(_PLAIN).decode()
        return tuple((_NUMBER.sub(" 0 ", folded) if "0" in folded else folded).split())
    folded = unicodedata.normalize("NFC", text).casefold()
    if _ALIKE.search(folded):
        folded = folded.translate(SAME_LETTERS)
    found = (_CHARACTER_OR_WORD if _CHARACTER.search(folded) else _WORD).findall(folded)
    return tuple(["0" if word.isdigit() else word for word in found])


def size(text: str) -> int:
    """The length of a text in characters of an alphabet; a CJK character says as much as three.

    >>> size("harbour"), size("港口")
    (7, 6)
    """
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))
