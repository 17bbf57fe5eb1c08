"""HTML to lines: the text of a page as a reader sees it, one line for each line that a browser would begin.

Comes in: the bytes or characters of a page, or a BeautifulSoup object. Goes out: its lines. Two walkers (over
the tree of selectolax, and over that of BeautifulSoup) tell one `Lines` object which elements begin and end
and what text stands between; what an element means for the lines is known there alone. So the same tree
gives the same lines whoever parsed it.
"""

from .flatten import flat_text, flatten

__all__ = ["flat_text", "flatten"]
