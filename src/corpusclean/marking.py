"""Running the rules on a page, in their four passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import rules  # noqa: F401  (registers them)
from .model import Line, Page, fold_words
from .model.memory import remember
from .registry import RULES, Rule
from .sheet import Seen, Sheet
from .split import Layout, read_labelled


def mark_on_sight(page: Page, seen: Sequence[Seen] | None = None) -> Sheet:
    """A sheet with the marks that need no more than the line itself, then its neighbours, then other pages.

    `seen` is what other pages of the site say of each line.
    """
    sheet = Sheet(page, seen)
    for line in page.lines:
        rule = _on_sight(line.text)
        if rule:
            sheet.mark(line.index, rule.kind, rule.name)
    read_labelled(sheet)
    for rule in RULES.of_stage("section", "template"):
        rule.check(sheet)
    return sheet


@remember
def _on_sight(text: str) -> Rule[Callable[..., object]] | None:
    """The first rule that knows a line by its text, which is all that it is shown of it."""
    line = Line(0, 0, text, fold_words(text))
    for question, rules_known in RULES.questions("line"):
        rule = rules_known.get(question(line))
        if rule:
            return rule
    return None


def mark_by_place(sheet: Sheet, layout: Layout) -> None:
    """Add the marks that need to know where the articles are."""
    for rule in RULES.of_stage("zone"):
        rule.check(sheet, layout)
