"""What comes in: a named input and its decoded characters."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What stands around a page that came as one string in a row of JSON lines.

    `before` and `after` are the row's characters on either side of the string. `literal` tells how the string
    was written: "utf8" and "ascii" as `json.dumps` does, without and with its option `ensure_ascii`; else it is
    the literal itself, quotes included.

    >>> Row('{"text": ', "ascii", "}\\n").encode("é".encode())
    b'{"text": "\\\\u00e9"}\\n'
    """

    before: str
    literal: str
    after: str

    def encode(self, data: bytes) -> bytes:
        """The bytes of the whole row, given the bytes of the page."""
        literal = self.literal
        if literal in ("utf8", "ascii"):
            literal = json.dumps(data.decode("utf-8", "surrogatepass"), ensure_ascii=literal == "ascii")
        return (self.before + literal + self.after).encode("utf-8")


@dataclass(frozen=True, slots=True)
class Source:
    """One page as it came: a name, its bytes, and what its carrier said about them.

    `encoding` is the encoding that the carrier declared (an HTTP header, a command-line option), if any.
    `markup` is true when the bytes are HTML. `row` is what stood around the page in a file of JSON lines.

    >>> Source("page.txt", b"Hello").name
    'page.txt'
    """

    name: str
    data: bytes
    encoding: str | None = None
    markup: bool = False
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class RawText:
    """The characters of a source, and all that is needed to give its bytes back.

    `strays` are the single bytes that do not belong to `encoding`: pairs of the offset in `text` and the
    byte. Each was decoded to one character so that offsets and text stay whole.

    >>> raw = RawText("café", "utf-8", strays=((3, 0xE9),))
    >>> raw.encode()
    b'caf\\xe9'
    """

    text: str
    encoding: str
    strays: tuple[tuple[int, int], ...] = ()

    def encode(self) -> bytes:
        """The bytes that were decoded, exactly."""
        parts: list[bytes] = []
        at = 0
        for offset, byte in self.strays:
            parts.append(self.text[at:offset].encode(self.encoding, "surrogatepass"))
            parts.append(bytes((byte,)))
            at = offset + 1
        parts.append(self.text[at:].encode(self.encoding, "surrogatepass"))
        return b"".join(parts)
