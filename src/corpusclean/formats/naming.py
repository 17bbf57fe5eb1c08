"""Names of sources: a path relative to the argument, with leading folders where two would be the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .folders import Walk, no_page

STDIN = "-"


@dataclass(slots=True)
class Argument:
    """One input of a run. `depth` is how many of its leading folders go into the names of its sources.

    >>> argument = Argument("crawl/2024/a.txt", depth=1)
    >>> argument.name(argument.path.name)
    '2024/a.txt'
    """

    given: str
    depth: int = 0

    @property
    def path(self) -> Path:
        return Path(self.given)

    @property
    def is_folder(self) -> bool:
        return self.given != STDIN and self.path.is_dir()

    def name(self, inside: str) -> str:
        """The name of a source: its path inside the argument, after the leading folders that it needs."""
        return "/".join((*self._leading()[-self.depth :], inside)) if self.depth else inside

    def deeper(self) -> bool:
        """Take one more leading folder; False when there is none."""
        if self.given == STDIN or self.depth >= len(self._leading()):
            return False
        self.depth += 1
        return True

    def names(self) -> Iterator[str]:
        """The names of all its sources, as far as they are files."""
        if self.is_folder:
            return (self.name(name) for name in Walk(self.path) if isinstance(name, str))
        return iter(["stdin" if self.given == STDIN else self.name(self.path.name)])

    def _leading(self) -> tuple[str, ...]:
        whole = Path(os.path.abspath(self.path))
        return (whole if self.is_folder else whole.parent).parts[1:]

    def covers(self, other: Argument) -> bool:
        """True when a walk through this folder reads the other argument too."""
        if STDIN in (self.given, other.given):
            return self.given == other.given
        here, there = Path(os.path.abspath(self.path)), Path(os.path.abspath(other.path))
        if here == there:
            return True
        if not there.is_relative_to(here) or not self.is_folder:
            return False
        hidden = any(part.startswith(".") for part in there.relative_to(here).parts)
        return not hidden and (other.is_folder or (other.path.exists() and no_page(there.name) is None))


def arguments(inputs: Sequence[str], note: Callable[[str], None]) -> list[Argument]:
    """The inputs of a run, each once, with as many leading folders as make their sources' names differ.

    >>> [argument.name("x.txt") for argument in arguments(["a/x.txt", "b/x.txt", "a/x.txt"], print)]
    a/x.txt is named twice; it is read once
    ['a/x.txt', 'b/x.txt']
    """
    kept: list[Argument] = []
    seen: set[str] = set()
    for argument in (Argument(given) for given in inputs):
        key = argument.given if argument.given == STDIN else os.path.abspath(argument.path)
        if key in seen:
            note(f"{argument.given} is named twice; it is read once")
        else:
            kept.append(argument)
        seen.add(key)
    folders = [argument for argument in kept if argument.is_folder]
    for folder in folders:
        for other in [other for other in kept if other is not folder and folder.covers(other)]:
            note(f"{other.given} is part of {folder.given}; it is read once")
            kept.remove(other)
    while len(kept) > 1 and sum(argument.deeper() for argument in _clashing(kept)):
        pass
    return kept


def _clashing(kept: Iterable[Argument]) -> list[Argument]:
    """The arguments of which a source has the name of a source of another one."""
    owners: dict[str, Argument] = {}
    clashing: dict[int, Argument] = {}
    for argument in kept:
        for name in argument.names():
            owner = owners.setdefault(name, argument)
            if owner is not argument:
                clashing[id(owner)], clashing[id(argument)] = owner, argument
    return list(clashing.values())
