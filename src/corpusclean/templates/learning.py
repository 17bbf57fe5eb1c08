"""From the texts of one site's pages to what recurs on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .articles import Leaf, in_articles, is_everywhere
from .keys import REST, key, labels, shape
from .profile import Site

MOST = 1000  # lines of a site that a profile holds, those on most pages first
SMALL = 600  # characters of prose in a row that can be a notice of the site: long cookie notices have so many
SHORT = 12  # words: a longer line has no label, it is a sentence


def learn_site(texts: Iterable[str]) -> Site | None:
    """What recurs on the pages of a site, in whatever order they come; None when nothing does.

    >>> pages = [f"Home | News\\n{title}\\n{n} comments\\n" for n, title in enumerate(("Bridge opens", "Ferry stops"))]
    >>> site = learn_site(pages)
    >>> site.lines, site.shapes
    ({'Home | News': 2}, {'0 comments': 2})
    """
    leaves = [Leaf.of(text) for text in sorted(set(texts))]
    articles, counts = in_articles(leaves)
    number = len(set(articles))
    if number < 2:
        return None
    recurring = {line: count for line, count in counts.items() if count >= 2}
    prose = {line for leaf in leaves for line in leaf.prose if line in recurring}
    small = _small_things(leaves, recurring, prose)
    certain = {line for line in prose if line in small or is_everywhere(recurring[line], number)}
    spelled = {line: min(leaf.lines[line] for leaf in leaves if line in leaf.lines) for line in recurring}
    site = Site(
        number,
        lines=_most({spelled[line]: n for line, n in recurring.items() if line not in prose - certain}),
        shapes=_most(_shapes(leaves, articles)),
        labels=_most(_labels(leaves, articles, recurring)),
        prose=_most({spelled[line]: recurring[line] for line in prose - certain}),
    )
    return site if site.size() else None


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


def _own_lines(leaves: Sequence[Leaf]) -> list[list[str]]:
    """Of each page the lines, other than prose, that no other page has, in order."""
    holders = Counter(line for leaf in leaves for line in leaf.lines)
    return [[line for line in leaf.lines if holders[line] == 1 and line not in leaf.prose] for leaf in leaves]


def _shapes(leaves: Sequence[Leaf], articles: Sequence[int]) -> dict[str, int]:
    """Lines that recur with other numbers."""
    found: dict[str, set[int]] = {}
    spelled: dict[str, str] = {}
    for leaf, article, lines in zip(leaves, articles, _own_lines(leaves), strict=True):
        for line in lines:
            form = shape(leaf.lines[line])
            if form:
                found.setdefault(key(form), set()).add(article)
                spelled[key(form)] = min(form, spelled.get(key(form), form))
    return {spelled[known]: len(those) for known, those in found.items() if len(those) >= 2}


def _labels(leaves: Sequence[Leaf], articles: Sequence[int], recurring: Mapping[str, int]) -> dict[str, int]:
    """Labels: beginnings of short lines that most pages have, about once, each with another rest, in company.

    Headlines begin alike, too (`The …`), but several of a page do, and no line that recurs stands by.
    """
    pages: dict[str, set[int]] = {}
    lines: Counter[str] = Counter()
    company: Counter[str] = Counter()
    for leaf, article, own in zip(leaves, articles, _own_lines(leaves), strict=True):
        beside = _beside(leaf, recurring)
        for line in own:
            for label in labels(leaf.lines[line]) if line.count(" ") < SHORT else ():
                pages.setdefault(label, set()).add(article)
                lines[label] += 1
                company[label] += line in beside
    counts = {
        label: len(those)
        for label, those in pages.items()
        if len(those) >= max(3, 0.6 * len(set(articles)))
        and 2 * lines[label] <= 3 * len(those)
        and 2 * company[label] > lines[label]
    }
    # of `Posted …` and `Posted in …` on the same pages the longer one says more
    longer = {(_shorter(label), count) for label, count in counts.items()}
    return {label: count for label, count in counts.items() if (label, count) not in longer}


def _beside(leaf: Leaf, recurring: Mapping[str, int]) -> set[str]:
    """The lines of a page that have a line beside them that recurs."""
    found: set[str] = set()
    for above, below in pairwise(leaf.order):
        found.update((above,) if below in recurring else (), (below,) if above in recurring else ())
    return found


def _shorter(label: str) -> str:
    """The label without its last word."""
    return f"{label.removesuffix(REST).rstrip().rpartition(' ')[0]} {REST}"
