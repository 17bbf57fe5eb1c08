"""What a page may be: how large, and that it is text."""

from __future__ import annotations

import re
from typing import BinaryIO

from ..errors import InputError

# The longest books have some 10 MB of text; what is larger is a dump, a log or a table, not a page.
PAGE_LIMIT = 50_000_000
LINE_LIMIT = 10_000_000
# A character of three bytes is six when it is escaped, a control character of one byte too.
ROW_LIMIT = 3 * PAGE_LIMIT

SPLIT = "split it into one file per page, or put the pages into the rows of a .jsonl file"
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}+>\s*+)?(?:<!doctype\s++html|<html[\s>])", re.IGNORECASE
)


def megabytes(size: int) -> str:
    """A number of bytes for a person.

    >>> megabytes(50_000_000)
    '50 MB'
    """
    return f"{size / 1e6:.0f} MB"


def read_page(stream: BinaryIO, where: str) -> bytes:
    """All bytes of a stream, or InputError when they are more than a page may have."""
    parts: list[bytes] = []
    size = 0
    # some streams (pipes, terminals) give less than what was asked for
    while part := stream.read(min(1 << 20, PAGE_LIMIT + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > PAGE_LIMIT:
            raise InputError(f"larger than a page can be ({megabytes(PAGE_LIMIT)})", where=where, hint=SPLIT)
    return b"".join(parts)


def check_page(data: bytes, where: str) -> None:
    """InputError when the bytes are no page: empty, blank, binary, or one endless line."""
    if not data:
        raise InputError("the page is empty", where=where, hint="leave it out, or see why nothing was saved")
    if data.isspace():
        raise InputError(
            "the page holds only blanks", where=where, hint="leave it out, or see why it is blank"
        )
    # late: detection of encodings takes a while to load, and `restore` never decodes
    from ..decode import looks_binary

    if binary := looks_binary(data):
        hint = "only text, HTML and JSON lines are read; convert or unpack it first"
        raise InputError(f"this is no text: {binary}", where=where, hint=hint)
    check_lines(data, where)


def check_lines(data: bytes, where: str) -> None:
    """InputError when a line is longer than a page's line can be."""
    if (
        len(data) > LINE_LIMIT
        and not looks_like_markup(data)
        and max(map(len, data.splitlines())) > LINE_LIMIT
    ):
        raise InputError(f"a line is longer than {megabytes(LINE_LIMIT)}", where=where, hint=SPLIT)


def looks_like_markup(data: bytes) -> bool:
    """True when the bytes begin as an HTML page does.

    >>> looks_like_markup(b"\\n<!DOCTYPE html><p>Hello"), looks_like_markup(b"<html> is a tag")
    (True, True)
    >>> looks_like_markup(b"The tag <html> opens a page."), looks_like_markup(b"<htmlx>")
    (False, False)
    """
    return _MARKUP.match(data[:2048]) is not None
