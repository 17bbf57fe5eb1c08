"""What comes in: a named input and its decoded characters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One page as it came: a name, its bytes, and what its carrier said about them.

    `encoding` is the encoding that the carrier declared (an HTTP header, a command-line option), if any.
    `markup` is true when the bytes are HTML.

    >>> Source("page.txt", b"Hello").name
    'page.txt'
    """

    name: str
    data: bytes
    encoding: str | None = None
    markup: bool = False


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
