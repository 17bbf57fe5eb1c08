"""Names of encodings: what a page declares, what that means in practice, and what its bytes look like.

Comes in: a declared name, or bytes that are not UTF-8. Goes out: Python codecs to try, best first. Pages
name the small standard ("iso-8859-1", "gb2312") and are written in its larger sibling ("windows-1252",
"gb18030"), so a name stands for a short row of codecs.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from difflib import get_close_matches

from ..errors import InputError

# Labels of the WHATWG standard that Python does not know.
_LABELS = {
    "x-sjis": "shift_jis", "windows-31j": "cp932", "ms_kanji": "shift_jis", "x-euc-jp": "euc_jp",
    "windows-949": "cp949", "ks_c_5601-1987": "euc_kr", "korean": "euc_kr",
    "x-gbk": "gbk", "gb_2312-80": "gb2312", "x-x-big5": "big5", "cn-big5": "big5",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874", "dos-874": "cp874", "iso-8859-8-i": "iso8859-8", "logical": "iso8859-8",
    "koi": "koi8-r", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-cp1256": "cp1256",
    "unicode-1-1-utf-8": "utf-8", "x-unicode20utf8": "utf-8",
}  # fmt: skip

# What a name means in practice. The later codecs are tried when the first cannot give the bytes back.
_SIBLINGS = {
    "utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be"),
    "ascii": ("cp1252",), "iso8859-1": ("cp1252",), "iso8859-9": ("cp1254",),
    "iso8859-11": ("cp874",), "tis-620": ("cp874",),
    "gb2312": ("gb18030",), "gbk": ("gb18030",), "euc_kr": ("cp949",),
    "big5": ("cp950", "big5hkscs"), "big5hkscs": ("cp950", "big5hkscs"),
    "shift_jis": ("cp932", "shift_jis_2004"), "shift_jis_2004": ("cp932", "shift_jis_2004"),
    "euc_jp": ("euc_jp", "euc_jis_2004"), "euc_jis_2004": ("euc_jp", "euc_jis_2004"),
}  # fmt: skip

_NAMES = [
    *("utf-8", "utf-16", "us-ascii", "latin-1", "koi8-r", "koi8-u", "shift-jis", "euc-jp", "iso-2022-jp"),
    *("gb18030", "gbk", "gb2312", "big5", "euc-kr", "macintosh"),
    *(f"windows-{number}" for number in range(1250, 1259)),
    *(f"iso-8859-{number}" for number in range(1, 17)),
]

WESTERN = frozenset({"cp1252", "iso8859-1", "iso8859-15", "mac-roman"})

_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096

# Looked for only where declared: of Western pages, they would take more than they have themselves.
_RARE = ("johab", "iso8859-3", "iso8859-4", "iso8859-10", "iso8859-14", "iso8859-16")
# With fewer bytes above ASCII, ISO-8859-15 is a guess: a lone "½" of windows-1252 is its "œ".
_ENOUGH = 40
_PARTS = 6
_HIGH = bytes(range(0x80, 0x100))
_SAMPLE = 65536


def python_name(name: str) -> str | None:
    """Python's name of a text encoding, or None when it knows none of that name.

    >>> python_name("Windows-1256"), python_name("x-sjis"), python_name("base64"), python_name("klingon")
    ('cp1256', 'shift_jis', None, None)
    """
    label = name.strip().lower()
    try:
        info = codecs.lookup(_LABELS.get(label, label))
        b"-".decode(info.name, "ignore")  # LookupError for codecs that are not about text, such as base64
    except (LookupError, ValueError):
        return None
    # These are no encodings of pages, and two of them decode anything to something.
    return None if info.name in {"idna", "punycode", "unicode-escape", "raw-unicode-escape"} else info.name


def siblings(codec: str) -> tuple[str, ...]:
    """The codecs to try for a name, best first.

    >>> siblings("gb2312"), siblings("cp1250")
    (('gb18030',), ('cp1250',))
    """
    return _SIBLINGS.get(codec, (codec,))


def check_known(name: str) -> str:
    """Python's name of an encoding that a person named; InputError with a near name when there is none.

    >>> check_known("shift-jsi")
    Traceback (most recent call last):
        ...
    corpusclean.errors.InputError: there is no encoding called "shift-jsi"
      did you mean "shift-jis"? without a name the encoding is detected
    """
    known = python_name(name)
    if known is not None:
        return known
    near = get_close_matches(name.strip().lower().replace("_", "-"), _NAMES, 1)
    guess = f'did you mean "{near[0]}"? ' if near else ""
    raise InputError(
        f'there is no encoding called "{name}"', hint=f"{guess}without a name the encoding is detected"
    )


def declared_in(data: bytes) -> str | None:
    """The encoding that a page declares near its start, under Python's name; None when Python has none.

    >>> declared_in(b'<html><head><meta charset="ISO-8859-2">'), declared_in(b"no markup")
    ('iso8859-2', None)
    """
    head = data[:_HEAD]
    found = _XML.match(head) or _META.search(head)
    return python_name(found[1].decode("ascii", "ignore")) if found else None


def detect(data: bytes) -> str | None:
    """The codec that bytes which are not UTF-8 look most like; None when they do not look like text.

    >>> detect("Это очень короткий текст на русском языке.".encode("koi8-r"))
    'koi8-r'
    """
    sample = _foreign_lines(data)
    whole = _ask(sample)
    # One byte without a meaning rules the right encoding out, so parts of the text are asked as well.
    votes: Counter[str | None] = Counter({None: 0})
    for part in _parts(sample):
        votes[_ask(part)] += _foreign(part)
    best, weight = votes.most_common(1)[0]
    ruled_out = best is not None and best != whole and not _decodes(sample, best)
    return best if ruled_out and weight * 2 > _foreign(sample) else whole


def _parts(sample: bytes) -> list[bytes]:
    """A few stretches of about the same length, cut at blanks, which are never a part of a character."""
    return re.findall(rb"(?s).{1,%d}[^\0-\x20]*+" % (len(sample) // _PARTS + 1), sample)


def _ask(sample: bytes) -> str | None:
    """What chardet says."""
    # chardet 7 read 97.8 % of 2,382 samples of 100 to 3,000 bytes in 66 languages and 22 encodings to the
    # exact text, in 1 ms; half of the misses are Albanian. UnicodeDammit asks chardet itself and reads as
    # many. `prefer_superset` costs 7 points: it calls ISO-8859-2 windows-1250, where ą, ś, ź stand elsewhere.
    import chardet  # a tenth of a second that a page in UTF-8 need not pay
    from chardet.enums import EncodingEra

    return chardet.detect(
        sample,
        encoding_era=EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO,
        exclude_encodings=_RARE if _foreign(sample) >= _ENOUGH else (*_RARE, "iso8859-15"),
        compat_names=False,
    )["encoding"]


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.end == len(data) == _SAMPLE  # a character that the sample cuts
    return True


def _foreign(data: bytes) -> int:
    """The number of bytes above ASCII."""
    return len(data) - len(data.translate(None, _HIGH))


def _foreign_lines(data: bytes) -> bytes:
    """The lines that tell something, up to 64 kB: a page may open with more than that in ASCII."""
    if len(data) <= _SAMPLE:
        return data
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(lines)[:_SAMPLE] or data[:_SAMPLE]
