"""Which misreadings are looked for, and what proves that a text was misread.

Groups of the form that misread UTF-8 has also stand in honest text: "AMANHÃ”" ends a quotation in Portuguese,
"عکس" is Persian, "Сё" begins a Ukrainian word. A proof is what honest text never has:

- in Western, Central European, Greek and box-drawing disguise, neighbours that ftfy's table calls unlikely,
  unless the group is a capital letter before punctuation, or would be a single Chinese character;
- in Cyrillic and Arabic disguise, two groups or more that make up a whole word of common letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .misreading import Misreading, Run


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A misreading, what proves it of a run, and what lets a run follow the proof of another in its line.

    `follows` is also told whether nothing but runs is above ASCII in the line.
    """

    misreading: Misreading
    proves: Callable[[str, Run], bool]
    follows: Callable[[str, Run, bool], bool]


@cache
def suspicions() -> tuple[Suspicion, ...]:
    """All that is looked for, the likeliest first.

    >>> [suspicion.misreading.encoding for suspicion in suspicions()][:3]
    ['cp1252', 'cp1251', 'cp1256']
    """
    others = ("iso8859-15", "cp1253", "cp1254", "cp1257", "mac_roman", "cp437")
    return (
        Suspicion(_western(), _is_unlikely, _goes_along),
        Suspicion(_cyrillic(), _is_cyrillic_word, _is_cyrillic_part),
        Suspicion(_arabic(), _is_arabic_word, _is_arabic_part),
        Suspicion(Misreading("cp1250", _blanks("Ă")), _is_unlikely, _goes_along),
        *(Suspicion(Misreading(encoding), _is_unlikely, _goes_along) for encoding in others),
    )


# The bytes that lead nearly all groups of two and of three or more in texts of today, by encoding, and so the
# characters to look for first. The other leads are in every honest text of some language.
_COMMON = {
    "cp1252": (b"\xc2\xc3\xc4\xc5\xc6\xc8\xc9\xce\xcf\xd0\xd1\xd7\xd8\xd9\xda\xdb", bytes(range(0xE0, 0xF1))),
    "cp1250": (b"\xc2\xc3\xc4\xc5\xc8", b"\xe2\xf0"),
    "cp1253": (b"\xc2\xc3\xce\xcf", b"\xe2"),
    "cp1254": (b"\xc2\xc3\xc4\xc5\xd0\xd1", b"\xe2\xf0"),
    "cp1257": (b"\xc2\xc3\xc4\xc5", b"\xe2"),
    "mac_roman": (b"\xc2\xc3\xc4\xc5\xc8", b"\xe2"),
    "cp437": (b"\xc2\xc3\xd0\xd1", b"\xe2"),
}


@cache
def quick_search() -> re.Pattern[str]:
    """Finds where misread text may begin, and in honest text little.

    >>> bool(quick_search().search("déjà vu")), bool(quick_search().search("dÃ©jÃ vu"))
    (False, True)
    """
    leads, follows = [*_CYRILLIC_LEADS, *_LATIN_LEADS, *_ARABIC_LEADS, "в", "â"], [" "]
    after = ["(?<=[a-z][ÃĂ]) |(?<=[a-z.,;:!?)”]Â) |(?<=â)€"]
    for encoding, (two, three) in _COMMON.items():
        follow = _follow(encoding)
        for count, codes in enumerate((two, three), 1):
            lead = codes.decode(encoding)
            after.append(f"(?<=[{re.escape(lead)}])[{follow}]{{{count}}}")
            leads += lead
        follows.append(follow)
    for encoding, lead in (("cp1251", _CYRILLIC_LEADS), ("cp1256", _ARABIC_LEADS)):
        follow = _follow(encoding)
        after.append(f"(?<=[{lead}])[{follow}][{lead}][{follow}]")
        follows.append(follow)
    after.append("(?<=в)[Ђ„][^ -~]")
    cyrillic = _follow("cp1251")
    after.append(f"(?<=[A-Za-z][{_LATIN_LEADS}])[{cyrillic}]|(?<=[{_LATIN_LEADS}])[{cyrillic}][a-z]")
    lead = re.escape("".join(dict.fromkeys(leads)))
    return re.compile(f"[{lead}](?=[{''.join(follows)}])(?:{'|'.join(after)})")


def _follow(encoding: str) -> str:
    """The characters that go on with a group, for a class of a regular expression."""
    return Misreading(encoding).chars(0x80, 0xBF)


def _western() -> Misreading:
    return Misreading(
        "cp1252",
        {
            **_blanks("Ã"),
            # ”, whose last byte has no meaning in windows-1252.
            "â€\ufffd?(?=[\\s.,;:!?)]|\\Z)": "â€\x9d",
            # Inside words Š, Π, Р, נ, ٠, signs of India, Thai and Japanese, when a no-break space became plain.
            f"[ÅÎÐ×Ù] (?=[Â-ô])|[á-é][{_follow('cp1252')}] (?=[à-ï])|à[\xa1-\xbf] (?=à)": None,
        },
    )


def _blanks(a: str) -> dict[str, str | None]:
    """à and the no-break space, when their second byte, itself a no-break space, became plain or went."""
    return {
        f"{a} (?=[ \n]|s\\b|quel|\\Z)|(?<=[a-z]){a} (?=[.,;:!?)])": None,
        f"{a}(?= [a-z])|(?<=[a-z]){a}(?=[.,;:!?)\n]|\\Z)": f"{a}\xa0",
        "Â(?= )": "Â\xa0",
    }


_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz")
_CLOSING = _LOWER | frozenset(".,;:!?)”")
# One group in Portuguese, Kurdish or Icelandic capitals before a quotation mark, a dash, a blank.
_CAPITAL_AND_MARK = re.compile("[ÃÎÐÂÑÉÍÓÄÖÜÅ][”“’‘»«…–—•›‹„‚\xa0\xad]")
# What a single group is not: phonetic letters, scripts from Armenian to N'Ko, Chinese, Korean. Their words have
# more than one. Not among them: ə, Vietnamese ơ and ư, Hausa ɓ, ɗ, ƙ, pinyin, Romanian ș and ț, ʻ, ʼ, ˆ, ˜.
_LONELY = re.compile(
    "[\u0180\u0182-\u0189\u018b-\u018e\u0190\u0191\u0193-\u0197\u019a-\u019f\u01a2-\u01ae\u01b1-\u01cc\u01dd-\u0217"
    "\u021c-\u0252\u0254-\u0256\u0258\u025a-\u02ba\u02bd-\u02c5\u02c8-\u02db\u02dd-\u02ff\u0530-\u07ff\u2c00-\ufaff]"
)


@cache
def _unlikely() -> re.Pattern[str]:
    from ftfy.badness import BADNESS_RE  # a tenth of a second that an honest page need not pay

    return BADNESS_RE


def _is_unlikely(line: str, run: Run) -> bool:
    """True where ftfy finds neighbours that no language has, and they are not letters and typography."""
    before, after = line[max(0, run.start - 1) : run.start], line[run.end : run.end + 1]
    if not run.groups:
        first = line[run.start]
        return before in _CLOSING if first == "Â" else first in "ÃĂ" and before in _LOWER
    if run.groups == 1:
        typography = _CAPITAL_AND_MARK.match(line, run.start) and before.isupper() and not after.isupper()
        capitals = line[max(0, run.start - 2) : run.start]
        miscast = len(capitals) == 2 and capitals.isupper() and capitals.isalpha() and run.after.islower()
        if typography or miscast or _LONELY.match(run.after):
            return False
    return _unlikely().search(line, max(0, run.start - 1), run.end + 1) is not None


def _goes_along(line: str, run: Run, alone: bool) -> bool:
    return alone or (not run.groups and line[run.start] in "ÃĂÂâ")


_CYRILLIC_LEADS = "РС"
_LATIN_LEADS = "ГДЕ"
_LATIN_WORD = re.compile("[\u00c0-\u024f]{1,3}")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_CYRILLIC_TEXT = re.compile("[\u0400-\u045f\u0490\u0491\u2010-\u2026№€«»\xa0]+")
_CYRILLIC_WORD = re.compile("[\u0400-\u045f\u0490\u0491]{2,}|[\u2013-\u2026№€]")


def _cyrillic() -> Misreading:
    # Р, when its second byte, a no-break space, became plain.
    return Misreading("cp1251", {f"Р (?=[РС][{_follow('cp1251')}])": "Р\xa0"})


def _is_cyrillic_word(line: str, run: Run) -> bool:
    around = line[max(0, run.start - 1) : run.start] + line[run.end : run.end + 1]
    mixed = run.groups and _LATIN_WORD.fullmatch(run.after) and any("A" <= char <= "z" for char in around)
    # Cyrillic and Latin letters in one word are misread Latin ones.
    return bool(mixed or _CYRILLIC_WORD.fullmatch(run.after)) and _is_cyrillic_part(line, run, True)


def _is_cyrillic_part(line: str, run: Run, alone: bool) -> bool:
    likely = alone or (run.groups > 0 and _CYRILLIC_TEXT.fullmatch(run.after))
    return bool(likely) and _is_whole(line, run, _CYRILLIC_LETTER, _CYRILLIC_LEADS)


_ARABIC_LEADS = "طظعغ"
_ARABIC_LETTER = re.compile("[\u0620-\u065f\u066e-\u06d3]")
_ARABIC_TEXT = re.compile(
    "[\u0621-\u0652\u0660-\u0669\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c0-\u06d3\u06f0-\u06f9"
    "\u060c\u061b\u061f\u200c\xa0«»]+"
)


def _arabic() -> Misreading:
    digit = "ظ[\xa0¢-©،]"
    return Misreading(
        "cp1256",
        {
            # ح, whose second byte is a soft hyphen, which nobody sees and many remove.
            f"ط(?![{_follow('cp1256')}])": "ط\xad",
            # ٠ among digits, when its second byte, a no-break space, became plain.
            f"ظ (?={digit})|(?<={digit})ظ (?=[ \n.,)]|ط[Œں›]|\\Z)": "ظ\xa0",
        },
    )


def _is_arabic_word(line: str, run: Run) -> bool:
    return run.groups > 1 and _is_arabic_part(line, run, False)


def _is_arabic_part(line: str, run: Run, alone: bool) -> bool:
    likely = alone or (run.groups > 0 and _ARABIC_TEXT.fullmatch(run.after))
    return bool(likely) and _is_whole(line, run, _ARABIC_LETTER, _ARABIC_LEADS)


def _is_whole(line: str, run: Run, letter: re.Pattern[str], leads: str) -> bool:
    """True when no letter of the script touches a run, other than what leads a group that lost a byte."""
    around = line[max(0, run.start - 1) : run.start] + line[run.end : run.end + 1]
    return not any(letter.match(char) and char not in leads for char in around)
