"""Tables of records: each row comes out in exactly one place, as it came in."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpusclean.dedup.duplicates import compare_records
from corpusclean.dedup.findings import Findings
from corpusclean.errors import Failure, InputError
from corpusclean.formats.records import Columns, Reading, open_tables, write_findings

TEXTS = st.sampled_from(
    ["One story about a bridge.", "ONE STORY ABOUT A BRIDGE", "Another.", "", "\ud800", "é"]
)
VALUES = st.none() | st.booleans() | st.integers(0, 3) | st.floats(allow_nan=True) | TEXTS
OBJECTS = st.dictionaries(st.sampled_from(["id", "text", "date", "more"]), VALUES | TEXTS, max_size=4)
LINES = (
    OBJECTS.map(json.dumps)
    | OBJECTS.map(lambda row: json.dumps(row, ensure_ascii=False))
    | st.text(max_size=9)
).map(lambda line: line.encode("utf-8", "surrogatepass")) | st.binary(max_size=20)

WHOLE = (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"PAR1")  # UTF-16, gzip, Parquet


def find(reading: Reading) -> Findings:
    return compare_records(reading.rows())


@example([b"\x1f\x8b"], b"\n")
@example([b"PAR1"], b"\n")
@given(st.lists(LINES, max_size=8), st.sampled_from([b"\n", b"\r\n"]))
def test_each_row_is_in_one_file_as_it_was(lines: list[bytes], end: bytes) -> None:
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "a.jsonl"), Path(folder, "out")
        source.write_bytes(end.join(lines))
        outcome = write_findings(out, Reading(open_tables([str(source)], out), Columns()), find, {})
        manifest = json.loads((out / "manifest.json").read_text("utf-8"))
        decoded = manifest["inputs"][0].get("decoded", {})
        given_rows = [
            (number, line)
            for number, line in enumerate(source.read_bytes().split(b"\n"), 1)
            if line.removeprefix(b"\xef\xbb\xbf").strip()
        ]
        parted = [
            line.rstrip(b"\r\n")
            for name in ("records.jsonl", "copies.jsonl")
            for line in (out / name).read_bytes().splitlines(keepends=True)
        ]
        failed = [json.loads(line) for line in (out / "failed.jsonl").read_bytes().splitlines()]
        whole = source.read_bytes().startswith(WHOLE)  # fails as a file
        if not whole:
            assert len(given_rows) == (out / "records.jsonl").read_bytes().count(b"\n") + (
                out / "copies.jsonl"
            ).read_bytes().count(b"\n") + len(failed)
        assert outcome.failures == len(manifest["failures"]) == len(failed) + whole
        rows = {f"a.jsonl#{number}": line for number, line in given_rows}
        for row in failed:
            assert row["row"].encode("utf-8", "surrogateescape") == rows.pop(row["source"]).rstrip(b"\r\n")
        for name in decoded:
            rows.pop(name)
        if not whole:
            for line in rows.values():
                assert line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n") in parted


def test_a_file_that_is_written_while_it_is_read_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Hello."}\n')
    reading = Reading(open_tables([str(path)]), Columns())
    assert len(list(reading.rows())) == 1
    path.write_bytes(b'{"text": "Hello."}\n{"text": "More."}\n')
    with pytest.raises(InputError, match="changed while it was read"):
        list(reading.again())


def test_tables_have_names_that_differ_and_are_read_once(tmp_path: Path) -> None:
    for name in ("x/a.jsonl", "y/a.jsonl", "y/.hidden.jsonl", "y/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"{}\n")
    notes: list[str] = []
    given = [str(tmp_path / name) for name in ("x", "y", "y/a.jsonl")]
    tables = open_tables(given, note=notes.append)
    assert [table.name for table in tables] == ["x/a.jsonl", "y/a.jsonl"]
    assert "read once" in notes[0]
    [failure] = open_tables([str(tmp_path / "x" / ".." / "none")])
    assert isinstance(failure, Failure)
