"""Results to an output folder, or to a stream of JSON lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ..config import Config
from ..errors import Failure, InputError
from ..model import Cleaned, Remainder
from ..templates import Profile
from .jsonl import json_line
from .manifest import NAME, Counts, Entries, source_entry, write_manifest
from .profiles import NAME as PROFILE
from .profiles import profile_entry
from .staging import Staging
from .tables import failure_row, record_row, remainder_row, removal_row

FILES = ("records.jsonl", "removed.jsonl", "repaired.jsonl", "sources.jsonl")
LISTS = ("sources", "failures")  # of the manifest
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
        self.config, self.profile = config, profile
        self.seeds = dict(seeds or {})
        self.summary = Summary()
        self._staging = Staging(out, (*FILES, PROFILE, NAME), LISTS, force=force)
        self._last: str | None = None

    def __enter__(self) -> Self:
        self._staging.open()
        self._records, self._removed, self._repaired, self._sources = map(self._staging.stream, FILES)
        self._source_list, self._failure_list = (Entries(self._staging.stream(name)) for name in LISTS)
        return self

    def write(self, item: Cleaned | Failure) -> None:
        """Write one result. Two sources of one name, one after the other, are a Failure of the second."""
        with self._staging.writing():
            if isinstance(item, Cleaned) and item.source.name == self._last:
                hint = "give each source a name of its own"
                error = InputError("two sources have this name", where=item.source.name, hint=hint)
                item = Failure(item.source.name, error)
            if isinstance(item, Cleaned):
                self._write_cleaned(item)
            else:
                self._write_failure(item)
        self.summary.add(item)

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with self._staging.writing():
                    self._finish()
        finally:
            self._staging.discard()

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

    def _finish(self) -> None:
        run: dict[str, object] = {"settings": asdict(self.config), "seeds": self.seeds}
        if self.profile:
            run["profile"] = profile_entry(self.profile)
            self._staging.stream(PROFILE).write(self.profile.toml().encode())
        manifest = self._staging.stream(NAME)
        run |= self.summary.counts.summary()
        lists = dict(zip(LISTS, (self._source_list, self._failure_list), strict=True))
        write_manifest(manifest, run, lists)
        self._staging.commit((*FILES, *((PROFILE,) if self.profile else ()), NAME))


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
