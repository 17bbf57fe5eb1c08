"""Repeats inside one page."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from .alignment import NAME, Likeness, codes, compare
from .chunks import candidates
from .passages import Pair, Passage, size
from .runs import Place, runs

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Sequence

LONG = 15  # words of a passage that is looked at for itself; lines of verse, results and slogans are shorter
ALONE = 25  # words of a passage that is a repeat with nothing else around it
FORMULA = 40  # the same for a question, and for what stands three times or more: formulas come again, too
RUN = 40  # words of a run of two passages or more
REFRAIN = 60  # the same where the run stands three times or more
DOUBLED = (8, 80)  # lines and words of a page of short lines that is there twice from end to end
NEAR = 0.6  # alignment inside a run
COVERED = 0.75  # the same as a share of the copy, whose own words are lost
SOLID = 0.8  # alignment of the passages, half of a run at least, that speak for it
NEAR_ALONE = 0.85  # alignment of a passage that stands alone
_HOMES = 4  # earlier places of a text that are tried


def repeats_within(passages: Sequence[Passage]) -> list[Pair]:
    """The passages of one page that stand earlier on it, in order of the copies.

    A copy is one of: a passage of a run (at least 40 words, in part long passages, in the same order, with
    small edits, other numbers, dropped or added passages); a long passage alone, word for word or with edits
    that touch neither names nor numbers, or cut short. Verse, formulas and entries of a template stay.
    `kept` is never itself a copy. Both are the `index` of a passage.

    >>> from corpusclean.model import Span
    >>> text = "The bank of the river fell in on Monday night after three days of rain, and two of the " \\
    ...     "houses beside it had to be left, said the mayor, who had come with the firemen."
    >>> lines = [text, "It rained.", text, "It rained."]
    >>> repeats_within([Passage.of(i, line, Span(0, 1)) for i, line in enumerate(lines)])
    [Pair(copy=2, kept=0, similarity=1.0), Pair(copy=3, kept=1, similarity=1.0)]
    """
    first: dict[tuple[str, ...], int] = {}
    for i, passage in enumerate(passages):
        first.setdefault(passage.words, i)
    near = list(candidates((i, words) for words, i in first.items() if len(words) >= LONG))
    if not near and len(first) == len(passages):
        return []
    copies = _Page(passages, first, near).copies()
    return [Pair(passages[c].index, passages[k].index, s) for c, (k, s) in sorted(copies.items())]


class _Page:
    """The passages of a page by their number in the sequence, and which of them are alike."""

    def __init__(
        self, passages: Sequence[Passage], first: dict[tuple[str, ...], int], near: Iterable[Place]
    ) -> None:
        self.passages = passages
        self.of = [first[passage.words] for passage in passages]  # the first passage of the same words
        self.homes: dict[int, list[int]] = defaultdict(list)
        for i, text in enumerate(self.of):
            self.homes[text].append(i)
        self.near: dict[int, list[int]] = defaultdict(list)  # texts that are nearly the same
        self._codes: dict[int, array[int]] = {}
        for late, early in near:
            if self.is_near(late, early):
                self.near[late].append(early)
                self.near[early].append(late)

    def copies(self) -> dict[int, tuple[int, float]]:
        """For each copy the passage that is kept, and how alike they are."""
        kept: dict[int, int] = {}
        weights = {place: self.size(place[0]) for place in self.pairs()}
        for run in runs(weights):
            if self.is_run(run):
                kept = self.widened(run) | kept
        kept = kept or self.doubled()
        roots = {copy: _root(kept, copy) for copy in kept}
        return {copy: (root, self.like(copy, root).similarity) for copy, root in roots.items()}

    def pairs(self) -> Iterator[Place]:
        """The long passages that stand earlier, equal or nearly so."""
        for i, text in enumerate(self.of):
            if len(self.passages[i].words) >= LONG and self.size(i) >= LONG:
                for other in (text, *self.near.get(text, ())):
                    yield from ((i, home) for home in self.homes[other][:_HOMES] if home < i)

    def is_run(self, run: list[Place]) -> bool:
        """Whether several long passages in order are a copy, and not entries of a list or a refrain."""
        different = {self.of[copy]: (copy, home) for copy, home in run}
        if len(different) == 1:
            return self.is_alone(*run[0])
        sizes = {place: self.size(place[0]) for place in different.values()}
        solid = sum(length for place, length in sizes.items() if self.is_solid(*place))
        often = all(self.times(copy) > 2 for copy, _ in sizes)
        enough = sum(sizes.values()) >= (REFRAIN if often else RUN) and 2 * solid >= sum(sizes.values())
        return enough and (len(sizes) > 2 or max(sizes.values()) >= ALONE)

    def is_solid(self, copy: int, home: int) -> bool:
        """Whether a pair speaks for a run: the same text, or nearly, with few new names and no new number.

        What is nearly the same three times or more is an entry of a template.
        """
        like = self.like(copy, home)
        if like.similarity < SOLID or like.numbers or self.times(copy) > 2:
            return like.similarity == 1
        return like.names <= len(self.codes(copy)) / 20

    def is_alone(self, copy: int, home: int) -> bool:
        """Whether a long passage is a copy although nothing around it is."""
        text = self.passages[copy].text.rstrip()
        formula = text.endswith(("?", "？", "؟")) or self.times(copy) > 2
        if self.size(copy) < (FORMULA if formula else ALONE) or text.count(" / ") > 1:
            return False
        like = self.like(copy, home)
        if like.similarity == 1 or self.cut(copy, home):
            return True
        if like.similarity < NEAR_ALONE or self.times(copy) > 2:
            return False
        words = self.codes(copy)
        if not any(code & 3 == NAME for code in words[1:]):  # a script without capitals hides its names
            return {code >> 2 for code in words} <= {code >> 2 for code in self.codes(home)}
        first = words[0] & 3 == NAME and not like.dropped  # "But the mayor" for "The mayor"
        return like.numbers == 0 and like.names <= first

    def is_near(self, late: int, early: int) -> bool:
        """Whether two texts are much the same and the later one has little of its own."""
        a, b = set(self.passages[late].words), set(self.passages[early].words)
        if 2 * len(a & b) < len(a):  # the cheap question first
            return False
        like = self.like(late, early)
        return (like.similarity >= NEAR and like.covered >= COVERED) or self.cut(late, early)

    def cut(self, copy: int, home: int) -> bool:
        """Whether the copy is the beginning of the passage, but for its last word (which may be cut)."""
        words = self.passages[copy].words[:-1]
        if len(words) < LONG or words != self.passages[home].words[: len(words)]:
            return False
        pairs = zip(self.codes(copy)[:-1], self.codes(home), strict=False)
        return all(a >> 2 == b >> 2 for a, b in pairs)

    def widened(self, run: list[Place]) -> dict[int, int]:
        """The run with the passages, mostly short, that come again between and beside its pairs."""
        close = NEAR if len(run) > 1 else 1.0
        found = dict(run)
        for (copy, home), (to_copy, to_home) in pairwise(run):
            at = home + 1
            for between in range(copy + 1, to_copy):
                same = (other for other in range(at, to_home) if self.is_same(between, other, close))
                if (other := next(same, None)) is not None:
                    found[between], at = other, other + 1
        first_copy, first_home = run[0]
        while (
            first_home > 0
            and first_copy - 1 > run[-1][1]
            and self.is_same(first_copy - 1, first_home - 1, close)
        ):
            first_copy, first_home = first_copy - 1, first_home - 1
            found[first_copy] = first_home
        copy, home = run[-1][0] + 1, run[-1][1] + 1
        while copy < len(self.of) and home < first_copy and self.is_same(copy, home, close):
            found[copy] = home
            copy, home = copy + 1, home + 1
        return found

    def is_same(self, copy: int, home: int, close: float) -> bool:
        """Whether a passage beside a run goes with it: the same words, or nearly where `close` is below 1."""
        if self.of[copy] == self.of[home] or close == 1:
            return self.of[copy] == self.of[home]
        like = self.like(copy, home)
        return like.similarity >= close and like.covered >= COVERED

    def doubled(self) -> dict[int, int]:
        """The second half of a page of short lines that stands twice from end to end."""
        lines, words = DOUBLED
        for begin in range(min(3, len(self.of))):
            for again in self.homes[self.of[begin]]:
                shift, rest = again - begin, len(self.of) - again
                whole = (
                    lines <= shift <= rest <= shift + 3 and self.of[begin:again] == self.of[again:][:shift]
                )
                verses = set(self.of[begin:again])
                if whole and len(verses) >= lines and sum(map(self.size, verses)) >= words:
                    return {i + shift: i for i in range(begin, again)}
        return {}

    def times(self, i: int) -> int:
        """How often a text stands on the page, nearly the same ones included."""
        text = self.of[i]
        return len(self.homes[text]) + sum(len(self.homes[other]) for other in self.near.get(text, ()))

    def size(self, i: int) -> float:
        return size(self.passages[i].text, len(self.passages[i].words))

    def like(self, copy: int, home: int) -> Likeness:
        return compare(self.codes(copy), self.codes(home))

    def codes(self, i: int) -> array[int]:
        if i not in self._codes:
            self._codes[i] = codes(self.passages[i].text)
        return self._codes[i]


def _root(kept: dict[int, int], copy: int) -> int:
    while copy in kept:
        copy = kept[copy]
    return copy
