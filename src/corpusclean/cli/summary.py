"""What a run says when it is done: pages, records, where the characters went, failures, where to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import click

from ..errors import Failure
from ..model import Cleaned
from .messages import note, tell

TOLD = 50  # failures that are told one by one when the manifest lists them all


@dataclass(slots=True)
class Tally:
    """Counts over a run. It grows with the failures and the kinds, not with the corpus."""

    pages: int = 0
    records: int = 0
    kept: int = 0
    repaired: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    example: str | None = None

    def watch(self, results: Iterable[Cleaned | Failure]) -> Iterator[Cleaned | Failure]:
        """Pass the results on, and count them."""
        for result in results:
            if isinstance(result, Failure):
                self.failures.append(result)
            else:
                self._count(result)
            yield result

    def _count(self, cleaned: Cleaned) -> None:
        self.pages += 1
        self.records += len(cleaned.records)
        self.kept += sum(end - start for record in cleaned.records for start, end in record.spans)
        self.repaired += len(cleaned.repaired)
        for removal in cleaned.removed:
            self.removed[removal.kind] += removal.end - removal.start
        if cleaned.removed and self.example is None:
            self.example = cleaned.source.name

    def lines(self) -> list[str]:
        """The summary, one row a line, the largest kinds first.

        >>> tally = Tally(pages=2, records=1, kept=900, removed=Counter(share=20, legal=80))
        >>> print("\\n".join(tally.lines()))
        2 pages, 1 record
          kept     900 characters  90.0 %
          removed  100 characters  10.0 %
            legal   80              8.0 %
            share   20              2.0 %
        """
        removed = self.removed.total()
        whole = (self.kept + removed) or 1
        wide = max([9, *(len(kind) + 2 for kind in self.removed)]) - 2
        digits = len(f"{max(self.kept, removed):,}")

        def row(indent: int, label: str, n: int, unit: str) -> str:
            share = f"{100 * n / whole:.1f} %"
            return f"{' ' * indent}{label:<{wide + 4 - indent}}{n:>{digits},} {unit:<10} {share:>7}"

        rows = [f"{count(self.pages, 'page')}, {count(self.records, 'record')}"]
        rows.append(row(2, "kept", self.kept, "characters"))
        rows.append(row(2, "removed", removed, "characters"))
        kinds = sorted(self.removed.items(), key=lambda item: (-item[1], item[0]))
        rows += [row(4, kind, n, "") for kind, n in kinds]
        if self.repaired:
            rows.append(f"  repaired in {count(self.repaired, 'place')}")
        return rows


def count(n: int, thing: str) -> str:
    """A number of things in words.

    >>> count(1, "page"), count(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def tell_failures(failures: list[Failure], listed_in: str | None = None) -> None:
    """Tell each failure with where and what to try; of very many only the first when a file lists them all."""
    told = failures if listed_in is None else failures[:TOLD]
    for failure in told:
        tell(failure.error)
    if len(failures) > len(told):
        note(f"... and {len(failures) - len(told):,} more, all listed in {listed_in}")
    if failures:
        note(click.style(f"{count(len(failures), 'input')} failed; the others are written", fg="red"))
