"""Arguments to tables: which files are read, in which order, and how each is opened, twice."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from ...errors import ConfigError, Failure, InputError
from ..folders import ROWS
from ..manifest import is_run
from ..naming import STDIN, arguments
from ..problems import missing, told
from ..rows import BOM, numbered_lines

ENDINGS = (*ROWS, ".parquet")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Table:
    """A file of rows: `name` is told to users and makes ids, `path` is where it lies.

    When it was read `sha256` is known, `failed` are the numbers of the rows that could not be, and `decoded` has
    the encoding of those that are not UTF-8. `broken` says that it could not be read to its end.
    """

    name: str
    path: Path
    sha256: str = ""
    rows: int = 0
    broken: bool = False
    failed: set[int] = field(default_factory=set)
    decoded: dict[int, str] = field(default_factory=dict)
    _stamp: tuple[int, int] | None = None
    _aside: BinaryIO | None = None

    @property
    def where(self) -> str:
        return "standard input" if str(self.path) == STDIN else str(self.path)

    @property
    def is_parquet(self) -> bool:
        with self.opened() as stream:
            return stream.read(4) == b"PAR1"

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """The lines that are not blank, with their numbers; None for one that is too long. InputError when
        the file cannot be read, or not on to its end."""
        try:
            with self._opened() as stream:
                digest = None if self.sha256 else hashlib.sha256()
                yield from self._unblank(_unpacked(_Read(stream, digest)))
                self.sha256 = digest.hexdigest() if digest else self.sha256
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            hint = "fetch or pack it again; the rows before this place were read"
            raise InputError(f"the archive is broken: {error}", where=self.where, hint=hint) from error
        except OSError as error:
            raise told(error, self.where) from error

    def _unblank(self, stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
        for number, line in numbered_lines(stream):
            if number == 1 and line is not None and line.startswith(_WIDE):
                hint = "convert it, as with: iconv -f UTF-16 -t UTF-8"
                raise InputError("the file is UTF-16, not UTF-8", where=self.where, hint=hint)
            rest = line if line is None else line.removeprefix(BOM)
            if rest is None or (rest and not rest.isspace()):
                yield number, line

    def opened(self) -> BinaryIO:
        """The bytes of the file; InputError when it is another one than at first."""
        try:
            return self._opened()
        except OSError as error:
            raise told(error, self.where) from error

    def _opened(self) -> BinaryIO:
        if self._aside is None and (str(self.path) == STDIN or not self.path.is_file()):
            self._aside = self._put_aside()
        if self._aside is not None:
            self._aside.seek(0)
            return cast("BinaryIO", io.BufferedReader(_Read(self._aside)))
        stream = self.path.open("rb")
        status = os.fstat(stream.fileno())
        stamp = (status.st_size, status.st_mtime_ns)
        if self._stamp not in (None, stamp):
            stream.close()
            hint = "run again when nothing writes to it"
            raise InputError("the file was changed while it was read", where=self.where, hint=hint)
        self._stamp = stamp
        return stream

    def _put_aside(self) -> BinaryIO:
        """What can be read only once, in a temporary file."""
        aside = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        if str(self.path) == STDIN:
            shutil.copyfileobj(sys.stdin.buffer, aside, 1 << 20)
        else:
            with self.path.open("rb") as stream:
                shutil.copyfileobj(stream, aside, 1 << 20)
        return cast("BinaryIO", aside)


def open_tables(
    inputs: Sequence[str], out: Path | None = None, note: Callable[[str], None] = lambda _: None
) -> list[Table | Failure]:
    """The tables that arguments name, and a Failure for each that names none.

    The output folder of `clean` stands for its records, another folder for all files of rows below it, sorted
    by path. ConfigError when a table lies in `out`, the folder that is written.

    >>> [failure.error.what for failure in open_tables(["no/such/file"])]
    ['no such file or folder']
    """
    found: list[str | Failure] = []
    for given in inputs:
        found += _files(given)
    named = arguments([path for path in found if isinstance(path, str)], note)
    names = {argument.given: argument.name(argument.path.name) for argument in named}
    names |= {STDIN: "stdin"} if STDIN in names else {}
    for path in names:
        if out and path != STDIN and Path(path).resolve().is_relative_to(out.resolve()):
            what = "the output would be written into the input"
            raise ConfigError(what, where=path, hint="choose another folder")
    tables: list[Table | Failure] = []
    for path_or_failure in found:
        if isinstance(path_or_failure, Failure):
            tables.append(path_or_failure)
        elif path_or_failure in names:
            tables.append(Table(names.pop(path_or_failure), Path(path_or_failure)))
    return tables


def _files(given: str) -> list[str | Failure]:
    """The paths of the files that an argument stands for."""
    path = Path(given)
    if given == STDIN or (path.exists() and not path.is_dir()):
        return [given]
    if not path.exists():
        return [Failure(path.name, missing(path))]
    if is_run(path):
        return [str(file) for file in (path / "records.jsonl", path / "records.parquet") if file.exists()]
    files = [file for file in path.rglob("*") if file.name.lower().endswith(ENDINGS) and _is_file(file)]
    shown = sorted(str(file) for file in files if not file.name.startswith("."))
    if not shown:
        hint = (
            "records are in .jsonl, .jsonl.gz or .parquet files; a file that is named itself is always tried"
        )
        error = InputError("there are no records in this folder", where=given, hint=hint)
        return [Failure(path.name, error)]
    return list(shown)


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.stat().st_mode)


class _Read(io.RawIOBase):
    """A stream that stays open when this one is closed; what is read goes into a digest."""

    def __init__(self, stream: BinaryIO, digest: hashlib._Hash | None = None) -> None:
        self.stream, self.digest = stream, digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self.stream.read(len(buffer))
        if self.digest:
            self.digest.update(part)
        buffer[: len(part)] = part
        return len(part)


def _unpacked(stream: io.RawIOBase) -> BinaryIO:
    """The stream, unpacked where it begins as gzip does."""
    whole = io.BufferedReader(stream, 1 << 20)
    begin = whole.peek(4)[:4]
    if begin.startswith(b"\x28\xb5\x2f\xfd"):
        raise InputError("files of zstd are not read", hint="unpack it first: zstd -d")
    unpacked = gzip.GzipFile(fileobj=whole) if begin.startswith(b"\x1f\x8b") else whole
    return cast("BinaryIO", unpacked)
