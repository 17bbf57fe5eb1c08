"""The list of all rules: each has a name that lasts, a reason, and examples that are its tests.

A repair changes characters, a line rule decides on sight, a page rule by company. Modules register their
rules when they are imported; `corpusclean rules` lists them, `tests/test_rules.py` runs their examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

from .errors import ConfigError
from .model import Line

KINDS = (
    "account", "advert", "banner", "bio", "caption", "comments", "consent", "counter", "duplicate", "furniture",
    "legal", "metadata", "navigation", "player", "quote", "related", "repeat", "share", "subscribe",
)  # fmt: skip

Check = TypeVar("Check", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Rule(Generic[Check]):
    """A rule: what it is called, what it removes or rewrites and why that is safe, and what it must leave alone.

    For a repair, `removes` holds pairs (before, after) and `keeps` texts that stay as they are. For a line
    rule both hold lines. For a page rule both hold pairs of a page and the lines of it that go, or stay.
    `among` is a question about a line that several rules share: its answer is the kind of the one of them that
    knows the line, or None.
    """

    name: str
    stage: str
    kind: str
    why: str
    check: Check
    removes: tuple[object, ...] = ()
    keeps: tuple[object, ...] = ()
    among: Callable[[Line], str | None] | None = None


Question = tuple[Callable[..., object], dict[object, Rule[Callable[..., object]]]]


class Registry:
    """Rules by name, in the order in which they were registered.

    >>> Registry().find("comment.strip")
    Traceback (most recent call last):
        ...
    corpusclean.errors.ConfigError: no rule is called "comment.strip"
      `corpusclean rules` lists all of them
    """

    def __init__(self) -> None:
        self._rules: dict[str, Rule[Callable[..., object]]] = {}
        self._stages: dict[tuple[str, ...], tuple[Rule[Callable[..., object]], ...]] = {}
        self._questions: dict[str, tuple[Question, ...]] = {}

    def add(self, rule: Rule[Callable[..., object]]) -> None:
        """Add a rule; two of one name, or an unknown kind, are a mistake in the program.

        A module that is loaded again may register its rules again.
        """
        before = self._rules.get(rule.name)
        if before and (before is rule or before.check.__module__ != rule.check.__module__):
            raise ValueError(f"two rules are called {rule.name!r}")
        if rule.stage != "repair" and rule.kind not in KINDS:
            raise ValueError(f"rule {rule.name!r} has the unknown kind {rule.kind!r}")
        self._rules[rule.name] = rule
        self._stages.clear()
        self._questions.clear()

    def of_stage(self, *stages: str) -> tuple[Rule[Callable[..., object]], ...]:
        """The rules of some stages, in their order."""
        if stages not in self._stages:
            self._stages[stages] = tuple(rule for rule in self._rules.values() if rule.stage in stages)
        return self._stages[stages]

    def questions(self, stage: str) -> tuple[Question, ...]:
        """What the rules of a stage ask, in their order, each with the rules that the answers mean: one rule for
        True, or those that share a question for their kinds.

        >>> Registry().questions("line")
        ()
        """
        if stage not in self._questions:
            asked: dict[Callable[..., object], dict[object, Rule[Callable[..., object]]]] = {}
            for rule in self.of_stage(stage):
                if rule.among is None:
                    asked[rule.check] = {True: rule}
                else:
                    asked.setdefault(rule.among, {}).setdefault(rule.kind, rule)
            self._questions[stage] = tuple(asked.items())
        return self._questions[stage]

    def __iter__(self) -> Iterator[Rule[Callable[..., object]]]:
        return iter(self._rules.values())

    def find(self, name: str) -> Rule[Callable[..., object]]:
        """The rule of that name; ConfigError with the nearest name when there is none."""
        if name in self._rules:
            return self._rules[name]
        near = get_close_matches(name, self._rules, 1)
        guess = f'did you mean "{near[0]}"? ' if near else ""
        raise ConfigError(f'no rule is called "{name}"', hint=f"{guess}`corpusclean rules` lists all of them")


RULES = Registry()


def rule(  # noqa: PLR0913  (it is a declaration)
    stage: str,
    name: str,
    kind: str,
    *,
    why: str,
    removes: Iterable[object] = (),
    keeps: Iterable[object] = (),
    among: Callable[[Line], str | None] | None = None,
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule, and leave it as it is."""

    def register(check: Check) -> Check:
        RULES.add(Rule(name, stage, kind, " ".join(why.split()), check, tuple(removes), tuple(keeps), among))
        return check

    return register


def repair_rule(
    name: str, *, why: str, repairs: Iterable[tuple[str, str]], keeps: Iterable[str]
) -> Callable[[Check], Check]:
    """Register a repair: a function of a text that gives edits. `repairs` are pairs (before, after)."""
    return rule("repair", name, "repair", why=why, removes=repairs, keeps=keeps)
