"""The manifest of an output folder: what was run on what, and what came out. Its presence marks a whole run.

Beginning and end are small; in between stand the lists of sources and failures, one entry a line, which are as
long as the corpus. Nothing in it depends on the clock, the machine or the number of processes.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import InputError
from ..model import Cleaned, Remainder
from ..version import __version__
from .jsonl import json_line

NAME = "manifest.json"
_BEGIN = b'{\n  "program": "corpusclean",\n'


def is_run(folder: Path) -> bool:
    """True when a folder holds a whole run of corpusclean."""
    try:
        with (folder / NAME).open("rb") as stream:
            return stream.read(len(_BEGIN)) == _BEGIN
    except OSError:
        return False


def read_summary(folder: Path) -> dict[str, Any]:
    """The manifest of a run without its lists of sources and failures."""
    where = str(folder / NAME)
    if not is_run(folder):
        hint = "name an output folder of `corpusclean clean --out` that was finished"
        raise InputError("this folder holds no run of corpusclean", where=str(folder), hint=hint)
    lines: list[bytes] = []
    with (folder / NAME).open("rb") as stream:
        for line in stream:
            if line.startswith((b'  "sources": [', b'  "inputs": [')):
                break
            lines.append(line)
    try:
        summary = json.loads(b"".join(lines).rstrip().rstrip(b",") + b"}")
    except ValueError as error:
        raise InputError(
            "the manifest is broken", where=where, hint="run `corpusclean clean` again"
        ) from error
    if "command" in summary:
        what = f"this folder holds a run of `corpusclean {summary['command']}`"
        raise InputError(what, where=str(folder), hint="name an output folder of `corpusclean clean --out`")
    return dict(summary)


@dataclass(slots=True)
class Counts:
    """What a run did, in numbers; characters are those of the decoded sources."""

    sources: int = 0
    failures: int = 0
    records: int = 0
    removed: int = 0
    repaired: int = 0
    characters: int = 0
    kept: int = 0
    gone: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    kind_characters: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    rule_characters: Counter[str] = field(default_factory=Counter)

    def add(self, cleaned: Cleaned) -> None:
        """Count one source."""
        self.sources += 1
        self.records += len(cleaned.records)
        self.removed += len(cleaned.removed)
        self.repaired += len(cleaned.repaired)
        self.characters += len(cleaned.raw.text)
        self.kept += sum(end - start for record in cleaned.records for start, end in record.spans)
        for removal in cleaned.removed:
            size = removal.end - removal.start
            self.gone += size
            self.kinds[removal.kind] += 1
            self.kind_characters[removal.kind] += size
            self.rules[removal.rule] += 1
            self.rule_characters[removal.rule] += size
        for repair in cleaned.repaired:
            self.rules[repair.rule] += 1
            self.rule_characters[repair.rule] += repair.end - repair.start

    def summary(self) -> dict[str, object]:
        """The counts as the manifest has them."""
        both = (self.kept + self.gone) or 1
        names = ("sources", "failures", "records", "removed", "repaired")
        return {
            "counts": {name: getattr(self, name) for name in names},
            "characters": {"all": self.characters, "kept": self.kept, "removed": self.gone},
            "share": {"kept": round(self.kept / both, 6), "removed": round(self.gone / both, 6)},
            "kinds": _table(self.kinds, self.kind_characters),
            "rules": _table(self.rules, self.rule_characters),
        }


def source_entry(cleaned: Cleaned, remainder: Remainder, digest: str) -> dict[str, object]:
    """What the manifest says of a source: `sha256` is the digest of its bytes as they were read."""
    entry: dict[str, object] = {
        "source": cleaned.source.name,
        "encoding": remainder.encoding,
        "sha256": digest,
    }
    return entry | ({"markup": True} if remainder.markup else {})


def write_manifest(stream: BinaryIO, run: Mapping[str, object], lists: Mapping[str, Entries]) -> None:
    """Write the manifest: how it was run, and what came out; the entries of its lists are copied in pieces."""
    stream.write(_BEGIN)
    for key, value in {"version": program_version(), **run}.items():
        text = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        stream.write(f'  "{key}": {text},\n'.encode("utf-8", "backslashreplace"))
    for place, (name, entries) in enumerate(lists.items(), 1):
        stream.write(f'  "{name}": [\n'.encode())
        entries.copy_to(stream)
        stream.write(b"  ],\n" if place < len(lists) else b"  ]\n}\n")


def program_version() -> str:
    """The version of corpusclean."""
    return __version__


def _table(numbers: Counter[str], characters: Counter[str]) -> dict[str, dict[str, int]]:
    return {name: {"number": numbers[name], "characters": characters[name]} for name in sorted(numbers)}


@dataclass(slots=True)
class Entries:
    """Entries of a JSON list, one a line, put aside in a file until the manifest is written."""

    stream: BinaryIO
    number: int = 0

    def add(self, entry: object) -> None:
        self.stream.write(b",\n    " if self.number else b"    ")
        self.stream.write(json_line(entry).rstrip(b"\n"))
        self.number += 1

    def copy_to(self, stream: BinaryIO) -> None:
        self.stream.seek(0)
        shutil.copyfileobj(self.stream, stream, 1 << 20)
        stream.write(b"\n" if self.number else b"")
