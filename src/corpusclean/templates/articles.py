"""On how many pages with different articles a line stands: only these are evidence of what the site itself has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from ..model.fold import size
from ..repair.lines import closed, starts_small
from ..sheet import runs_as_prose
from .keys import key, shown

OWN = 300  # characters of prose that a page with an article has for itself
ROW = 150  # characters of prose in a row that two pages share: a passage of an article
HEAD = 6  # lines above a passage that belong to it: headline, byline, date, standfirst
GAP = 3  # lines that may have come between two lines of a passage


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as learning sees it: the keys of its lines in order, how they are spelled, its prose with sizes, and
    where running text goes on from one line to the next: paragraph below paragraph, or a sentence that a link broke."""

    order: tuple[str, ...]
    lines: Mapping[str, str]
    prose: Mapping[str, int]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, text: str) -> Leaf:
        lines: dict[str, str] = {}
        prose: dict[str, int] = {}
        order = []
        for raw in text.splitlines():
            line = shown(raw)
            if line:
                known = key(line)
                order.append(known)
                lines[known] = min(line, lines.get(known, line))
                if len(line) >= 17 and runs_as_prose(raw.strip()):  # shorter ones say little in any script
                    prose[known] = size(raw.strip())
        pairs = frozenset(
            (above, below)
            for above, below in pairwise(order)
            if (above in prose and below in prose) or _goes_on(lines[above], lines[below])
        )
        return cls(tuple(order), lines, prose, pairs)

    def size(self, line: str) -> int:
        """How long a line is; of prose all counts, not only its beginning."""
        return self.prose.get(line) or size(self.lines[line])


def _goes_on(above: str, below: str) -> bool:
    """True when a sentence goes on in the next line; the entries of a menu in small letters are shorter."""
    small = starts_small(below) or below[0] in ",.;:)"
    return small and len(above) + len(below) >= 60 and not closed(above)


@dataclass(slots=True)
class Joined:
    """Numbers in groups that grow together.

    >>> joined = Joined()
    >>> joined.join(1, 3)
    >>> [joined.head(n) for n in (1, 2, 3)]
    [1, 2, 1]
    """

    _above: dict[int, int] = field(default_factory=dict)

    def head(self, n: int) -> int:
        """The smallest number of the group."""
        while n in self._above:
            n = self._above[n]
        return n

    def join(self, a: int, b: int) -> None:
        low, high = sorted((self.head(a), self.head(b)))
        if low != high:
            self._above[high] = low


def is_everywhere(count: int, pages: int) -> bool:
    """True for what stands on most of the pages, and on three at least.

    >>> is_everywhere(2, 2), is_everywhere(3, 5)
    (False, True)
    """
    return count >= 3 and 2 * count > pages


def in_articles(leaves: Sequence[Leaf]) -> tuple[list[int], dict[str, int]]:
    """Which article each page holds, as a number, and with how many different ones each line stands.

    Pages of one article count as one. A line inside of a passage that two pages share, or right above it, counts
    once for both.

    >>> story = "The council met on Monday to vote on the new bridge over the river. It took them until midnight."
    >>> other = "Three winters after the fire the company moves into the former grain store at the harbour."
    >>> leaves = [Leaf.of(f"Home\\n{text}") for text in (story, f"{story}\\nPrint", other)]
    >>> articles, counts = in_articles(leaves)
    >>> articles, counts["home"], counts[story.lower()], counts["print"]
    ([0, 0, 2], 2, 1, 1)
    """
    everywhere = _notices(leaves)
    told = [{line: n for line, n in leaf.prose.items() if line not in everywhere} for leaf in leaves]
    pages, passages = Joined(), dict[str, Joined]()
    for a, b in combinations(range(len(leaves)), 2):
        if not told[a].keys() & told[b].keys() or pages.head(a) == pages.head(b):
            continue
        if _alike(leaves[a], leaves[b], told[a], told[b]):
            pages.join(a, b)
        for line in _shared_passages(leaves[a], leaves[b], told[a]):
            passages.setdefault(line, Joined()).join(a, b)
    holders: dict[str, set[int]] = {}
    for n, leaf in enumerate(leaves):
        for line in leaf.lines:
            holders.setdefault(line, set()).add(n)
    counts = {line: _number(found, pages, passages.get(line)) for line, found in holders.items()}
    return [pages.head(n) for n in range(len(leaves))], counts


def _number(found: Iterable[int], pages: Joined, passage: Joined | None) -> int:
    """How many of some pages are left when those of one article, or of one passage, count once."""
    heads = {pages.head(n) for n in found}
    if passage is None:
        return len(heads)
    both = Joined()
    for n in found:
        both.join(n, pages.head(n))
        both.join(n, passage.head(n))
    return len({both.head(n) for n in found})


def _alike(a: Leaf, b: Leaf, told: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """True when two pages share at least half of the prose that one of them has, as an article.

    An article is paragraphs in a row; what a site says on all of its pages stands in boxes, between headings and
    links. Where they share single paragraphs, one of the pages must have hardly anything else.
    """
    shared = told.keys() & other.keys()
    much, least = sum(told[line] for line in shared), min(sum(told.values()), sum(other.values()))
    if 2 * much < least:
        return False
    row = {line for pair in a.pairs & b.pairs if told.keys() & pair for line in pair}
    return 2 * sum(map(a.size, row)) >= least or much >= 2 * min(_rest(a, b), _rest(b, a))


def _rest(leaf: Leaf, other: Leaf) -> int:
    """How much a page has that another has not."""
    return sum(size(text) for line, text in leaf.lines.items() if line not in other.lines)


def _shared_passages(a: Leaf, b: Leaf, told: Mapping[str, int]) -> set[str]:
    """The lines of the passages that two pages share, with what may be their heads.

    A passage is lines in the same order on both pages, with paragraphs in a row among them.
    """
    pairs = {pair for pair in a.pairs & b.pairs if told.keys() & pair}
    if not pairs:
        return set()
    there = {line: i for i, line in enumerate(b.order)}
    found: set[str] = set()
    run: list[int] = []
    for i, line in enumerate(a.order):
        at = there.get(line)
        if at is None:
            continue
        if run and (i - run[-1] > GAP or not 0 < at - there[a.order[run[-1]]] <= GAP):
            found |= _passage(a, run, pairs, told)
            run = []
        run.append(i)
    return found | _passage(a, run, pairs, told)


def _passage(
    leaf: Leaf, run: Sequence[int], pairs: Collection[tuple[str, str]], told: Mapping[str, int]
) -> set[str]:
    """The lines of a run from its head to its last paragraph, if it has paragraphs in a row."""
    row = {
        line
        for a, b in pairwise(run)
        if (leaf.order[a], leaf.order[b]) in pairs
        for line in leaf.order[a : b + 1]
    }
    if sum(map(leaf.size, row)) < ROW:
        return set()
    prose = [i for i in run if leaf.order[i] in told or leaf.order[i] in row]
    return set(leaf.order[max(0, prose[0] - HEAD) : prose[-1] + 1])


def _notices(leaves: Sequence[Leaf]) -> Collection[str]:
    """Prose on most of the pages, if most of them tell something else, too; else it may be one article."""
    counts = Counter(line for leaf in leaves for line in leaf.prose)
    everywhere = {line for line, count in counts.items() if is_everywhere(count, len(leaves))}
    telling = 0
    for leaf in leaves:
        own = sum(n for line, n in leaf.prose.items() if counts[line] == 1)
        telling += own >= max(OWN, sum(n for line, n in leaf.prose.items() if line in everywhere) / 3)
    return everywhere if 2 * telling > len(leaves) else ()
