"""Single readings: some bytes in one given encoding, exact or not at all.

Comes in: bytes and the name of a codec. Goes out: a `RawText` whose encoding gives the bytes back. A byte
that has no meaning in the codec becomes one character, the one that Windows shows for it, and a stray.
"""

from __future__ import annotations

import codecs
import re

from ..model import RawText

_HIGH = bytes(range(0x80, 0x100))
_ESCAPED = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffe\uffff]")
_STRAYS = tuple(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(256))


def read(data: bytes, codec: str) -> RawText | None:
    """The reading in an encoding that keeps ASCII; None when too many bytes have no meaning in it.

    All but 2, and 5 % of those above ASCII, must have one.

    >>> read(b"caf\\xe9 \\x81", "cp1250").strays
    ((5, 129),)
    >>> read("Привет, мир".encode("koi8-r"), "euc_kr") is None
    True
    """
    limit = 2 + (len(data) - len(data.translate(None, _HIGH))) // 20
    try:
        text, strays = _escaped(data, codec)
    except UnicodeDecodeError:
        return _read_slowly(data, codec, limit)
    if len(strays) > limit:
        return None
    return _exact(RawText(text, codec, strays), data) or _read_slowly(data, codec, limit)


def read_utf8(data: bytes) -> RawText:
    """The reading as UTF-8; whatever the bytes are, it is exact.

    >>> read_utf8(b"\\xff\\x80").text
    'ÿ€'
    """
    text, strays = _escaped(data, "utf-8")
    return RawText(text, "utf-8", strays)


def read_wide(data: bytes, codec: str) -> RawText | None:
    """The reading in UTF-16 or UTF-32; the bytes of an incomplete last unit are strays.

    >>> read_wide(b"o\\0k\\0!", "utf-16-le")
    RawText(text='ok!', encoding='utf-16-le', strays=((2, 33),))
    """
    whole = len(data) - len(data) % (4 if "32" in codec else 2)
    try:
        text = data[:whole].decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        return None
    strays = tuple((len(text) + i, byte) for i, byte in enumerate(data[whole:]))
    return _exact(RawText(text + "".join(_STRAYS[byte] for _, byte in strays), codec, strays), data)


def read_plain(data: bytes, codec: str) -> RawText | None:
    """The reading without any stray; None when there is none.

    >>> read_plain(b"\\x1b$B%F\\x1b(B", "iso2022_jp").text
    'テ'
    """
    try:
        return _exact(RawText(data.decode(codec), codec), data)
    except UnicodeDecodeError:
        return None


def is_plausible(raw: RawText) -> bool:
    """True when at most one character in a hundred is a control character.

    >>> is_plausible(RawText("plain\\ttext\\n", "utf-16-le")), is_plausible(RawText("\\0\\1", "utf-16-le"))
    (True, False)
    """
    return len(_CONTROL.findall(raw.text)) * 100 <= len(raw.text)


def _escaped(data: bytes, codec: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text and strays. Python marks a byte that does not decode as a lone surrogate, in C."""
    text = data.decode(codec, "surrogateescape")
    strays = tuple((found.start(), ord(found[0]) - 0xDC00) for found in _ESCAPED.finditer(text))
    return (_ESCAPED.sub(lambda found: _STRAYS[ord(found[0]) - 0xDC00], text) if strays else text), strays


def _read_slowly(data: bytes, codec: str, limit: int) -> RawText | None:
    """Byte by byte: what does not decode, or decodes to what is encoded otherwise, is a stray."""
    decoder = codecs.getincrementaldecoder(codec)()
    parts: list[str] = []
    strays: list[tuple[int, int]] = []
    size = start = at = 0
    while start < len(data) and len(strays) <= limit:
        at += 1
        try:
            text = decoder.decode(data[at - 1 : at], at >= len(data))
            exact = text.encode(codec) == data[start:at]
        except UnicodeError:
            text, exact = "\ufffd", False
        if not text:
            continue
        if not exact:
            text = _STRAYS[data[start]]
            strays.append((size, data[start]))
            decoder.reset()
            at = start + 1
        parts.append(text)
        size += len(text)
        start = at
    return _exact(RawText("".join(parts), codec, tuple(strays)), data) if len(strays) <= limit else None


def _exact(raw: RawText, data: bytes) -> RawText | None:
    try:
        return raw if raw.encode() == data else None
    except UnicodeEncodeError:
        return None
