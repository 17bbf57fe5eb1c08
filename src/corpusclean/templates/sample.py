"""A bounded sample of pages of each site, the same in whatever order the pages come."""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from ..model import Source

PER_SITE = 32
LIMIT = 16_384  # pages in all: some 100 MB
LONGEST_PAGE = 200_000  # characters: beyond them there is nothing that a menu or a footer would say


@dataclass(slots=True)
class Sample:
    """Of each site the pages whose bytes have the smallest digests; a page that comes twice is held once.

    When there are too many pages in all, each site gets half as many; when two are too many, half of the sites
    are left out, by the digests of their names. Neither depends on which pages came first.

    >>> sample = Sample()
    >>> for name in ("a", "b", "a"):
    ...     sample.add("example.org", Source(name, name.encode()), lambda source: f"text of {source.name}")
    >>> [(site, sorted(texts)) for site, texts in sample.sites()]
    [('example.org', ['text of a', 'text of b'])]
    """

    limit: int = LIMIT
    per_site: int = PER_SITE
    halved: int = 0
    _held: dict[str, dict[int, bytes]] = field(default_factory=dict)
    _heaps: dict[str, list[int]] = field(default_factory=dict)
    _total: int = 0

    def add(self, site: str, source: Source, read: Callable[[Source], str | None]) -> None:
        """Take a page into the sample if it belongs there; only then is its text read. None is no page."""
        if self._left_out(site):
            return
        digest = _digest(source.data)
        held, heap = self._held.setdefault(site, {}), self._heaps.setdefault(site, [])
        if digest in held or (len(heap) >= self.per_site and digest > -heap[0]):
            return
        text = read(source)
        if text is None:
            return
        held[digest] = zlib.compress(text[:LONGEST_PAGE].encode("utf-8", "surrogatepass"), 1)
        heapq.heappush(heap, -digest)
        self._total += 1
        self._shrink(site)
        while self._total > self.limit:
            self._halve()

    def sites(self) -> Iterator[tuple[str, list[str]]]:
        """The sites in the order of their names, each with the texts of its pages."""
        for site in sorted(self._held):
            packed = self._held[site]
            yield site, [zlib.decompress(packed[n]).decode("utf-8", "surrogatepass") for n in sorted(packed)]

    def _shrink(self, site: str) -> None:
        held, heap = self._held[site], self._heaps[site]
        while len(heap) > self.per_site:
            del held[-heapq.heappop(heap)]
            self._total -= 1

    def _halve(self) -> None:
        if self.per_site > 2:
            self.per_site //= 2
            for site in self._held:
                self._shrink(site)
            return
        self.halved += 1
        for site in [site for site in self._held if self._left_out(site)]:
            self._total -= len(self._held.pop(site))
            del self._heaps[site]

    def _left_out(self, site: str) -> bool:
        return bool(_digest(site.encode("utf-8", "surrogatepass")) & ((1 << self.halved) - 1))


def _digest(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest())
