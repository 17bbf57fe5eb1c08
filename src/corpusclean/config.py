"""The settings of a run, in one object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """How a run is done. The settings go into the manifest, so a run can be repeated.

    `encoding` is tried after UTF-8 and before detection; `text_column` names the column of JSON lines that
    holds the page; `detector` is the language detector.

    >>> Config().text_column
    'text'
    """

    encoding: str | None = None
    text_column: str = "text"
    detector: str = "py3langid"


DEFAULT = Config()
