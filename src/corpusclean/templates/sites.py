"""Which site a page belongs to: its host if its name or its row tells one, else the folder that it lies in."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from ..model import Row, Source
from .keys import plain

EVERYTHING = "."
"""The site of pages that lie in no folder and name no host."""
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}")
_COLUMNS = ("url", "uri", "link", "source_url", "canonical_url")


def site_of(source: Source) -> str:
    """The site of a page.

    A URL as its name, or in a column `url` of its row, tells the host; so does the first folder of its name that
    is one, as in the mirror of a site. Else pages of one folder are of one site.

    >>> [site_of(Source(name, b"")) for name in ("https://www.example.org/a?b", "example.org/2020/a.html", "in/a.txt")]
    ['example.org', 'example.org', 'in']
    >>> site_of(Source("crawl.jsonl#1", b"", row=Row('{"url": "http://example.org/a", "text": ', "utf8", "}")))
    'example.org'
    """
    host = _host(source.name) or (_host(_url_in(source.row)) if source.row else "")
    if host:
        return host
    folders = source.name.split("/")[:-1]
    named = (folder.lower() for folder in folders if _HOST.fullmatch(folder.lower()))
    return plain(next(named, "/".join(folders)).removeprefix("www.")) or EVERYTHING


def has_host(site: str) -> bool:
    """True when a site is told by its host and not by its folder.

    >>> has_host("example.org"), has_host("pages/2020")
    (True, False)
    """
    return bool(_HOST.fullmatch(site))


def _host(url: str) -> str:
    """The host of a URL; empty when the text is none."""
    if "://" not in url[:12]:
        return ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets without an address between them
        return ""
    return host.removeprefix("www.")


def _url_in(row: Row) -> str:
    """The URL that a row of JSON lines names beside its page."""
    around = f'{row.before}""{row.after}'
    if "://" not in around and r":\/\/" not in around:
        return ""
    try:
        columns = json.loads(around.lstrip("\ufeff \t\r\n"), strict=False)
    except ValueError:  # `before` begins with rows that are no pages
        return ""
    return next((url for name in _COLUMNS if isinstance(url := columns.get(name), str) and _host(url)), "")
