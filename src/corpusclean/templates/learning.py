"""From the texts of one site's pages to what recurs on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ..model.fold import size
from .articles import Leaf, different_articles, is_everywhere
from .keys import key, labels, shape
from .profile import Site

MOST = 1000  # lines of a site that a profile holds, those on most pages first
SMALL = 600  # characters of prose in a row that can be a notice of the site: long cookie notices have so many
SHORT = 12  # words: a longer line has no label, it is a sentence


def learn_site(texts: Iterable[str]) -> Site | None:
    """What recurs on the pages of a site, in whatever order they come; None when there are no two articles.

    >>> pages = [f"Home | News\\n{title}\\n{n} comments\\n" for n, title in enumerate(("Bridge opens", "Ferry stops"))]
    >>> site = learn_site(pages)
    >>> site.lines, site.shapes
    ({'Home | News': 2}, {'0 comments': 2})
    """
    leaves = [Leaf.of(text) for text in sorted(set(texts))]
    groups = different_articles(leaves)
    if len(groups) < 2:
        return None
    counts = Counter(line for group in groups for line in set().union(*(leaf.lines for leaf in group)))
    recurring = {line: count for line, count in counts.items() if count >= 2}
    prose = {line for leaf in leaves for line in leaf.prose if line in recurring}
    small = _small_things(leaves, recurring, prose)
    certain = {line for line in prose if line in small or is_everywhere(recurring[line], len(groups))}
    spelled = {line: min(leaf.lines[line] for leaf in leaves if line in leaf.lines) for line in recurring}
    return Site(
        len(groups),
        lines=_most({spelled[line]: n for line, n in recurring.items() if line not in prose - certain}),
        shapes=_most(_shapes(groups, recurring)),
        labels=_most(_labels(groups, recurring)),
        prose=_most({spelled[line]: recurring[line] for line in prose - certain}),
    )


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    """Those on most pages, in an order that depends on nothing else."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST])


def _small_things(leaves: Sequence[Leaf], recurring: Mapping[str, int], prose: set[str]) -> set[str]:
    """Prose that is a small thing between lines that recur wherever it stands: a notice, a box.

    At one end the page may end instead. What an article shares with another stands beside lines of its own.
    """
    inside: Counter[str] = Counter()
    stands: Counter[str] = Counter()
    for leaf in leaves:
        order = leaf.order
        edges = [-1, *(i for i, line in enumerate(order) if line not in prose), len(order)]
        for before, after in pairwise(edges):
            row = set(order[before + 1 : after])
            ends = [order[i] in recurring for i in (before, after) if 0 <= i < len(order)]
            fits = bool(ends) and all(ends) and sum(leaf.prose.get(line, 0) for line in row) <= SMALL
            stands.update(row)
            inside.update(row if fits else ())
    return {line for line in prose if inside[line] == stands[line]}


def _shapes(groups: Sequence[Sequence[Leaf]], recurring: Mapping[str, int]) -> dict[str, int]:
    """Lines that recur with other numbers."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for group in groups:
        found = {}
        for leaf in group:
            for line, text in leaf.lines.items():
                if line not in recurring and line not in leaf.prose and (form := shape(text)):
                    found[key(form)] = min(form, found.get(key(form), form))
        counts.update(found.keys())
        for known, form in found.items():
            spelled[known] = min(form, spelled.get(known, form))
    return {spelled[known]: count for known, count in counts.items() if count >= 2}


def _labels(groups: Sequence[Sequence[Leaf]], recurring: Mapping[str, int]) -> dict[str, int]:
    """Labels: beginnings of short lines that most pages have, about once, each with another rest, in company.

    Headlines begin alike, too (`The …`), but several of a page do, and no line that recurs stands by.
    """
    pages: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    company: Counter[str] = Counter()
    rests: dict[str, set[str]] = {}
    for group in groups:
        seen = set()
        for leaf in group[:1]:
            for i, line in enumerate(leaf.order):
                if line in recurring or line in leaf.prose or line.count(" ") >= SHORT:
                    continue
                beside = any(known in recurring for known in leaf.order[max(0, i - 1) : i + 2])
                for label in labels(leaf.lines[line]):
                    seen.add(label)
                    lines[label] += 1
                    company[label] += beside
                    rests.setdefault(label, set()).add(line)
        pages.update(seen)
    least = max(3, 0.6 * len(groups))
    good = {
        label: n
        for label, n in pages.items()
        if n >= least and 2 * lines[label] <= 3 * n and 2 * company[label] > lines[label] and len(rests[label]) >= 2
    }
    longer = {label.rpartition(" ")[0].rpartition(" ")[0]: n for label, n in good.items()}
    return {label: n for label, n in good.items() if longer.get(label.rpartition(" ")[0]) != n}
