"""The sheet of paper that rules write on: a page, the marks made so far, and what can be measured of its lines."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from .model import Line, Mark, Page
from .model.fold import size
from .repair.lines import closed, starts_small

Answer = TypeVar("Answer")

_SCRIPTS = re.compile(
    "(?P<latin>[A-Za-zÀ-ɏḀ-ỿ]+)|(?P<arabic>[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]+)"
    "|(?P<cyrillic>[\u0400-\u052f]+)|(?P<cjk>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)|(?P<greek>[\u0370-\u03ff]+)"
    "|(?P<hebrew>[\u0590-\u05ff]+)|(?P<other>[^\\W\\d_]+)"
)
_FOREIGN = re.compile("[^\x00-\x7f]+")
_LETTERS = string.ascii_letters.encode()


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has.

    >>> sorted(scripts("PMU الحشد").items())
    [('arabic', 5), ('latin', 3)]
    """
    if text.isascii():
        latin = _ascii_letters(text.encode())
        return Counter(latin=latin) if latin else Counter()
    found = _scripts("".join(_FOREIGN.findall(text)))
    if found["other"]:  # letters of such a script count together with those that go on in the same word
        return _scripts(text)
    if latin := _ascii_letters(text.encode("ascii", "ignore")):
        found["latin"] += latin
    return +found


def _scripts(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for match in _SCRIPTS.finditer(text):
        found[match.lastgroup or "other"] += match.end() - match.start()
    return found


def _ascii_letters(text: bytes) -> int:
    return len(text) - len(text.translate(None, _LETTERS))


def is_prose(line: Line) -> bool:
    """True for a line of running text: a sentence of some length that ends, or a long one that does not.

    >>> from corpusclean.model import Trace
    >>> lines = Page.of(Trace.of("Home\\nThe council met on Monday to vote on the new bridge over the river.")).lines
    >>> [is_prose(line) for line in lines]
    [False, True]
    """
    return runs_as_prose(line.text)


def runs_as_prose(text: str) -> bool:
    """True for the text of a line of running text.

    >>> runs_as_prose("Home"), runs_as_prose("The council met on Monday to vote on the new bridge.")
    (False, True)
    """
    length = size(text)
    return length >= 50 and (length >= 160 or closed(text))


class Seen(NamedTuple):
    """What other pages of the site say of a line: how they have it, and the share of them that have it.

    `how` is `line`, `shape` (with other numbers), `label` (its beginning), `prose` (running text, of which it is
    not certain that it is the site's) or empty. `share` goes from 0 to 1; a shape and a label weigh half.
    """

    how: str
    share: float


class Sheet:
    """A page and its marks; a line has one fate.

    `glued` tells for the line of a headline how far a widget's word is glued to its front, and of which kind.
    `seen` tells for each line what other pages of the site say of it; None when nothing is known about the site.
    """

    def __init__(self, page: Page, seen: Sequence[Seen] | None = None) -> None:
        self.page = page
        self.seen = seen
        self.lines = page.lines
        self.fates: list[Mark | None] = [None] * len(page.lines)
        self._answers: dict[Callable[[Line], object], list[Any]] = {}
        self._sums: list[int] = []
        self._counts: Counter[tuple[str, ...]] | None = None
        self.glued: dict[int, tuple[int, str]] = {}

    @cached_property
    def running(self) -> list[bool]:
        """For each line whether it is running text."""
        return self.each(is_prose)

    @cached_property
    def sizes(self) -> list[int]:
        """The length of each line, in characters of an alphabet."""
        return [size(line.text) for line in self.lines]

    def each(self, question: Callable[[Line], Answer]) -> list[Answer]:
        """What is to be said of each line by itself; several rules may ask, the answers are worked out once.

        >>> from corpusclean.model import Trace
        >>> Sheet(Page.of(Trace.of("Home\\nNews"))).each(lambda line: line.text[0])
        ['H', 'N']
        """
        answers = self._answers.get(question)
        if answers is None:
            answers = self._answers[question] = list(map(question, self.lines))
        return answers

    def mark(self, index: int, kind: str, rule: str, *, over: Sequence[str] = (), **more: object) -> None:
        """Mark a whole line that has no mark yet, or one of a kind in `over`; any other mark stays."""
        fate = self.fates[index]
        if fate is None or fate.kind in over:
            self.fates[index] = Mark(self.lines[index].span, kind, rule, **more)  # type: ignore[arg-type]

    @property
    def recurs(self) -> list[float] | None:
        """For each line which share of the site's other pages has it, 0 to 1; None when the site is not known."""
        return None if self.seen is None else [seen.share for seen in self.seen]

    def free(self, index: int) -> bool:
        """True when no rule has marked the line."""
        return self.fates[index] is None

    def kind(self, index: int) -> str | None:
        """The kind that a line is marked as, if any; also None outside of the page."""
        fates = self.fates
        fate = fates[index] if 0 <= index < len(fates) else None
        return fate.kind if fate else None

    def prose(self, index: int) -> bool:
        """True for a free line of running text."""
        return self.fates[index] is None and self.running[index]

    def prose_lines(self) -> list[int]:
        """Indices of the free lines of running text."""
        fates = self.fates
        return [i for i, running in enumerate(self.running) if running and fates[i] is None]

    def prose_around(self, index: int) -> tuple[int, int]:
        """How much running text stood above and below a line when this was first asked for the page."""
        if not self._sums:
            sizes = [length if self.prose(i) else 0 for i, length in enumerate(self.sizes)]
            self._sums = list(accumulate(sizes, initial=0))
        return self._sums[index], self._sums[-1] - self._sums[index + 1]

    def times(self, index: int) -> int:
        """How often the words of a line make up a line of the page."""
        if self._counts is None:
            self._counts = Counter([line.words for line in self.lines])
        return self._counts[self.lines[index].words]

    def in_small_letters(self) -> bool:
        """True when the paragraphs of the page begin with small letters, as in some blogs."""
        prose = [line for line, running in zip(self.lines, self.running, strict=True) if running]
        return 2 * sum([starts_small(line.text) for line in prose]) > len(prose)

    def between(self, index: int) -> bool:
        """True for a line that has a paragraph right above and right below it, as a subheading has."""
        return index > 0 and self.prose(index - 1) and index + 1 < len(self.lines) and self.prose(index + 1)

    def free_lines(self, first: int = 0, last: int | None = None) -> Iterator[int]:
        """Indices of the lines without a mark."""
        fates = self.fates  # read line by line: callers mark while they go
        return (i for i in range(first, len(fates) if last is None else last) if fates[i] is None)

    def prose_size(self, indices: Iterable[int]) -> int:
        """How much running text the free ones of these lines hold."""
        fates, running, sizes = self.fates, self.running, self.sizes
        return sum([sizes[i] for i in indices if running[i] and fates[i] is None])
