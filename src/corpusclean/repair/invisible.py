"""Characters that nobody sees.

Removed are those that do nothing where they stand: zero-width spaces, byte order marks, soft hyphens, control
characters. Kept is what a reader would miss. Joiners stay where they shape letters: between letters of
Arabic script (می‌شود), after letters of the scripts of India, inside emoji. Marks of direction stay in lines
that hold right-to-left text. Zero-width spaces stay between words of scripts written without spaces.
Variation selectors and the tags of flags are parts of the character before them and are never touched.
"""

from __future__ import annotations

import re

from ..model import Edit, Span
from ..registry import repair_rule

_DIRECTION = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_ARABIC = "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefe\u1800-\u18af\U0001e900-\U0001e95f"  # with N'Ko, Mongolian
_INDIC = "\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1700-\u17ff\u1a20-\u1cff\ua800-\uabff\U00011000-\U00011fff"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
_EMOJI = "\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"
# Nearly every zero-width non-joiner stands between two letters: it is passed over at once.
_ANY = f"[{_CONTROLS}\xad\u200b-\u200d\u2060\u206a-\u206f\ufeff{_DIRECTION}]"
_NOT_IN_WORD = f"(?<![{_ARABIC}]\u200c(?=[{_ARABIC}]))"
_RUN = re.compile(f"{_ANY}{_NOT_IN_WORD}{_ANY}*+")
# Whatever this module and `spacing` are about: one look at a page tells that there is nothing of it.
ODD = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\xad\u061c\u2000-\u200f\u2028-\u202f\u205f\u2060\u2066-\u206f\ufeff]"
    + _NOT_IN_WORD
)
_TURNS = re.compile(f"[{_DIRECTION}]")
_WINDOWS = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")

_SHAPED = re.compile(f"[{_ARABIC}{_INDIC}]")
_AFTER_LETTER = re.compile(rf"[{_ARABIC}{_INDIC}\w»”’)\]]")
_BEFORE_LETTER = re.compile(rf"[{_ARABIC}{_INDIC}\w«“‘(\[]")
_EMOJI_PART = re.compile(f"[{_EMOJI}]")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202e\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@repair_rule(
    "invisible.windows-controls",
    why="""Nobody writes the control characters U+0080 to U+009F: they are bytes of windows-1252 read as
    Latin-1, and HTML reads them so, too.""",
    repairs=[("it\x92s \x93fine\x94 \x96 \x801\x85", "it’s “fine” – €1…")],
    keeps=["it’s “fine” – €1…", "naïve café"],
)
def read_controls(text: str) -> list[Edit]:
    """Edits that put what Windows means in the place of control characters.

    >>> read_controls("it\\x92s")[0].after
    '’'
    """
    if text.isascii():
        return []
    return [
        Edit(Span(*found.span()), bytes((ord(found[0]),)).decode("cp1252"), "invisible.windows-controls")
        for found in _WINDOWS.finditer(text)
    ]


@repair_rule(
    "invisible.characters",
    why="""Zero-width spaces, byte order marks, soft hyphens, control characters and marks of direction get
    into a text by copying; where they shape no letter and turn no line, nothing is lost without them.""",
    repairs=[
        ("zero\u200bwidth", "zerowidth"), ("\ufeffTitle", "Title"), ("hy\xadphen", "hyphen"),
        ("a hy\xad\nphen", "a hy-\nphen"), ("a\x00b\x1b", "ab"), ("price\u200e: 5", "price: 5"),
        ("می\u200c\u200cشود", "می\u200cشود"), ("Auf\u200clage", "Auflage"),
    ],
    keeps=[
        "له\u200c هه\u200cڵه\u200cبجه\u200c", "می\u200cشود", "PDF\u200cها", "۱۲\u200cساله",
        "۱۳۹۹ ه\u200d.ش.", "क्\u200dष", "ന്\u200d വീട്", "👩\u200d🚀 👁\ufe0f\u200d🗨\ufe0f",
        "مرحبا C++\u200e هنا", "שלום (ABC)\u200f", "ភាសា\u200bខ្មែរ", "tab\tand\r\nline\x0cpage", "❤\ufe0f 葛\U000e0100",
    ],
)  # fmt: skip
def drop_invisible(text: str) -> list[Edit]:
    """Edits that remove invisible characters which do nothing where they stand.

    >>> drop_invisible("zero\\u200bwidth")[0].span
    Span(start=4, end=5)
    """
    edits: list[Edit] = []
    line_end, turned = -1, False
    for found in _RUN.finditer(text):
        start, end = found.span()
        if start > line_end:
            line_start = text.rfind("\n", line_end + 1, start) + 1 or line_end + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            turned = _RIGHT_TO_LEFT.search(text, line_start, line_end) is not None
        kept = _kept(found[0], text[start - 1 : start], text[end : end + 1], turned)
        if kept != found[0]:
            edits.append(Edit(Span(start, end), kept, "invisible.characters"))
    return edits


def _kept(run: str, before: str, after: str, turned: bool) -> str:
    """What stays of a run of invisible characters that stands between two others."""
    kept = ""
    for char in run:
        if char == "\xad" and before.isalpha() and after in ("\n", "\r"):
            kept += "-"  # there it is seen: the word goes on in the next line
        elif _works(char, before, after) or (turned and _TURNS.match(char)):
            kept += "" if char in kept and char in "\u200c\u200d" else char
    return kept


def _works(char: str, before: str, after: str) -> bool:
    """True where an invisible character does something to its neighbours."""
    if char == "\u200c":
        return _joins(before, after)
    if char == "\u200d":
        emoji = _EMOJI_PART.match(before) and _EMOJI_PART.match(after)
        return bool(emoji or _SHAPED.match(before) or _SHAPED.match(after))
    return char == "\u200b" and bool(_UNSPACED_LETTER.match(before) and _UNSPACED_LETTER.match(after))


def _joins(before: str, after: str) -> bool:
    """True where a zero-width non-joiner shapes the letter before it, or parts two letters of one word."""
    if _SHAPED.match(before):  # also at the end of a word: older Kurdish spelling writes its short e so
        return True
    return bool(_SHAPED.match(after) and _AFTER_LETTER.match(before) and _BEFORE_LETTER.match(after))
