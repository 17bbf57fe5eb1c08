"""The settings of a run, in one object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dial = Literal["careful", "default", "strict"]
"""How much is dropped when it is not certain whether a line belongs to an article."""


@dataclass(frozen=True, slots=True)
class Config:
    """How a run is done. The settings go into the manifest, so a run can be repeated.

    `encoding` is tried after UTF-8 and before detection; `text_column` names the column of JSON lines that
    holds the text; `detector` is the language detector. `duplicates` and `shared` say what becomes of a record
    that nearly equals an earlier one, and of a passage that also stands in an earlier record: `drop` moves it to
    the removals, `mark` keeps it and says so in the record. `dial` goes from `careful` (what
    is not certain stays) to `strict` (what may be boilerplate goes). `templates` is whether a run learns what recurs
    on the pages of a site.

    >>> Config().text_column
    'text'
    """

    encoding: str | None = None
    text_column: str = "text"
    detector: str = "py3langid"
    duplicates: Literal["drop", "mark"] = "drop"
    shared: Literal["drop", "mark"] = "mark"
    dial: Dial = "default"
    templates: bool = True


DEFAULT = Config()
SEEDS = {"langdetect": 0, "minhash": 1}
"""What is random is seeded with these numbers; they go into the manifest."""
