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
_TABLE = _SAME | _DROPPED
_ALIKE = re.compile(f"[{''.join(map(re.escape, map(chr, _TABLE)))}]")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W\d_{_CJK}]++|\d++")
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
    if text.isascii():
        folded = text.lower()
    else:
        folded = unicodedata.normalize("NFC", text).casefold()
        if _ALIKE.search(folded):
            folded = folded.translate(_TABLE)
    return tuple(["0" if word.isdigit() else word for word in _WORD.findall(folded)])


def size(text: str) -> int:
    """The length of a text in characters of an alphabet; a CJK character says as much as three.

    >>> size("harbour"), size("港口")
    (7, 6)
    """
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))
