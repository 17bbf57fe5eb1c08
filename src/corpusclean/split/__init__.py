"""Splitting a page into articles and reading what it says about them.

Comes in: a sheet (a page with the marks made on sight). Goes out: the layout, that is for each article its
lines and facts; the lines that were read into fields are marked as metadata on the sheet. Articles are found
by their heads (`heads.py`), heads by their bylines (`bylines.py`), bylines by what is left of a line without
its dates, labels and separators. What one line cannot tell (is this name an author or a paper, is 03/04 in
March or in April) the page as a whole decides, or it stays open.
"""

from .articles import finish, read_labelled, retitle, split
from .layout import Entry, Layout

__all__ = ["Entry", "Layout", "finish", "read_labelled", "retitle", "split"]
