"""`corpusclean rules`: every rule with its reason and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

import click

from ..registry import Rule
from .app import shown
from .options import color_option

AnyRule = Rule[Callable[..., object]]


@shown(
    "rules",
    ("corpusclean rules", "all rules by family"),
    ("corpusclean rules comments", "one family"),
    ("corpusclean rules comments.reply-strip", "one rule with its examples"),
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

    rules: list[AnyRule] = sorted(RULES, key=lambda rule: rule.name)  # type: ignore[arg-type]
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
        if examples:
            yield ""
            yield click.style(verb, fg=colour)
            for example in examples:
                yield from _example(example)


def _example(example: object) -> Iterator[str]:
    """An example: a line, a pair (before, after), or a page with those of its lines that are meant."""
    match example:
        case str():
            yield from (f"  {line}" for line in _lines(example))
        case (str(before), str(after)):
            yield f"  {_visible(before)}  →  {_visible(after)}"
        case (page, meant):
            wanted = set(_lines(meant))
            yield from (f"  {'›' if line in wanted else ' '} {line}" for line in _lines(page))
            yield ""
        case _:
            yield f"  {example!r}"


def _lines(text: Any) -> list[str]:
    parts: Iterable[object] = text.splitlines() if isinstance(text, str) else text
    return [_visible(str(part)) for part in parts]


def _visible(text: str) -> str:
    from .glyphs import visible

    return visible(text.replace("\n", "⏎"))
