"""The characters of an HTML file: byte order mark, what the carrier says, what the page says, detection."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{1,500}?charset\s{0,9}+=\s{0,9}+[\"']?\s{0,9}+([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# As browsers read these names: pages that call themselves by the smaller one use the characters of the larger.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SEARCHED = 4096


def characters(data: bytes, encoding: str | None = None) -> str:
    """The decoded page; `encoding` is what its carrier declared.

    >>> characters('<meta charset="windows-1251"><p>Мост открыт для всех'.encode("cp1251"))[-20:]
    'Мост открыт для всех'
    """
    from ..decode import decode

    name = _known(encoding) or declared(data)
    if name == "iso2022_jp" and b"\x1b" in data:
        # all of its bytes are ASCII too, so it would pass as UTF-8
        return data.decode("iso2022_jp", "replace")
    return decode(data, name).text.removeprefix("\ufeff")


def declared(data: bytes) -> str | None:
    """The encoding that a page names in a <meta> at its beginning, as Python calls it.

    >>> declared(b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">')
    'cp1252'
    >>> declared(b"<p>charset=utf-8") is None
    True
    """
    found = _META.search(_COMMENT.sub(b"", data[:_SEARCHED]))
    name = _known(found[1].decode("ascii")) if found else None
    # the bytes of that very <meta> show that they are no pairs of bytes
    return "utf-8" if name and name.startswith(("utf-16", "utf-32", "utf_16", "utf_32")) else name


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None
    return _LARGER.get(found, found) if found else None
