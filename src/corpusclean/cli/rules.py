"""`corpusclean rules`: every rule with its reason and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from shutil import get_terminal_size
from textwrap import wrap
from typing import cast

import click

from ..registry import Rule
from .app import shown
from .glyphs import spelled, visible
from .options import color_option

AnyRule = Rule[Callable[..., object]]


@shown(
    "rules",
    ("corpusclean rules", "all rules by family"),
    ("corpusclean rules comments", "one family"),
    ("corpusclean rules share.buttons", "one rule with its examples"),
    ("corpusclean rules --json", "all of it as JSON lines"),
    short_help="List the rules with their reasons and examples.",
)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Rules as JSON lines.")
@color_option
def command(name: str | None, as_json: bool, color: bool | None) -> None:
    """List every rule by family: its name, the kind of what it removes, and why that is safe.

    NAME is a rule, which is shown with its examples, or a family of rules.
    """
    from .. import api  # noqa: F401  (imports all rules, which puts them into the registry)
    from ..registry import RULES

    rules: list[AnyRule] = sorted(cast("Iterable[AnyRule]", RULES), key=attrgetter("name"))
    one = None
    if name is not None:
        rules = [rule for rule in rules if _family(rule) == name] or [one := RULES.find(name)]
    if as_json:
        import msgspec

        for rule in rules:
            click.echo(msgspec.json.encode(_plain(rule)).decode())
        return
    for line in _one(one) if one else _list(rules):
        click.echo(line, color=color)


def _family(rule: AnyRule) -> str:
    return rule.name.partition(".")[0]


def _plain(rule: AnyRule) -> dict[str, object]:
    fields: tuple[str, ...] = ("name", "stage", "kind", "why", "removes", "keeps")
    return {field: getattr(rule, field) for field in fields}


def _list(rules: list[AnyRule]) -> Iterator[str]:
    width = min(get_terminal_size((100, 24)).columns, 120)
    wide = max((len(rule.name) for rule in rules), default=0)
    kinds = max((len(rule.kind) for rule in rules), default=0)
    indent = wide + kinds + 6
    for family, members in groupby(rules, key=_family):
        yield click.style(family, bold=True)
        for rule in members:
            first, *rest = wrap(rule.why, max(30, width - indent)) or [""]
            kind = click.style(f"{rule.kind:<{kinds}}", fg="cyan")
            yield f"  {rule.name:<{wide}}  {kind}  {first}".rstrip()
            yield from (" " * indent + line for line in rest)
        yield ""
    yield click.style("`corpusclean rules NAME` shows one with what it removes and what it keeps.", dim=True)


def _one(rule: AnyRule) -> Iterator[str]:
    width = min(get_terminal_size((100, 24)).columns, 100)
    yield f"{click.style(rule.name, bold=True)}  {click.style(rule.kind, fg='cyan')}"
    yield from (f"  {line}" for line in wrap(rule.why, width - 4))
    verbs = ("rewrites", "leaves") if rule.stage == "repair" else ("removes", "keeps")
    for verb, colour, examples in zip(verbs, ("red", "green"), (rule.removes, rule.keeps), strict=True):
        for n, example in enumerate(examples):
            lines = list(_example(rule, example, colour))
            yield from ["", click.style(verb, fg=colour)] if n == 0 else [""] if len(lines) > 1 else []
            yield from (f"  {line}" for line in lines)


def _example(rule: AnyRule, example: object, colour: str) -> Iterator[str]:
    """An example: a line, a text before and after, or a page with those of its lines that are meant."""
    match example:
        case (str(before), str(after)) if rule.stage == "repair":
            yield f"{_spelled(before)}  →  {_spelled(after)}"
        case (str(page), str(meant)):
            for line in filter(str.strip, page.splitlines()):
                inside = line in meant.splitlines()
                yield click.style(f"› {visible(line)}", fg=colour) if inside else f"  {visible(line)}"
        case (tuple(pages), str(meant)):
            for number, page in enumerate(pages, 1):
                yield click.style(f"page {number} of a site", dim=True)
                yield from _example(rule, (page, meant), colour)
        case _:
            yield _spelled(str(example))


def _spelled(text: str) -> str:
    return spelled(text.replace("\r\n", "\n").replace("\n", "↩"))
