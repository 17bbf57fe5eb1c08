"""Results to an output folder, or to a stream of JSON lines.

A folder is written under temporary names, which become the final ones when the last source is done, the
manifest's last. A run that breaks off leaves the folder as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ..config import Config
from ..errors import ConfigError, CorpuscleanError, Failure, InputError
from ..model import Cleaned, Remainder
from ..templates import Profile
from .jsonl import json_line
from .manifest import NAME, Counts, Entries, is_run, source_entry, write_manifest
from .profiles import NAME as PROFILE
from .profiles import profile_entry
from .tables import failure_row, record_row, remainder_row, removal_row

FILES = ("records.jsonl", "removed.jsonl", "repaired.jsonl", "sources.jsonl")
# What else a run, or a command run on its folder, may have left there; it would not fit the new records.
STALE = (PROFILE, "records.parquet", "groups.jsonl", "passages.jsonl", "report.html")
PARTIAL = (*FILES, PROFILE, NAME, "sources", "failures")
HELD = 100  # failures that a summary holds; the manifest has them all


@dataclass(slots=True)
class Summary:
    """What was written: counts, and the first failures (the manifest lists all)."""

    counts: Counts = field(default_factory=Counts)
    failures: list[Failure] = field(default_factory=list)

    def add(self, item: Cleaned | Failure) -> None:
        """Count one result."""
        if isinstance(item, Cleaned):
            self.counts.add(item)
            return
        self.counts.failures += 1
        if len(self.failures) < HELD:
            self.failures.append(item)


class FolderWriter:
    """Writes an output folder, one result after the other.

    >>> out = getfixture("tmp_path") / "cleaned"
    >>> with FolderWriter(out, Config()) as writer:
    ...     writer.write(Failure("a.txt", InputError("the page is empty")))
    >>> sorted(path.name for path in out.iterdir())
    ['manifest.json', 'records.jsonl', 'removed.jsonl', 'repaired.jsonl', 'sources.jsonl']
    """

    def __init__(
        self,
        out: Path,
        config: Config,
        *,
        force: bool = False,
        seeds: Mapping[str, int] | None = None,
        profile: Profile | None = None,
    ) -> None:
        self.out, self.config, self.force, self.profile = out, config, force, profile
        self.seeds = dict(seeds or {})
        self.summary = Summary()
        self._made: list[Path] = []
        self._stack = ExitStack()
        self._streams: dict[str, BinaryIO] = {}
        self._last: str | None = None

    def __enter__(self) -> Self:
        self._check()
        try:
            self._make_folder()
            for name in PARTIAL:
                stream = self._partial(name).open("w+b")
                self._streams[name] = self._stack.enter_context(stream)
        except OSError as error:
            self._discard()
            raise self._unwritable(error) from error
        self._records, self._removed, self._repaired, self._sources = (self._streams[name] for name in FILES)
        self._source_list = Entries(self._streams["sources"])
        self._failure_list = Entries(self._streams["failures"])
        return self

    def write(self, item: Cleaned | Failure) -> None:
        """Write one result. Two sources of one name, one after the other, are a Failure of the second."""
        try:
            if isinstance(item, Cleaned) and item.source.name == self._last:
                hint = "give each source a name of its own"
                error = InputError("two sources have this name", where=item.source.name, hint=hint)
                item = Failure(item.source.name, error)
            if isinstance(item, Cleaned):
                self._write_cleaned(item)
            else:
                self._write_failure(item)
        except OSError as error:
            raise self._unwritable(error) from error
        self.summary.add(item)

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            self._discard()

    def _write_cleaned(self, cleaned: Cleaned) -> None:
        remainder = cleaned.remainder()
        digest = remainder.sha256
        if remainder.markup or remainder.row:
            digest = hashlib.sha256(cleaned.source.data).hexdigest()
        self._records.writelines(json_line(record_row(record)) for record in cleaned.records)
        self._removed.writelines(json_line(removal_row(removal)) for removal in cleaned.removed)
        self._repaired.writelines(json_line(repair) for repair in cleaned.repaired)
        self._sources.write(json_line(remainder_row(remainder)))
        self._source_list.add(source_entry(cleaned, remainder, digest))
        self._last = cleaned.source.name

    def _write_failure(self, failure: Failure) -> None:
        self._failure_list.add(failure_row(failure))
        if failure.row is not None:
            kept = failure.row.decode("utf-8", "surrogateescape")
            digest = hashlib.sha256(failure.row).hexdigest()
            self._sources.write(json_line(remainder_row(Remainder(failure.name, digest, failed=kept))))

    def _check(self) -> None:
        """ConfigError when the folder holds what is not ours to replace."""
        if self.out.exists() and not self.out.is_dir():
            raise ConfigError("the output must be a folder", where=str(self.out), hint="choose another name")
        if self.force or not self.out.exists() or is_run(self.out):
            return
        ours = {self._partial(name).name for name in PARTIAL}
        # partial files are what a run left that was killed
        if any(name not in ours for name in (path.name for path in self.out.iterdir())):
            hint = "choose an empty or new folder, or write into this one with --force"
            raise ConfigError("the output folder holds other files", where=str(self.out), hint=hint)

    def _make_folder(self) -> None:
        missing = [path for path in (self.out, *self.out.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            self._made.append(path)

    def _finish(self) -> None:
        manifest = self._streams[NAME]
        run: dict[str, object] = {"settings": asdict(self.config), "seeds": self.seeds}
        if self.profile:
            run["profile"] = profile_entry(self.profile)
            self._streams[PROFILE].write(self.profile.toml().encode())
        write_manifest(manifest, run, self.summary.counts, self._source_list, self._failure_list)
        self._stack.close()
        if is_run(self.out):
            # without its manifest the old run is no run any more; from here on the new one takes its place
            (self.out / NAME).unlink()
            for name in STALE:
                (self.out / name).unlink(missing_ok=True)
        for name in (*FILES, *((PROFILE,) if self.profile else ()), NAME):
            self._partial(name).replace(self.out / name)
        self._made.clear()

    def _discard(self) -> None:
        with suppress(OSError):
            self._stack.close()
        for name in self._streams:
            with suppress(OSError):
                self._partial(name).unlink(missing_ok=True)
        for path in reversed(self._made):
            with suppress(OSError):
                path.rmdir()

    def _partial(self, name: str) -> Path:
        return self.out / f".{name}.partial"

    def _unwritable(self, error: OSError) -> CorpuscleanError:
        what = f"the output cannot be written: {(error.strerror or str(error)).lower()}"
        return ConfigError(what, where=str(self.out), hint="choose another folder")


def write_folder(
    items: Iterable[Cleaned | Failure],
    out: Path,
    config: Config,
    *,
    force: bool = False,
    seeds: Mapping[str, int] | None = None,
    profile: Profile | None = None,
) -> Summary:
    """Write all results, and the profile that they were cleaned with, into an output folder; say what was written."""
    with FolderWriter(out, config, force=force, seeds=seeds, profile=profile) as writer:
        for item in items:
            writer.write(item)
    return writer.summary


def write_stream(items: Iterable[Cleaned | Failure], stream: BinaryIO) -> Summary:
    """Write all records as JSON lines, each page as soon as it is cleaned.

    >>> from io import BytesIO
    >>> write_stream([Failure("a.txt", InputError("the page is empty"))], BytesIO()).counts.failures
    1
    """
    summary = Summary()
    for item in items:
        if isinstance(item, Cleaned):
            stream.writelines(json_line(record_row(record)) for record in item.records)
            stream.flush()
        summary.add(item)
    return summary
