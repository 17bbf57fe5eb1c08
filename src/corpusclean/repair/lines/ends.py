"""What the end and the beginning of a line tell, each taken alone, in any script."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"[.!?…。！？؟۔:：;；]\s?[\"'”’“‘»›)\]）」』*\d]{0,4}$")
_GOES_ON = re.compile(
    r"[,;،؛、，](?!\w)|[,،、，]\w|[.:!?。؟۔)\]»”’](?=[\s,.;:)\]»”’]|\Z)|['’]s\b|[)\]」』]\S"
)
_CALLS = re.compile(r"[(\[«„{（「『]$|(?<=\s)[“‘–—/&-]$")
_BULLET = re.compile(
    r"[-–—•*·‣▪►○●◦✓✔+^>|]\s|[([]?\w{0,3}\d[.)\]]\s|\(?\d{1,3}[.)]\s|[#>|•▪►●✓✔]|[([][^\W\d_][)\]]\s"
)
_TABLE = re.compile(r"\S\s{3,}\S|\S\t+\S|[│┃|].*[│┃|]")
CJK = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
CJK_END = re.compile(f"[{CJK}]$")
CJK_START = re.compile(f"[{CJK}]")


def closed(text: str) -> bool:
    """True when a line ends as sentences end.

    >>> closed("He left."), closed("He said: “Go!”"), closed("The general is")
    (True, True, False)
    """
    if text[-1:].isalpha():  # as most lines that are not closed: no need to search
        return False
    return bool(_CLOSED.search(text, max(0, len(text) - 6)))


def starts_small(text: str) -> bool:
    """True when a text begins with a small letter as running text does (not as `iPhone` does).

    >>> starts_small("the end"), starts_small("iPhone"), starts_small("The end"), starts_small("a b")
    (True, False, False, True)
    """
    return text[0].islower() and (len(text) < 2 or not text[1].isupper())


def goes_on(text: str) -> bool:
    """True when a line begins with what can only stand after words: a comma, a closing bracket.

    >>> goes_on(", who left"), goes_on("’s men"), goes_on("... and"), goes_on(".htaccess"), goes_on("“Go!”")
    (True, True, False, False, False)
    """
    if text[:1].isalnum():  # as most lines begin
        return False
    return bool(_GOES_ON.match(text)) and not text.startswith(("...", "…"))


def calls_for_more(text: str) -> bool:
    """True when a line ends with a sign that something follows: an opening bracket, a dash, no comma.

    >>> calls_for_more("the men ("), calls_for_more("he left –"), calls_for_more("he left,")
    (True, True, False)
    """
    if text[-1:].isalnum():
        return False
    return bool(_CALLS.search(text, max(0, len(text) - 2)))


def is_item(text: str) -> bool:
    """True when a line begins as entries of lists do, with a bullet or a number.

    >>> is_item("- a bicycle"), is_item("3. the path"), is_item("3 men")
    (True, True, False)
    """
    return bool(_BULLET.match(text))


def is_row(text: str) -> bool:
    """True when a line has columns, as tables and running heads have.

    >>> is_row("18      THE QUARTERLY"), is_row("two  blanks")
    (True, False)
    """
    return ("   " in text or "\t" in text or "|" in text or "│" in text) and bool(_TABLE.search(text))
