"""A page of HTML in, its lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..decode import decode
from ..errors import InputError
from ..model import RawText, Source
from .lines import Lines
from .walkers import walk_lexbor, walk_soup

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def flatten(markup: bytes | str | BeautifulSoup, encoding: str | None = None) -> str:
    """The text of a page in lines: blocks and <br> begin a line, an empty line stands between paragraphs.

    White space is collapsed as a browser does it, except in <pre>. A table row is one line with tabs. Scripts,
    styles, the <title> and texts that stand for pictures are left out. `encoding` is what the carrier of the
    bytes declared, if it did. A lone surrogate, which no page can hold, becomes U+FFFD.

    >>> flatten("<title>News</title><h1>Bridge &amp; tunnel</h1><p>It <b>opened</b><br>today.<script>x</script>")
    'Bridge & tunnel\\n\\nIt opened\\ntoday.\\n'
    """
    lines = Lines()
    if isinstance(markup, (bytes, str)):
        from selectolax.lexbor import LexborHTMLParser

        text = decode(markup, encoding).text if isinstance(markup, bytes) else markup
        root = LexborHTMLParser(_whole(text.removeprefix("\ufeff"))).root
        if root is not None:
            walk_lexbor(root, lines)
    else:
        walk_soup(markup, lines)
    return _whole(lines.finished())


def flat_text(source: Source) -> RawText:
    """The flat text of a source of HTML, which its offsets count in; InputError when a reader would see none.

    >>> flat_text(Source("a.html", b"<p>Hello.", markup=True))
    RawText(text='Hello.\\n', encoding='utf-8', strays=())
    """
    text = flatten(source.data, source.encoding)
    if not text:
        hint = "save the page as the browser shows it: its text may be made by a script"
        raise InputError("there is no text in this page", where=source.name, hint=hint)
    return RawText(text, "utf-8")


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
