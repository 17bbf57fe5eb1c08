"""From likelihoods to marks: which lines go, which come back, as what, and why; and which line is the headline.

What is dropped maximises the expected F-score of the page's text (Jansche: "A maximum expected utility framework for
binary sequence labeling", 2007): on a page that is clear, a line has to be likelier than not; on a page that is
doubtful through and through, the likeliest lines stay. The dial sets how much recall weighs against precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from ..config import Dial
from ..registry import RULES, rule
from ..sheet import Sheet
from ..split import retitle
from ..split.layout import Entry, Layout
from .features import measure
from .network import network

NO_KIND = ("body", "metadata", "title")
"""Classes of the network's kind head that no dropped line can have."""
FEWEST = 12
"""Lines: a page of fewer says too little about itself."""
WIDGETS = 3
"""Marks: on a page where rules find fewer things to remove than this, the lines are a text rather than a scrape."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a position of the dial means.

    `beta` weighs recall against precision. A free line goes when it is less likely text than the page's threshold,
    and than `most`; running text when it is less likely than `prose`, which is 0 where it may not go on the labeller's
    word alone. A mark made by place or company is taken back when the line is likelier text than `back`.
    """

    beta: float
    most: float
    prose: float
    back: float


SETTINGS: dict[Dial, Setting] = {
    "careful": Setting(beta=3.0, most=0.05, prose=0.0, back=0.1),
    "default": Setting(beta=1.0, most=0.5, prose=0.33, back=0.7),
    "strict": Setting(beta=0.5, most=0.6, prose=0.6, back=0.9),
}

WHY = {
    "shape": "In length, punctuation and capitals the line is like links, labels and notices rather than like the text "
    "of this page.",
    "wording": "The line has the words of widgets and notices, or lacks the function words and the subject of the "
    "page's text.",
    "place": "The line stands where this page has its menus, teasers and notices, away from its text.",
    "company": "The line repeats the shape of others around it, or stands among lines that rules have marked.",
}  # fmt: skip
for _group, _why in WHY.items():
    rule("label", f"label.{_group}", "navigation", why=_why)(_why.strip)

KIND_WHY = (
    "A rule knew the line for boilerplate by what stands around it, or by one phrase; all of its words, its shape and "
    "its place taken together are those of this kind."
)
rule("label", "label.kind", "navigation", why=KIND_WHY)(KIND_WHY.strip)

NOTHING = "navigation.nothing-else"
SURE = 0.9
ARTICLE = 400
"""Characters of running text, each line of it likelier text than `SURE`, that make an article of a page without one."""
REVOCABLE = ("section", "zone")
"""Stages of rules that decide by company and place: what they call navigation, related or comments only because of
where it stands is taken back where the text says otherwise."""
CERTAIN = ("banner.contact", "banner.other-script", "furniture.running-head")
"""Rules of these stages that know the kind for certain: an address, a foreign script, a head that comes again."""
DOUBTED = ("navigation", "related", "comments")
HEADLINE = 0.4
"""How likely a line must be the headline to take the place of one that was found by place and is less likely."""
RENAMED = {"section": 0.3, "zone": 0.3, "line": 0.6}
"""How sure the network must be that a line is of another kind than a rule of this stage says: rules that go by company
and place give way early, those that know the line itself late."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """For each line of a page: how likely it is text of an article (0 to 1), the likeliest kind if it is none and how
    sure that is (0 to 1), how likely it is the headline, and the group of properties that speaks most against text."""

    likely: NDArray[np.float32]
    kinds: tuple[str, ...]
    sure: NDArray[np.float32]
    headline: NDArray[np.float32]
    groups: tuple[str, ...]


def verdicts(sheet: Sheet, layout: Layout) -> Verdicts:
    """What the network says of the lines of a page.

    Which properties decide is found by leaving each group of them out: that is the group without which the line would
    be likeliest text.
    """
    table = measure(sheet, layout)
    rows = table.rows()
    net = network()
    groups = np.array(table.groups)
    names = tuple(WHY)
    with _blas().limit(limits=1):  # sums in one order, and no threads beside `--jobs`
        odds, kinds = net.logits(
            net.normal(rows), np.expm1(4 * rows[:, 0]), [groups == name for name in names]
        )
    likely = np.round(1 / (1 + np.exp(-np.clip(odds[0], -30, 30))), 4)
    shares = np.exp(kinds - kinds.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    headline = shares[:, net.kinds.index("title")].copy()
    shares[:, [net.kinds.index(kind) for kind in NO_KIND]] = 0
    best = shares.argmax(-1)
    return Verdicts(
        likely.astype(np.float32),
        tuple(net.kinds[n] for n in best),
        np.round(shares.max(-1) / (shares.sum(-1) + 1e-9), 4),
        np.round(headline, 4),
        tuple(names[n] for n in odds[1:].argmax(0)),
    )


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def threshold(likely: NDArray[np.float32], sizes: NDArray[np.float32], beta: float) -> float:
    """The likelihood from which on lines are kept so that the expected F-score is greatest.

    >>> threshold(np.array([0.99, 0.98, 0.4, 0.01], np.float32), np.full(4, 100, np.float32), 1.0) > 0.4
    True
    """
    order = np.argsort(-likely, kind="stable")
    gained = np.cumsum((likely * sizes)[order])
    kept = np.cumsum(sizes[order])
    score = (1 + beta**2) * gained / (kept + beta**2 * gained[-1] + 1e-9)
    return float(likely[order[int(np.argmax(score))]])


def label_lines(sheet: Sheet, layout: Layout, dial: Dial) -> None:
    """Mark the lines that the labeller takes for boilerplate, and free those that it takes for text."""
    widgets = sum([fate is not None and fate.kind != "metadata" for fate in sheet.fates])
    if len(sheet.lines) < FEWEST or widgets < WIDGETS:
        return
    found = verdicts(sheet, layout)
    if layout.articles or _reopen(sheet, layout, found):
        judge_lines(sheet, layout, found, SETTINGS[dial])


def judge_lines(sheet: Sheet, layout: Layout, found: Verdicts, setting: Setting) -> None:
    """Let the verdicts decide what the rules left open, and what they decided by company and place alone."""
    _settle_headline(sheet, layout, found)
    level = threshold(found.likely, np.array(sheet.sizes, np.float32), setting.beta)
    least, least_prose = min(level, setting.most), min(level, setting.prose)
    for i, fate in enumerate(list(sheet.fates)):
        likely = float(found.likely[i])
        if fate is None:
            if likely < (least_prose if sheet.running[i] else least):
                sheet.mark(i, found.kinds[i], f"label.{found.groups[i]}", confidence=round(1 - likely, 2))
            continue
        stage = RULES.find(fate.rule).stage
        if likely > setting.back and fate.kind in DOUBTED and stage in REVOCABLE:
            sheet.fates[i] = None
        elif (
            fate.kind != found.kinds[i] and found.sure[i] > RENAMED.get(stage, 1) and fate.rule not in CERTAIN
        ):
            sure = round(float(found.sure[i]), 2)
            sheet.mark(i, found.kinds[i], "label.kind", over=(fate.kind,), confidence=sure)


def _settle_headline(sheet: Sheet, layout: Layout, found: Verdicts) -> None:
    """Give the only article of a page the headline that the network is sure of, where place had led to another line."""
    if len(layout.articles) == 1:
        best, now = int(found.headline.argmax()), layout.articles[0].title
        if found.headline[best] > HEADLINE and (now is None or found.headline[now] < HEADLINE):
            retitle(sheet, layout.articles[0], best)


def _reopen(sheet: Sheet, layout: Layout, found: Verdicts) -> bool:
    """Give a page that was taken for widgets alone its article back, where enough of its lines surely are one."""
    taken = [i for i, fate in enumerate(sheet.fates) if fate and fate.rule == NOTHING]
    sure = [i for i in taken if sheet.running[i] and found.likely[i] > SURE]
    if sum([sheet.sizes[i] for i in sure]) < ARTICLE:
        return False
    layout.articles.append(Entry(sure[0], sure[0], len(sheet.lines)))
    return True
