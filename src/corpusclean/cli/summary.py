"""What a run says when it is done: pages, records, where the characters went, failures, where to look next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from .messages import note, tell

if TYPE_CHECKING:
    from ..errors import Failure
    from ..formats.manifest import Counts
    from ..formats.records import Outcome


def summary(counts: Counts) -> list[str]:
    """A run in numbers, one row a line, the largest kinds first.

    >>> from collections import Counter
    >>> from corpusclean.formats.manifest import Counts
    >>> counts = Counts(sources=2, records=1, kept=900, gone=100, kind_characters=Counter(share=20, legal=80))
    >>> print("\\n".join(summary(counts)))
    2 pages, 1 record
      kept     900 characters  90.0 %
      removed  100 characters  10.0 %
        legal   80              8.0 %
        share   20              2.0 %
    """
    kinds = sorted(counts.kind_characters.items(), key=lambda item: (-item[1], item[0]))
    labels = max([9, *(len(kind) + 4 for kind, _ in kinds)]) + 2
    digits = len(f"{max(counts.kept, counts.gone):,}")
    whole = (counts.kept + counts.gone) or 1

    def row(label: str, n: int, unit: str = "") -> str:
        return f"{label:<{labels}}{n:>{digits},} {unit:<10} {100 * n / whole:5.1f} %"

    rows = [f"{number(counts.sources, 'page')}, {number(counts.records, 'record')}"]
    rows += [row("  kept", counts.kept, "characters"), row("  removed", counts.gone, "characters")]
    rows += [row(f"    {kind}", n) for kind, n in kinds]
    return [*rows, f"  repaired in {number(counts.repaired, 'place')}"] if counts.repaired else rows


def found(outcome: Outcome, passages: bool) -> list[str]:
    """What records have in common, in numbers.

    >>> from corpusclean.formats.records import Outcome
    >>> print("\\n".join(found(Outcome(records=10, groups=1, copies=2), passages=False)))
    10 records, 8 stay (80.0 %)
      2 copies in 1 group
    """
    stay = outcome.records - outcome.copies
    share = 100 * stay / (outcome.records or 1)
    rows = [f"{number(outcome.records, 'record')}, {stay:,} stay ({share:.1f} %)"]
    rows.append(f"  {number(outcome.copies, 'copy')} in {number(outcome.groups, 'group')}")
    if passages:
        copies = number(outcome.passage_copies, "copy")
        rows.append(f"  {number(outcome.passages, 'passage')} with {copies} in other places")
    if outcome.decoded:
        rows.append(f"  {number(outcome.decoded, 'row')} not UTF-8, decoded; the manifest lists them")
    return rows


def number(n: int, thing: str) -> str:
    """A number of things in words.

    >>> number(1, "page"), number(1200, "page"), number(0, "copy")
    ('1 page', '1,200 pages', '0 copies')
    """
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{n:,} {thing if n == 1 else many}"


def tell_failures(failures: Sequence[Failure], total: int, listed_in: str | None = None) -> None:
    """Tell each failure with where and what to try; where there are more than these, the file that lists them."""
    for failure in failures:
        tell(failure.error)
    if total > len(failures):
        note(f"... and {total - len(failures):,} more, all listed in {listed_in}")
    if total:
        note(click.style(f"{number(total, 'input')} failed; all others were written", fg="red"))
