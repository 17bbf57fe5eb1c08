"""The order in which readings of a page are tried."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ..model import RawText
from .charsets import WESTERN, check_known, declared_in, detect, python_name, siblings
from .readings import is_plausible, read, read_plain, read_utf8, read_wide

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_SHIFTED = ("iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr")
_HIGH = bytes(range(0x80, 0x100))
_PROPER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes, declared: str | None = None) -> RawText:
    """The text of some bytes. Encoding it again gives exactly these bytes, whatever they are.

    `declared` is the encoding that the carrier of the page named; a page's own `<meta charset>` stands in
    for it. It decides only where the bytes are not UTF-8. InputError when it is needed and unknown.

    >>> decode("naïve".encode())
    RawText(text='naïve', encoding='utf-8', strays=())
    >>> decode("naïve caf".encode() + b"\\xe9")
    RawText(text='naïve café', encoding='utf-8', strays=((9, 233),))
    >>> decode("العراق".encode("cp1256"), declared="windows-1256").text
    'العراق'
    """
    special = read_marked(data) or read_unmarked(data) or _read_shifted(data)
    if special:
        return special
    try:
        return RawText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        as_utf8 = read_utf8(data)
    strays = len(as_utf8.strays)
    proper = len(as_utf8.text) - strays - len(data.translate(None, _HIGH))
    # In text of another encoding fewer stretches happen to be UTF-8 than not: at least 1.27 strays to each
    # in samples from 100 bytes on, in 89 languages and their encodings (the least in Japanese EUC).
    if proper >= strays:
        return as_utf8
    legacy = _read_legacy(data, declared)
    if legacy is None or (proper * 20 >= strays and proper and _is_western(data, legacy.encoding, declared)):
        return as_utf8
    return legacy


def _is_western(data: bytes, encoding: str, declared: str | None) -> bool:
    """True when all that is not UTF-8 in a mixed page is Western, and so is best read as strays."""
    if encoding in WESTERN:
        return True
    one_byte = encoding.startswith(("cp125", "iso8859", "mac"))
    return one_byte and not declared and not declared_in(data) and detect(_PROPER.sub(b"", data)) in WESTERN


def read_marked(data: bytes) -> RawText | None:
    """The reading that a byte order mark asks for. The mark stays a character of the text."""
    guesses = (codec for mark, codec in _MARKS if data.startswith(mark))
    return next((raw for codec in guesses if (raw := read_as(data, codec))), None)


def read_unmarked(data: bytes) -> RawText | None:
    """UTF-16 or UTF-32 without a mark, told by where the NUL bytes stand."""
    nuls = data.count(0) if b"\0" in data else 0
    if not nuls or nuls * 100 < len(data):
        return None
    even = data[::2].count(0)
    guesses = ["utf-32-le", "utf-32-be"] if nuls * 5 >= len(data) * 2 else []
    if min(even, nuls - even) * 20 <= nuls:
        guesses.append("utf-16-le" if even * 2 < nuls else "utf-16-be")
    return next((raw for codec in guesses if (raw := read_as(data, codec))), None)


def _read_shifted(data: bytes) -> RawText | None:
    """ISO-2022, which is ASCII with escapes and would pass as UTF-8."""
    if b"\x1b" not in data or b"\x1b$" not in data:
        return None
    return next((raw for codec in _SHIFTED if (raw := read_plain(data, codec))), None)


def _read_legacy(data: bytes, declared: str | None) -> RawText | None:
    """The reading in the declared or the detected encoding, if all but a handful of bytes belong to it."""
    return next((raw for codec in _legacy_codecs(data, declared) if (raw := read_as(data, codec))), None)


def _legacy_codecs(data: bytes, declared: str | None) -> Iterator[str]:
    named = check_known(declared) if declared else declared_in(data)
    if named:
        yield from siblings(named)
    found = detect(data)
    if found:
        yield from siblings(python_name(found) or found)


def read_as(data: bytes, codec: str) -> RawText | None:
    """The reading in an encoding other than UTF-8, if it is a plausible one."""
    if codec.startswith(("utf-16", "utf-32")):
        raw = read_wide(data, codec)
        return raw if raw and is_plausible(raw) else None
    return None if codec.startswith("utf") else read(data, codec)
