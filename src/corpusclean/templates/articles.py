"""Which pages of a site hold different articles: only these are evidence of what the site itself has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..model.fold import size
from ..sheet import runs_as_prose
from .keys import key, shown

MUCH = 600  # characters of shared prose that make two pages alike, whatever menus they have around it
OWN = 300  # characters of prose that a page with an article has for itself


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as learning sees it: the keys of its lines in order, how they are spelled, and its prose with sizes."""

    order: tuple[str, ...]
    lines: Mapping[str, str]
    prose: Mapping[str, int]

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
                if len(raw) >= 17 and runs_as_prose(raw.strip()):
                    prose[known] = size(raw.strip())
        return cls(tuple(order), lines, prose)


def is_everywhere(count: int, pages: int) -> bool:
    """True for what stands on most of the pages, and on three at least.

    >>> is_everywhere(2, 2), is_everywhere(3, 5)
    (False, True)
    """
    return count >= 3 and 2 * count > pages


def different_articles(leaves: Sequence[Leaf]) -> list[list[Leaf]]:
    """The pages in groups: those of one group hold the same article, or one that quotes it at length.

    >>> story = "The council met on Monday to vote on the new bridge over the river. It took them until midnight."
    >>> other = "Three winters after the fire the company moves into the former grain store at the harbour."
    >>> leaves = [Leaf.of(f"Home\\n{text}") for text in (story, f"{story}\\nPrint", other)]
    >>> [len(group) for group in different_articles(leaves)]
    [2, 1]
    """
    everywhere = _notices(leaves)
    told = [{line: n for line, n in leaf.prose.items() if line not in everywhere} for leaf in leaves]
    heads = list(range(len(leaves)))

    def head(i: int) -> int:
        while heads[i] != i:
            i = heads[i]
        return i

    for a, b in combinations(range(len(leaves)), 2):
        if head(a) != head(b) and _alike(leaves[a], leaves[b], told[a], told[b]):
            heads[max(head(a), head(b))] = min(head(a), head(b))
    groups: dict[int, list[Leaf]] = {}
    for i, leaf in enumerate(leaves):
        groups.setdefault(head(i), []).append(leaf)
    return list(groups.values())


def _alike(a: Leaf, b: Leaf, told: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """True when what two pages share of their prose is at least half of what one of them tells.

    Where that is little, one of the pages must have hardly anything else: short notices are shared by all pages.
    """
    shared = sum(told[line] for line in told.keys() & other.keys())
    if not shared or 2 * shared < min(sum(told.values()), sum(other.values())):
        return False
    return shared >= MUCH or shared >= min(_rest(a, b), _rest(b, a))


def _rest(leaf: Leaf, other: Leaf) -> int:
    """How much a page has that another has not."""
    return sum(size(text) for line, text in leaf.lines.items() if line not in other.lines)


def _notices(leaves: Sequence[Leaf]) -> Collection[str]:
    """Prose on most of the pages, if most of them tell something else, too; else it may be one article."""
    counts = Counter(line for leaf in leaves for line in leaf.prose)
    everywhere = {line for line, count in counts.items() if is_everywhere(count, len(leaves))}
    telling = 0
    for leaf in leaves:
        own = sum(n for line, n in leaf.prose.items() if counts[line] == 1)
        telling += own >= max(OWN, sum(n for line, n in leaf.prose.items() if line in everywhere) / 3)
    return everywhere if 2 * telling > len(leaves) else ()
