"""From pairs of copies to groups, without chaining strangers together.

Pairs are joined strongest first. Before two groups become one, members of both are compared (all, or a sample):
more than half of the pairs must be copies. So a page that holds two articles joins one of them and does not
pull the other in, and a chain is cut where its ends no longer resemble each other.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]
_SAMPLE = 5  # members of each of two groups that are compared


def components(size: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each number below `size` the least one that pairs connect it with.

    >>> components(5, np.array([[3, 1], [3, 4]])).tolist()
    [0, 1, 2, 1, 1]
    """
    parent = list(range(size))
    for a, b in pairs.tolist():
        first, second = sorted((_root(parent, a), _root(parent, b)))
        parent[second] = first
    return np.array([_root(parent, i) for i in range(size)], np.int64)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def join(pairs: list[Pair], alike: Callable[[list[Pair]], list[bool]]) -> list[list[int]]:
    """Groups of numbers, from pairs of copies, the strongest first; `alike` judges pairs that are not among them.

    >>> chain = [(1, 2), (2, 3), (3, 4)]
    >>> join(chain, lambda pairs: [False for _ in pairs])
    [[1, 2], [3, 4]]
    """
    known = dict.fromkeys(pairs, True)
    member = {i: [i] for pair in pairs for i in pair}
    for a, b in pairs:
        first, second = sorted((member[a], member[b]))
        if first is second:
            continue
        across = [_ordered(x, y) for x in _sample(first, a, b) for y in _sample(second, a, b)]
        unknown = [pair for pair in across if pair not in known]
        if unknown and len(across) > 1:
            known.update(zip(unknown, alike(unknown), strict=True))
        if 2 * sum(known[pair] for pair in across) > len(across):
            first.extend(second)
            first.sort()
            for i in second:
                member[i] = first
    groups = {group[0]: group for group in member.values() if len(group) > 1}
    return [groups[i] for i in sorted(groups)]


def _ordered(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _sample(group: list[int], a: int, b: int) -> list[int]:
    """A few members, spread evenly; one of the pair that is to be joined is among them."""
    if len(group) <= _SAMPLE:
        return group
    chosen = {group[i * (len(group) - 1) // (_SAMPLE - 1)] for i in range(_SAMPLE)}
    return sorted(chosen | ({a, b} & set(group)))
