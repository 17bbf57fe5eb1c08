"""Runs: passages that come again in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REACH = 4  # a run goes on over up to three passages that were dropped or added

Place = tuple[int, int]  # (copy, kept)


def runs(pairs: Mapping[Place, float]) -> Iterator[list[Place]]:
    """Runs of pairs (copy, kept), the heaviest first; no passage is a copy in two of them.

    `pairs` gives the weight of each pair. Within a run both sides go forward by at most four passages at a
    time, and the kept side ends before the copies begin. Of equal runs the one with the earlier kept side
    comes first.

    >>> list(runs({(3, 0): 20.0, (4, 1): 20.0, (9, 1): 30.0}))
    [[(3, 0), (4, 1)], [(9, 1)]]
    """
    weights, before = _linked(pairs)
    taken: set[int] = set()
    for end in sorted(weights, key=lambda place: (-weights[place], place[1], place[0])):
        run: list[Place] = []
        at: Place | None = end
        while at and at[0] not in taken:
            run.append(at)
            at = before.get(at)
        if run:
            taken.update(copy for copy, _ in run)
            yield run[::-1]


def _linked(pairs: Mapping[Place, float]) -> tuple[dict[Place, float], dict[Place, Place]]:
    """For each pair the weight of the heaviest run that ends with it, and the pair before it in that run."""
    weights: dict[Place, float] = {}
    before: dict[Place, Place] = {}
    begins: dict[Place, int] = {}
    for copy, kept in sorted(pairs):
        best, where = 0.0, None
        for down in range(1, _REACH + 1):
            for left in range(1, _REACH + 1):
                other = (copy - down, kept - left)
                if weights.get(other, 0.0) > best and kept < begins[other]:
                    best, where = weights[other], other
        weights[copy, kept] = best + pairs[copy, kept]
        begins[copy, kept] = begins[where] if where else copy
        if where:
            before[copy, kept] = where
    return weights, before
