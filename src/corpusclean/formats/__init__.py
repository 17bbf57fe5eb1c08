"""How sources come in and results go out; the only part of the flow that touches files.

Comes in: paths, or `-`. `read_sources` makes a stream of `Source`s of it, in an order that depends on the
names alone; an input that cannot be read becomes a `Failure` in its place and the stream goes on.

Goes out: a stream of `Cleaned`s and `Failure`s becomes an output folder (`write_folder`) or JSON lines
(`write_stream`). The folder holds all that `restore_folder` needs to rebuild the inputs: records, removals
and repairs are the characters, `sources.jsonl` has what is left over (see `model.Remainder`). All files of a
folder have the sources in the same order, so that restoring is one merge, and none is held in memory.
"""

from .profiles import load_profile
from .reading import read_sources
from .restoring import Restored, restore_folder
from .writing import FolderWriter, Summary, write_folder, write_stream

__all__ = [
    "FolderWriter",
    "Restored",
    "Summary",
    "load_profile",
    "read_sources",
    "restore_folder",
    "write_folder",
    "write_stream",
]
