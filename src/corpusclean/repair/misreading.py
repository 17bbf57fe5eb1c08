"""What UTF-8 looks like when its bytes are read in an encoding of one byte per character.

A character above ASCII is two to four bytes in UTF-8: one that leads and one to three that continue. Read
in another encoding each byte becomes a character of its own, so misread text is a row of such groups, and
encoding it again and decoding it as UTF-8 brings back what was written. A `Misreading` finds the groups of
one encoding in a text and reads them; whether they are an accident, others must judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent groups in a line: where they stand, what they say, and of how many groups they are."""

    start: int
    end: int
    after: str
    groups: int


class Misreading:
    """UTF-8 that was read in one encoding.

    `lost` are what remains of groups that lost a byte on the way: a regular expression, and the whole group, or
    None where a no-break space became plain.

    >>> list(Misreading("cp1252").runs("dÃ©jÃ vu â€¦"))
    [Run(start=1, end=3, after='é', groups=1), Run(start=9, end=12, after='…', groups=1)]
    """

    def __init__(self, encoding: str, lost: dict[str, str | None] | None = None) -> None:
        self.encoding = encoding
        self._bytes = _bytes_of(encoding)
        self._table = {ord(char): chr(byte) for char, byte in self._bytes.items()}
        lost = lost or {}
        self._wholes = list(lost.values())
        groups = "|".join("".join(f"[{self.chars(*span)}]" for span in group) for group in _UTF8)
        # U+FFFD: nobody knows what it stood for, and its misreading is no worse.
        gone = re.escape(b"\xef\xbf\xbd".decode(encoding, "replace"))
        group = f"(?!{gone})(?:{groups})"
        self._groups = re.compile(f"(?:{group})++")
        self._part = re.compile("|".join([group, *(f"({part})" for part in lost)]))
        self._run = re.compile(f"(?:{'|'.join([group, *lost])})++")
        self._group = re.compile(group)

    def characters(self, first: int, last: int) -> list[str]:
        """The characters that stand for some bytes.

        >>> Misreading("cp1252").characters(0xC3, 0xC4)
        ['Ã', 'Ä']
        """
        return [char for char, byte in self._bytes.items() if first <= byte <= last]

    def chars(self, first: int, last: int) -> str:
        """The same, for a class of a regular expression."""
        return "".join(map(re.escape, self.characters(first, last)))

    def runs(self, line: str) -> Iterator[Run]:
        """The runs of groups in a line, with what they say."""
        for found in self._run.finditer(line):
            start, end = found.span()
            whole = found[0] if self._groups.fullmatch(line, start, end) else self._mended(line, start, end)
            after = whole.translate(self._table).encode("latin-1").decode("utf-8")
            if not any(_is_no_text(char) for char in after):
                yield Run(start, end, after, len(self._group.findall(found[0])))

    def _mended(self, line: str, start: int, end: int) -> str:
        """A run in which groups lost a byte, with those groups whole."""
        parts: list[str] = []
        while start < end and (found := self._part.match(line, start)):
            whole = self._wholes[found.lastindex - 1] if found.lastindex else found[0]
            parts.append(found[0].replace(" ", "\xa0") if whole is None else whole)
            start = found.end()
        return "".join(parts)


_MORE = (0x80, 0xBF)
_UTF8 = (
    ((0xC2, 0xDF), _MORE),
    ((0xE0, 0xE0), (0xA0, 0xBF), _MORE), ((0xE1, 0xEC), _MORE, _MORE), ((0xED, 0xED), (0x80, 0x9F), _MORE),
    ((0xEE, 0xEF), _MORE, _MORE),
    ((0xF0, 0xF0), (0x90, 0xBF), _MORE, _MORE), ((0xF1, 0xF3), _MORE, _MORE, _MORE),
    ((0xF4, 0xF4), (0x80, 0x8F), _MORE, _MORE),
)  # fmt: skip


def _is_no_text(char: str) -> bool:
    """True for what no text holds: private or unassigned characters, though not emoji newer than this Python."""
    return unicodedata.category(char) in {"Cn", "Co"} and not "\U0001f000" <= char <= "\U0001faff"


def _bytes_of(encoding: str) -> dict[str, int]:
    """The byte above ASCII that each character stands for; undefined bytes are control characters."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        table[bytes((byte,)).decode(encoding, "ignore") or chr(byte)] = byte
    for byte in range(0x80, 0xA0):
        table.setdefault(chr(byte), byte)
    return table
