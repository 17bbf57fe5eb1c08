"""Inputs to sources: files, folders, JSON lines and standard input, one after the other."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from ..config import Config
from ..errors import ConfigError, Failure, InputError
from ..model import Source
from .folders import ROWS, Walk
from .limits import PAGE_LIMIT, SPLIT, check_page, looks_like_markup, megabytes, read_page
from .manifest import is_run
from .naming import STDIN, Argument, arguments
from .problems import missing, told
from .rows import RowReader, has_column

MARKUP = (".html", ".htm", ".xhtml")


def read_sources(
    inputs: Sequence[str],
    config: Config,
    *,
    out: Path | None = None,
    note: Callable[[str], None] = lambda _: None,
) -> Iterator[Source | Failure]:
    """The pages of all inputs, in order; what cannot be read is a Failure in its place.

    A folder is read with all below it, sorted by path. `-` is standard input. `out` is the folder that the
    run writes, which is never an input. `note` is told what was left out and is no error.

    >>> [failure.error.what for failure in read_sources(["no/such/file"], Config())]
    ['no such file or folder']
    """
    reader = _Reader(config, out.resolve() if out else None, note)
    for given in inputs:
        if reader.out and given != STDIN and Path(given).resolve() == reader.out:
            what = "the output would be written into the input"
            raise ConfigError(what, where=given, hint="choose another folder")
    return reader.all(arguments([os.fspath(given) for given in inputs], note))


@dataclass(slots=True)
class _Reader:
    config: Config
    out: Path | None
    note: Callable[[str], None]
    skipped: dict[str, int] = field(default_factory=dict)

    def all(self, inputs: Sequence[Argument]) -> Iterator[Source | Failure]:
        for argument in inputs:
            if argument.given == STDIN:
                yield from self.standard_input()
            elif argument.is_folder:
                yield from self.folder(argument)
            elif not os.path.lexists(argument.path):
                yield Failure(argument.name(argument.path.name), missing(argument.path))
            else:
                yield from self.file(argument.path, argument.name(argument.path.name))
        if self.skipped:
            kinds = sorted(self.skipped.items(), key=lambda item: (-item[1], item[0]))
            listed = ", ".join(f"{count} {kind}" for kind, count in kinds)
            self.note(f"left out as no pages: {listed}")

    def folder(self, argument: Argument) -> Iterator[Source | Failure]:
        path, empty = argument.path, True
        name = Path(os.path.abspath(path)).name or path.name
        if is_run(path):
            hint = "clean the files that it was made from, or name its records.jsonl"
            yield Failure(name, InputError("this folder is the output of a run", where=str(path), hint=hint))
            return
        walk = Walk(path, self.out, self.skipped)
        for inside in walk:
            empty = False
            if isinstance(inside, Failure):
                yield inside if inside.name != path.name else Failure(name, inside.error)
            else:
                yield from self.file(path / inside, argument.name(inside))
        if empty:
            hint = "pages are text, .html and .jsonl files; a file that is named itself is always tried"
            yield Failure(name, InputError("there are no pages in this folder", where=str(path), hint=hint))

    def file(self, path: Path, name: str) -> Iterator[Source | Failure]:
        lowered = path.name.lower()
        reader = RowReader(name, str(path), self.config.text_column)
        lost: bytes | None = None
        try:
            with path.open("rb") as stream:
                if not lowered.endswith(ROWS):
                    yield self.page(stream, name, str(path), lowered.endswith(MARKUP))
                    return
                unpacked = gzip.GzipFile(fileobj=stream) if lowered.endswith(".gz") else stream
                for row in reader.read(cast("BinaryIO", unpacked)):
                    lost = b""  # the rest of the file, if it cannot be read
                    yield row
        except InputError as error:
            yield Failure(name, error)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            hint = "fetch or pack it again; the rows before this place were read"
            yield Failure(
                name, InputError(f"the archive is broken: {error}", where=str(path), hint=hint), lost
            )
        except OSError as error:
            yield Failure(name, told(error, str(path)), lost)

    def page(self, stream: BinaryIO, name: str, where: str, markup: bool) -> Source:
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode) and status.st_size > PAGE_LIMIT:
            what = f"{megabytes(status.st_size)} is larger than a page can be ({megabytes(PAGE_LIMIT)})"
            raise InputError(what, where=where, hint=SPLIT)
        return self.checked(read_page(stream, where), name, where, markup)

    def checked(self, data: bytes, name: str, where: str, markup: bool) -> Source:
        check_page(data, where)
        return Source(name, data, self.config.encoding, markup or looks_like_markup(data))

    def standard_input(self) -> Iterator[Source | Failure]:
        where = "standard input"
        try:
            begin, stream = _begun(sys.stdin.buffer)
            if has_column(begin, self.config.text_column):
                yield from RowReader("stdin", where, self.config.text_column).read(stream)
            else:
                yield self.checked(read_page(stream, where), "stdin", where, markup=False)
        except InputError as error:
            yield Failure("stdin", error)
        except OSError as error:
            yield Failure("stdin", told(error, where))


def _begun(stream: io.BufferedIOBase | BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first line of a stream that is not blank, and the stream from its beginning."""
    head = [stream.readline(PAGE_LIMIT)]
    size = len(head[0])
    while head[-1] and not head[-1].strip() and size < PAGE_LIMIT:
        head.append(stream.readline(PAGE_LIMIT))
        size += len(head[-1])
    return head[-1], io.BufferedReader(_Chain(b"".join(head), stream))


class _Chain(io.RawIOBase):
    """Bytes that were read already, and then the rest of their stream."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase | BinaryIO) -> None:
        self.head, self.rest = memoryview(head), rest
        # a page that is still being written should not wait for a full buffer
        self.more = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self.head[: len(buffer)] or memoryview(self.more(len(buffer)))
        self.head = self.head[len(part) :]
        buffer[: len(part)] = part
        return len(part)
