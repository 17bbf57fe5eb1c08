"""Running the rules on a page, in their four passes."""

from __future__ import annotations

from collections.abc import Sequence

from . import rules  # noqa: F401  (registers them)
from .model import Page
from .registry import RULES
from .sheet import Seen, Sheet
from .split import Layout, read_labelled


def mark_on_sight(page: Page, seen: Sequence[Seen] | None = None) -> Sheet:
    """A sheet with the marks that need no more than the line itself, then its neighbours, then other pages.

    `seen` is what other pages of the site say of each line.
    """
    sheet = Sheet(page, seen)
    line_rules = RULES.of_stage("line")
    for line in page.lines:
        for rule in line_rules:
            if rule.check(line):
                sheet.mark(line.index, rule.kind, rule.name)
                break
    read_labelled(sheet)
    for rule in RULES.of_stage("section", "template"):
        rule.check(sheet)
    return sheet


def mark_by_place(sheet: Sheet, layout: Layout) -> None:
    """Add the marks that need to know where the articles are."""
    for rule in RULES.of_stage("zone"):
        rule.check(sheet, layout)
