"""What is found: groups of records, passages, and what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .differences import Differences
from .shared import SharedPassage


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A copy: its id, and the share of the words of the shorter text that stand in both, in common stretches.

    `number` counts the records of the input from 0, here and in `Group`; it is -1 for a record that they were
    compared against. `differs` says what stands in one of both only, where that was asked for.
    """

    id: str
    similarity: float
    number: int = field(default=0, repr=False, compare=False)
    differs: Differences = field(default=Differences(), repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that nearly equal each other: the one that stays, and its copies in order of input."""

    kept: str
    copies: tuple[Duplicate, ...]
    number: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sought beside groups."""

    passages: bool = True
    differences: bool = False

    @property
    def places(self) -> bool:
        """Whether it takes the places of words."""
        return self.passages or self.differences


@dataclass(frozen=True, slots=True)
class Findings:
    """What the records of a run have in common."""

    groups: tuple[Group, ...]
    passages: tuple[SharedPassage, ...]
    refused: tuple[tuple[int, str], ...] = ()
    """Numbers of records that an index did not take, and why."""

    def without_numbers_from(self, fresh: int) -> Findings:
        """The same, where records from that number on were none of the input."""
        groups = (replace(one, number=-1) if one.number >= fresh else one for one in self.groups)
        passages = (
            replace(one, kept=replace(one.kept, number=-1)) if one.kept.number >= fresh else one
            for one in self.passages
        )
        return replace(self, groups=tuple(groups), passages=tuple(passages))
