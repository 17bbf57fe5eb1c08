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

    `lost` are groups in which a byte was lost, as regular expressions, with the bytes that they stood for.

    >>> list(Misreading("cp1252").runs("dÃ©jÃ vu â€¦"))[0]
    Run(start=1, end=3, after='é', groups=1)
    """

    def __init__(self, encoding: str, lost: dict[str, bytes] | None = None) -> None:
        self.encoding = encoding
        self._bytes = _bytes_of(encoding)
        self._lost = [(re.compile(pattern), code) for pattern, code in (lost or {}).items()]
        leads = [self.chars(0xC2, 0xE0), self.chars(0xE0, 0xF0), self.chars(0xF0, 0xF5)]
        follow = self.chars(0x80, 0xC0)
        gone = re.escape(b"\xef\xbf\xbd".decode(encoding, "replace"))  # U+FFFD: what it stood for is lost
        groups = [f"(?!{gone})[{lead}][{follow}]{{{count}}}" for count, lead in enumerate(leads, 1)]
        self.group = "|".join(groups)
        self._run = re.compile(f"(?:{'|'.join([*groups, *(lost or {})])})++")
        self._group = re.compile(self.group)

    def chars(self, first: int, stop: int) -> str:
        """The characters that stand for some bytes, for a class of a regular expression."""
        return "".join(re.escape(char) for char, byte in self._bytes.items() if first <= byte < stop)

    def runs(self, line: str) -> Iterator[Run]:
        """The runs of groups in a line that are UTF-8."""
        for found in self._run.finditer(line):
            after = self._read(found[0])
            if after is not None:
                yield Run(*found.span(), after, len(self._group.findall(found[0])))

    def _read(self, run: str) -> str | None:
        try:
            after = bytes(self._codes(run)).decode("utf-8")
        except UnicodeDecodeError:
            return None
        return None if any(unicodedata.category(char) in _NEVER for char in after) else after

    def _codes(self, run: str) -> Iterator[int]:
        at = 0
        while at < len(run):
            for pattern, code in self._lost:
                found = pattern.match(run, at)
                if found:
                    yield from code
                    at = found.end()
                    break
            else:
                yield self._bytes[run[at]]
                at += 1


# Characters that no text holds: unassigned, of private use, surrogates.
_NEVER = frozenset({"Cn", "Co", "Cs"})


def _bytes_of(encoding: str) -> dict[str, int]:
    """The byte above ASCII that each character stands for; undefined bytes are control characters."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        table[bytes((byte,)).decode(encoding, "ignore") or chr(byte)] = byte
    for byte in range(0x80, 0xA0):
        table.setdefault(chr(byte), byte)
    return table
