"""`corpusclean dedup`: records in, those that are no copies out, and what the others have in common with them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from .app import shown
from .options import encoding_option, force_option, quiet_option, text_column_option

if TYPE_CHECKING:
    from ..dedup.findings import Findings
    from ..formats.records import Outcome, Reading, Row

Keep = Literal["first", "longest", "earliest", "source"]


@shown(
    "dedup",
    ("corpusclean dedup records.jsonl --out unique", "records without copies, and what they share"),
    ("corpusclean dedup a.jsonl b.jsonl.gz c.parquet > unique.jsonl", "JSON lines"),
    ("corpusclean dedup cleaned --out unique --keep earliest", "the output folder of clean"),
    ("corpusclean dedup new.jsonl --against old.jsonl --out new", "copies of old records"),
    ("corpusclean dedup today.jsonl --index seen.index --out today", "and of all days before"),
    short_help="Find copies of records, and shared passages.",
    epilog="Exit codes: 0 done; 1 done, but some rows or files failed (they are listed, the others are written); "
    "2 wrong call.",
)
@click.argument("inputs", nargs=-1, required=True, metavar="RECORDS...")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), metavar="DIR", help="Write the output folder DIR."
)
@text_column_option
@click.option(
    "--id-column",
    metavar="NAME",
    help="Column that holds the id (default: id; rows without one go by file and number).",
)
@click.option(
    "--keep",
    type=click.Choice(["first", "longest", "earliest", "source"]),
    help="Which record of a group stays: the first of the input (default), the longest, the one with the earliest "
    "`date`, or the one of a preferred source.",
)
@click.option(
    "--prefer",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="A `source` or `publisher` whose records stay; the first one that is named comes first.",
)
@click.option(
    "--against",
    multiple=True,
    metavar="RECORDS",
    help="Compare with these records too, or with an index, which is only read; they are never dropped nor written.",
)
@click.option(
    "--index",
    "index_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Compare with all records of earlier runs that FILE remembers, and add these (needs the extra `index`).",
)
@click.option(
    "--passages/--no-passages", default=True, show_default=True, help="Whether shared passages are sought."
)
@click.option(
    "--differences/--no-differences",
    default=False,
    show_default=True,
    help="Whether each copy also says what differs, with places in both texts (takes a third longer).",
)
@encoding_option
@force_option
@quiet_option
def command(
    inputs: tuple[str, ...],
    *,
    out: Path | None,
    text_column: str,
    id_column: str | None,
    keep: Keep | None,
    sources: tuple[str, ...],
    against: tuple[str, ...],
    index_file: Path | None,
    passages: bool,
    differences: bool,
    encoding: str | None,
    force: bool,
    quiet: bool,
) -> int:
    """Find records that nearly equal each other, and passages that stand in several of them.

    RECORDS are files of JSON lines (also packed with gzip) or Parquet with a column of texts, folders of them, the
    output folder of `corpusclean clean`, or - for standard input. With --out the records that stay, the copies, groups
    and passages are written to that folder; without it the records that stay go to standard output.
    """
    from ..formats.records import Columns, Reading, open_tables, write_findings, write_rest

    keep = _policy(keep, sources)
    seen, against = _seen(index_file, against)
    notes: list[str] = []
    columns = Columns(text_column, id_column or ("id" if index_file else None), encoding)
    reading = Reading(open_tables(inputs, out, notes.append), columns)
    known = Reading(open_tables(against, out, notes.append), Columns(text_column, id_column, encoding))
    progress = not quiet and sys.stderr.isatty()

    def find(reading: Reading) -> Findings:
        from ..dedup.duplicates import find
        from ..dedup.findings import Asked
        from ..dedup.index import Index

        known.fail = reading.fail
        rows = _with_progress(reading.rows()) if progress else reading.rows()
        if index_file:
            with Index(index_file, passages=passages, differences=differences) as index:
                return index.add(rows, keep=keep, sources=sources)
        others = known.rows()
        if seen:
            with Index(seen, passages=passages, differences=differences, read_only=True) as index:
                return index.compare(rows, keep=keep, sources=sources, against=others)
        asked = Asked(passages, differences)
        return find(rows, keep=keep, sources=sources, against=others, asked=asked)

    if out:
        settings = {
            "text_column": text_column,
            "id_column": columns.id_column,
            "keep": keep,
            "prefer": list(sources),
            "against": [table.name for table in known.tables] + [file.name for file in (seen,) if file],
            "index": index_file.name if index_file else None,
            "passages": passages,
            "differences": differences,
            "encoding": encoding,
        }
        outcome = write_findings(out, reading, find, settings, force=force)
    else:
        outcome = write_rest(reading, find, sys.stdout.buffer)
    _close(outcome, None if quiet else notes, out, passages)
    return 1 if outcome.failures else 0


def _seen(index: Path | None, against: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """The index among the records to compare with, and the others."""
    if not against:
        return None, ()
    if index:
        raise click.UsageError("--index and --against exclude each other")
    from ..dedup.index.opening import is_index

    files = [path for path in against if is_index(Path(path))]
    if len(files) > 1:
        raise click.UsageError("--against takes one index")
    return (Path(files[0]) if files else None), tuple(path for path in against if path not in files)


def _policy(keep: Keep | None, sources: tuple[str, ...]) -> Keep:
    if sources and keep not in (None, "source"):
        raise click.UsageError(f"--prefer and --keep {keep} exclude each other")
    if keep == "source" and not sources:
        raise click.UsageError("--keep source needs --prefer SOURCE")
    return keep or ("source" if sources else "first")


def _with_progress(rows: Iterable[Row]) -> Iterator[Row]:
    from tqdm import tqdm

    return iter(tqdm(rows, unit=" records", leave=False, file=sys.stderr))


def _close(outcome: Outcome, notes: list[str] | None, out: Path | None, passages: bool) -> None:
    """Tell what was found, unless `notes` is None, and the failures."""
    from .messages import note
    from .summary import found, tell_failures

    if notes is not None:
        note("\n".join([*found(outcome, passages), *notes, *_next_steps(out, passages)]))
    tell_failures(outcome.first_failures, outcome.failures, str(out / "manifest.json") if out else None)


def _next_steps(out: Path | None, passages: bool) -> list[str]:
    if not out:
        return []
    steps = [f"the records that stay: {out / 'records.jsonl'}", f"the copies: {out / 'copies.jsonl'}"]
    more = f", the passages: {out / 'passages.jsonl'}" if passages else ""
    return [*steps, f"who is a copy of whom: {out / 'groups.jsonl'}{more}"]
