"""corpusclean turns messy scraped pages into clean records and shows where every character went.

    import corpusclean

    cleaned = corpusclean.clean(page)      # str, bytes, Source or a BeautifulSoup object
    cleaned.records                        # one Record per article
    cleaned.removed                        # everything else, with offsets, rule and reason
    cleaned.restore()                      # the input bytes again

The names below are imported when they are first used, so `import corpusclean` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from .api import clean as clean
    from .api import clean_all as clean_all
    from .api import learn as learn
    from .config import Config as Config
    from .dedup.differences import Difference as Difference
    from .dedup.duplicates import compare_records as compare_records
    from .dedup.duplicates import find_duplicates as find_duplicates
    from .dedup.duplicates import find_passages as find_passages
    from .dedup.findings import Duplicate as Duplicate
    from .dedup.findings import Findings as Findings
    from .dedup.findings import Group as Group
    from .dedup.index import Index as Index
    from .dedup.shared import PassageCopy as PassageCopy
    from .dedup.shared import Place as Place
    from .dedup.shared import SharedPassage as SharedPassage
    from .errors import ConfigError as ConfigError
    from .errors import CorpuscleanError as CorpuscleanError
    from .errors import Failure as Failure
    from .errors import InputError as InputError
    from .model import Cleaned as Cleaned
    from .model import Copy as Copy
    from .model import FirstPublished as FirstPublished
    from .model import Record as Record
    from .model import Removal as Removal
    from .model import Repair as Repair
    from .model import Repeat as Repeat
    from .model import Source as Source
    from .templates import Profile as Profile

_HOME = {
    "clean": "api", "clean_all": "api", "learn": "api", "Config": "config",
    "Difference": "dedup.differences", "Duplicate": "dedup.findings", "Findings": "dedup.findings",
    "Group": "dedup.findings",
    "compare_records": "dedup.duplicates", "find_duplicates": "dedup.duplicates",
    "find_passages": "dedup.duplicates", "Index": "dedup.index", "PassageCopy": "dedup.shared", "Place": "dedup.shared",
    "SharedPassage": "dedup.shared",
    "ConfigError": "errors", "CorpuscleanError": "errors", "Failure": "errors", "InputError": "errors",
    "Cleaned": "model", "Copy": "model", "FirstPublished": "model", "Record": "model", "Removal": "model",
    "Repair": "model", "Repeat": "model", "Source": "model", "Profile": "templates",
}  # fmt: skip
__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
