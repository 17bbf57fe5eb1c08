"""The inputs again, byte for byte, from an output folder alone.

All files of the folder have the sources in one order, so one pass over `sources.jsonl` takes from each of
the others the rows of the source that is next. What comes out is checked against the digest of what came
in; a file that differs, or cannot be rebuilt, is a Failure and is not written.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path, PurePath
from typing import BinaryIO, Generic, Protocol, Self, TypeVar, cast

import msgspec

from ..errors import ConfigError, CorpuscleanError, Failure, InputError
from ..model import Remainder, rebuild
from .jsonl import read_lines
from .manifest import read_summary
from .problems import told

_AGAIN = "the output folder was changed after the run; run `corpusclean clean` again"
_NUMBER = re.compile(r"#\d++\Z")


class _Text(msgspec.Struct):
    source: str
    text: str
    spans: list[tuple[int, int]]


class _Removal(msgspec.Struct):
    source: str
    start: int
    text: str


class _Repair(msgspec.Struct):
    source: str
    start: int
    end: int
    before: str
    after: str


@dataclass(slots=True)
class Restored:
    """What was restored: the number of files, and of pages in them, what could not be, and how many of the files
    are flat text of what was HTML."""

    files: int = 0
    pages: int = 0
    failures: list[Failure] = field(default_factory=list)
    flat: int = field(default=0, repr=False)


def restore_folder(folder: Path, out: Path) -> Restored:
    """Rebuild the inputs of a run below `out`, each under the name of its source.

    HTML comes back as its flat text, and a packed file of JSON lines with the same rows but packed anew.

    >>> folder = getfixture("tmp_path")
    >>> from corpusclean.config import Config
    >>> from corpusclean.formats import FolderWriter
    >>> with FolderWriter(folder / "cleaned", Config()) as writer:
    ...     writer.write(Failure("a.jsonl#1", InputError("the row is broken"), b"{"))
    >>> restore_folder(folder / "cleaned", folder / "restored")
    Restored(files=1, pages=0, failures=[])
    >>> (folder / "restored" / "a.jsonl").read_text()
    '{'
    """
    expected = read_summary(folder)["counts"]["sources"]
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        what = "the inputs are restored into an empty folder only"
        raise ConfigError(what, where=str(out), hint="name a new one")
    restored = Restored()
    rest = _Rest(folder)
    sources = read_lines(folder / "sources.jsonl", Remainder)
    for (_, name), remainders in groupby(sources, key=_file):
        problem: CorpuscleanError | OSError | None = None
        with _Target(out, name) as target:
            for remainder in remainders:
                restored.pages += remainder.failed is None
                restored.flat += remainder.markup
                try:
                    # also after a problem: what a file has in the tables must not be taken for the next one's
                    parts = rest.take(remainder.source)
                    if problem is None:
                        target.write(remainder, parts)
                except (CorpuscleanError, OSError) as error:
                    problem = problem or error
            problem = problem or target.finish()
        restored.files += problem is None
        if problem is not None:
            told_problem = told(problem, str(out / name)) if isinstance(problem, OSError) else problem
            restored.failures.append(Failure(name, told_problem))
    rest.check_end()
    if restored.pages != expected:
        what = f"the run had {expected} pages, but {restored.pages} are listed"
        raise InputError(what, where=str(folder / "sources.jsonl"), hint=_AGAIN)
    return restored


Parts = tuple[list[_Text], list[_Removal], list[_Repair]]


class _Rest:
    """The tables of a run beside `sources.jsonl`, read along with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = _Table(folder / "records.jsonl", _Text)
        self.removed = _Table(folder / "removed.jsonl", _Removal)
        self.repaired = _Table(folder / "repaired.jsonl", _Repair)

    def take(self, source: str) -> Parts:
        """All rows of the source that is next."""
        return self.records.take(source), self.removed.take(source), self.repaired.take(source)

    def check_end(self) -> None:
        """InputError when rows are left that belong to no source, or not to the next one."""
        for table in (self.records, self.removed, self.repaired):
            if table.next is not None:
                what = f"a row of source {table.next.source!r} is not where `sources.jsonl` has that source"
                raise InputError(what, where=str(table.path), hint=_AGAIN)


class _Row(Protocol):
    @property
    def source(self) -> str: ...


Row = TypeVar("Row", bound=_Row)


class _Table(Generic[Row]):
    """A file of rows, taken source by source."""

    def __init__(self, path: Path, kind: type[Row]) -> None:
        self.path = path
        self.rows = read_lines(path, kind)
        self.next = next(self.rows, None)

    def take(self, source: str) -> list[Row]:
        taken: list[Row] = []
        while self.next is not None and self.next.source == source:
            taken.append(self.next)
            self.next = next(self.rows, None)
        return taken


class _Target:
    """One file that is rebuilt, under a temporary name until it is whole."""

    def __init__(self, out: Path, name: str) -> None:
        self.name, self.path = name, out / name
        self.partial = self.path.with_name(f".{self.path.name}.partial"[-200:]) if self.path.name else out
        self.stack = ExitStack()
        self.stream: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()
        if self.stream is not None:
            self.partial.unlink(missing_ok=True)

    def write(self, remainder: Remainder, parts: Parts) -> None:
        """Add what one source was made from; InputError when it does not come out as it went in."""
        data = _rebuilt(remainder, parts)
        if hashlib.sha256(data).hexdigest() != remainder.sha256:
            what = "the restored bytes differ from those that were read"
            raise InputError(what, where=remainder.source, hint=_AGAIN)
        if self.stream is None:
            self.stream = self._open(packed=self.name.endswith(".gz") and _file(remainder)[0])
        self.stream.write(data)

    def finish(self) -> OSError | None:
        """Give the file its name; the problem, if that cannot be done."""
        try:
            self.stack.close()
            self.partial.replace(self.path)
        except OSError as error:
            return error
        self.stream = None
        return None

    def _open(self, packed: bool) -> BinaryIO:
        path = PurePath(self.name)
        if path.is_absolute() or path.drive or ".." in path.parts or not path.name or "\0" in self.name:
            raise InputError("this name leads out of the folder", where=self.name, hint="it is not written")
        if self.path.exists():
            raise InputError("two sources have this name", where=self.name, hint="the second is not written")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        stream: BinaryIO = self.stack.enter_context(self.partial.open("wb"))
        if packed:
            again = gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0)
            return cast("BinaryIO", self.stack.enter_context(again))
        return stream


def _rebuilt(remainder: Remainder, parts: Parts) -> bytes:
    if remainder.failed == "":
        hint = "the manifest tells why, in its failures"
        raise InputError("a row of this file was not kept", where=remainder.source, hint=hint)
    if remainder.failed is not None:
        return remainder.failed.encode("utf-8", "surrogateescape")
    try:
        data = rebuild(remainder, *parts).encode()
        return remainder.row.encode(data) if remainder.row else data
    except (ValueError, LookupError) as error:
        raise InputError(f"the parts do not join: {error}", where=remainder.source, hint=_AGAIN) from error


def _file(remainder: Remainder) -> tuple[bool, str]:
    """Whether a source is a row, and the name of the file that it belongs to."""
    row = remainder.row is not None or remainder.failed is not None
    return row, _NUMBER.sub("", remainder.source) if row else remainder.source
