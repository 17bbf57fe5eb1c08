"""What was found, into an output folder; or the records that stay, to a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ...dedup.differences import Differences
from ...dedup.findings import Findings, Group
from ...dedup.shared import SharedPassage
from ...errors import ConfigError, Failure, InputError
from ..jsonl import json_line
from ..manifest import NAME, Entries, is_run, write_manifest
from ..staging import Staging
from ..tables import failure_row
from .reading import Reading
from .tables import Table

FILES = ("records.jsonl", "copies.jsonl", "groups.jsonl", "passages.jsonl", "failed.jsonl")
LISTS = ("inputs", "failures")  # of the manifest
HELD = 20  # failures that an outcome holds; the manifest has them all


@dataclass(slots=True)
class Outcome:
    """A run in numbers, and its first failures."""

    records: int = 0
    groups: int = 0
    copies: int = 0
    passages: int = 0
    passage_copies: int = 0
    failures: int = 0
    decoded: int = 0
    first_failures: list[Failure] = field(default_factory=list)

    def fail(self, failure: Failure) -> None:
        """Count a failure."""
        self.failures += 1
        if len(self.first_failures) < HELD:
            self.first_failures.append(failure)

    def found(self, findings: Findings) -> None:
        """Count what was found."""
        self.groups, self.passages = len(findings.groups), len(findings.passages)
        self.copies = sum(len(group.copies) for group in findings.groups)
        self.passage_copies = sum(len(passage.copies) for passage in findings.passages)

    def counts(self) -> dict[str, int]:
        """The numbers as the manifest has them."""
        names = ("records", "groups", "copies", "passages", "passage_copies", "failures", "decoded")
        return {name: getattr(self, name) for name in names}


Find = Callable[[Reading], Findings]
"""Reads the rows, and says what they have in common."""


def write_rest(reading: Reading, find: Find, stream: BinaryIO) -> Outcome:
    """Write the records that stay to a stream, as JSON lines, when all are read."""
    outcome = Outcome()
    reading.fail = outcome.fail
    findings = find(reading)
    for _ in _parted(reading, findings, outcome, stream, None):
        pass
    return outcome


@contextmanager
def _staged(out: Path, force: bool) -> Iterator[Staging]:
    if not force and is_run(out) and not (out / "copies.jsonl").exists():
        hint = "choose another folder, or write over it with --force"
        raise ConfigError("the folder holds a run of another command", where=str(out), hint=hint)
    staging = Staging(out, (*FILES, NAME), LISTS, force=force)
    staging.open()
    try:
        yield staging
    finally:
        staging.discard()


def write_findings(
    out: Path, reading: Reading, find: Find, settings: Mapping[str, object], *, force: bool = False
) -> Outcome:
    """Write an output folder: the rows, parted, and what they have in common; say what was written."""
    outcome = Outcome()
    with _staged(out, force) as staging:
        inputs, failures = (Entries(staging.stream(name)) for name in LISTS)
        failed = staging.stream("failed.jsonl")

        def fail(failure: Failure) -> None:
            outcome.fail(failure)
            failures.add(failure_row(failure))
            if failure.row is not None:
                row = failure.row.decode("utf-8", "surrogateescape").rstrip("\r\n")
                failed.write(json_line({"source": failure.name, "what": failure.error.what, "row": row}))

        reading.fail = fail
        findings = find(reading)
        with staging.writing():
            staging.stream("groups.jsonl").writelines(map(json_line, map(group_row, findings.groups)))
            staging.stream("passages.jsonl").writelines(map(json_line, map(passage_row, findings.passages)))
            kept, copies = staging.stream("records.jsonl"), staging.stream("copies.jsonl")
            for failure in _parted(reading, findings, outcome, kept, copies):
                fail(failure)
            for table in reading.tables:
                if isinstance(table, Table):
                    inputs.add(_input_row(table))
            run = {"command": "dedup", "settings": settings, "counts": outcome.counts()}
            write_manifest(staging.stream(NAME), run, {"inputs": inputs, "failures": failures})
            staging.commit((*FILES, NAME))
    return outcome


def _parted(
    reading: Reading, findings: Findings, outcome: Outcome, kept: BinaryIO, copies: BinaryIO | None
) -> Iterator[Failure]:
    """Write each row to where it belongs; what the index refuses comes out as a Failure."""
    gone = {copy.number for group in findings.groups for copy in group.copies}
    refused = dict(findings.refused)
    for number, (name, line) in enumerate(reading.again()):
        if number in refused:
            hint = "give the changed record an id of its own"
            error = InputError(refused[number], where=name, hint=hint)
            yield Failure(name, error, line)
            continue
        outcome.records += 1
        if number not in gone:
            kept.write(line)
        elif copies:
            copies.write(line)
    outcome.found(findings)
    outcome.decoded = sum(len(table.decoded) for table in reading.tables if isinstance(table, Table))


def group_row(group: Group) -> dict[str, object]:
    """A group as it is written; `against` where the record that stays is none of the input.

    >>> from ...dedup.findings import Duplicate
    >>> group_row(Group("a", (Duplicate("b", 0.97),)))
    {'kept': 'a', 'copies': [{'id': 'b', 'similarity': 0.97}]}
    """
    copies = [
        {"id": copy.id, "similarity": copy.similarity, **_differs(copy.differs)} for copy in group.copies
    ]
    return {"kept": group.kept, **_against(group.number), "copies": copies}


def passage_row(passage: SharedPassage) -> dict[str, object]:
    """A passage as it is written."""
    kept = passage.kept
    place = {"id": kept.id, "start": kept.start, "end": kept.end, **_against(kept.number)}
    copies = [
        {
            "id": copy.id,
            "start": copy.start,
            "end": copy.end,
            "similarity": copy.similarity,
            **_differs(copy.differs),
        }
        for copy in passage.copies
    ]
    return {"kept": place, "copies": copies}


def _against(number: int) -> dict[str, bool]:
    return {"against": True} if number < 0 else {}


def _differs(differences: Differences) -> dict[str, object]:
    return {"differs": [one._asdict() for one in differences]} if differences else {}


def _input_row(table: Table) -> dict[str, object]:
    row: dict[str, object] = {"source": table.name, "sha256": table.sha256 or None, "records": table.rows}
    if table.decoded:
        row["decoded"] = {f"{table.name}#{number}": name for number, name in table.decoded.items()}
    return row
