"""Remembering answers about texts: the lines of a site's menus and widgets come back on all of its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Answer = TypeVar("Answer")

SHORT = 160  # characters of a text that may come back on another page
_SHORT_TEXTS = 1 << 13  # together with what is said of them a few megabytes
_LONG_TEXTS = 1 << 8  # as many as a page has: a paragraph is asked about by several rules


def remember(question: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function of a text, which remembers what it said of the texts that it was asked about last.

    >>> asked = []
    >>> ask = remember(lambda text: asked.append(text) or len(text))
    >>> ask("Share"), ask("Share"), asked
    (5, 5, ['Share'])
    """
    of_short = lru_cache(_SHORT_TEXTS)(question)
    of_long = lru_cache(_LONG_TEXTS)(question)

    @wraps(question)
    def ask(text: str) -> Answer:
        return of_short(text) if len(text) <= SHORT else of_long(text)

    return ask
