"""`corpusclean dedup` as a process: tables in, parted rows and findings out, messages and exit codes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

BODIES = Path(__file__).parents[1] / "dedup" / "bodies"
ENGLISH, GERMAN, PERSIAN = (
    (BODIES / f"{name}.txt").read_text("utf-8") for name in ("english", "german", "persian")
)
COPY = ENGLISH.replace("the", "a", 3).upper()
QUOTE = f"{GERMAN}\n{ENGLISH.splitlines()[2]}"
RECORDS = [("e", ENGLISH), ("q", QUOTE), ("p", PERSIAN), ("c", COPY)]


def line(**columns: object) -> bytes:
    return json.dumps(columns, ensure_ascii=False).encode() + b"\n"


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(row) for row in path.read_text("utf-8").splitlines()]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(line(id=name, text=text, more=[1.50]) for name, text in RECORDS))
    return path


def test_the_folder_holds_the_parted_rows_and_what_they_share(cli, records, tmp_path):
    done = cli("dedup", records, "--out", "unique")
    assert (done.returncode, done.stdout) == (0, "")
    out = tmp_path / "unique"
    given = records.read_bytes().splitlines()
    assert (out / "records.jsonl").read_bytes().splitlines() == given[:3]
    assert (out / "copies.jsonl").read_bytes().splitlines() == given[3:]
    [group] = rows(out / "groups.jsonl")
    assert group["kept"] == "e"
    assert [copy["id"] for copy in group["copies"]] == ["c"]
    assert 0.9 < group["copies"][0]["similarity"] < 1
    [passage] = rows(out / "passages.jsonl")
    kept, [copy] = passage["kept"], passage["copies"]
    assert ENGLISH[kept["start"] : kept["end"]] == ENGLISH.splitlines()[2]
    assert (copy["id"], QUOTE[copy["start"] : copy["end"]]) == ("q", ENGLISH.splitlines()[2])
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["command"] == "dedup"
    assert manifest["counts"]["copies"] == 1
    assert manifest["inputs"][0]["records"] == 4
    assert done.stderr.startswith("4 records, 3 stay (75.0 %)\n  1 copy in 1 group\n")


def test_without_a_folder_the_rows_that_stay_go_to_standard_output(cli, records):
    done = cli("dedup", records, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.encode().splitlines() == records.read_bytes().splitlines()[:3]


def test_standard_input_packed_files_and_folders_are_tables(cli, records, tmp_path):
    plain = cli("dedup", records).stdout
    assert cli("dedup", "-", stdin=records.read_bytes()).stdout == plain
    assert cli("dedup", "-", stdin=gzip.compress(records.read_bytes())).stdout == plain
    folder = tmp_path / "crawl" / "day"
    folder.mkdir(parents=True)
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(records.read_bytes()))
    (folder / "notes.txt").write_text("no table")
    assert cli("dedup", "crawl").stdout == plain


def test_parquet_gives_the_same_groups(cli, records, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"id": [name for name, _ in RECORDS], "text": [text for _, text in RECORDS]})
    parquet.write_table(table, tmp_path / "records.parquet")
    cli("dedup", "records.parquet", "--out", "a")
    cli("dedup", records, "--out", "b")
    for name in ("groups.jsonl", "passages.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert [row["id"] for row in rows(tmp_path / "a/records.jsonl")] == ["e", "q", "p"]
    done = cli("dedup", "records.parquet", "--text-column", "body")
    assert done.returncode == 1
    assert 'no column "body"' in done.stderr
    assert 'it has "id", "text"' in done.stderr


def test_the_output_folder_of_clean_is_a_table_and_is_not_written_into(cli, pages, tmp_path):
    cli("clean", pages, "--out", "cleaned")
    done = cli("dedup", "cleaned")
    assert done.stdout == (tmp_path / "cleaned/records.jsonl").read_text("utf-8")
    done = cli("dedup", "cleaned", "--out", "cleaned")
    assert (done.returncode, "written into the input" in done.stderr) == (2, True)
    (tmp_path / "x.jsonl").write_bytes(line(text="Hello."))
    done = cli("dedup", "x.jsonl", "--out", "cleaned")
    assert (done.returncode, "run of another command" in done.stderr) == (2, True)


def test_rows_without_an_id_go_by_file_and_number(cli, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(
        line(text=ENGLISH) + b"\n" + line(text=COPY, id=None) + line(text=COPY, id=7)
    )
    cli("dedup", "a.jsonl", "--out", "out")
    [group] = rows(tmp_path / "out/groups.jsonl")
    assert (group["kept"], [copy["id"] for copy in group["copies"]]) == ("a.jsonl#1", ["a.jsonl#3", "7"])
    done = cli("dedup", "a.jsonl", "--id-column", "key", "--out", "out")
    assert done.returncode == 1
    assert 'the column "key" holds no id\n  in a.jsonl, line 1\n' in done.stderr


def test_the_policy_says_which_copy_stays(cli, tmp_path):
    given = line(id="a", text=ENGLISH, date="2024-02-01", source="x") + line(
        id="b", text=f"{COPY}\nAdditional reporting by the staff.", date="2024-01-01", publisher="agency"
    )
    kept = {
        json.loads(cli("dedup", "-", *options, stdin=given).stdout)["id"]: options
        for options in ([], ["--keep", "longest"], ["--keep", "earliest"], ["--prefer", "agency"])
    }
    assert kept == {"a": [], "b": ["--prefer", "agency"]}


def test_records_that_others_are_compared_against_stay(cli, records, tmp_path):
    (tmp_path / "new.jsonl").write_bytes(
        line(id="1", text=PERSIAN)
        + line(id="2", text=ENGLISH)
        + line(id="3", text="Something new, and short.")
    )
    done = cli("dedup", "new.jsonl", "--against", records, "--out", "out", "--keep", "longest")
    assert done.returncode == 0
    assert rows(tmp_path / "out/groups.jsonl") == [
        {"kept": "e", "against": True, "copies": [{"id": "2", "similarity": 1.0}]},
        {"kept": "p", "against": True, "copies": [{"id": "1", "similarity": 1.0}]},
    ]
    assert [row["id"] for row in rows(tmp_path / "out/records.jsonl")] == ["3"]


BAD = [
    (b'{"id": "x"}\n', 'no column "text"', 'it has "id"'),
    (b'{"id": "x", "text": null}\n', 'the column "text" holds no string', "--text-column"),
    (b'{"id": "x", "text": 3}\n', 'the column "text" holds no string', "--text-column"),
    (b'{"id": "x", "te\n', "this row is broken", "repair or remove the row"),
    (b'["text"]\n', "this row is no JSON object", "jq"),
    (line(id="e", text="Other."), 'a row before this one has the id "e"', "--id-column"),
    (b'{"id": [], "text": "Hello."}\n', 'the column "id" holds no id', "--id-column"),
]


@pytest.mark.parametrize(("bad", "what", "hint"), BAD, ids=range(len(BAD)))
def test_a_bad_row_is_told_and_kept_and_the_others_go_on(cli, records, tmp_path, bad, what, hint):
    good = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(b"".join([*good[:2], bad, *good[2:]]))
    done = cli("dedup", records, "--out", "out", "--quiet")
    assert done.returncode == 1
    assert what in done.stderr
    assert "records.jsonl, line 3\n" in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
    [failed] = rows(tmp_path / "out/failed.jsonl")
    assert (failed["source"], failed["row"]) == ("records.jsonl#3", bad.decode().rstrip())
    assert (tmp_path / "out/records.jsonl").read_bytes() == b"".join(good[:3])
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert [failure["source"] for failure in manifest["failures"]] == ["records.jsonl#3"]


def test_rows_of_another_encoding_are_decoded_and_said_so(cli, tmp_path):
    legacy = '{"id": "l", "text": "Der Bürgermeister eröffnete die Brücke über den Fluß für Fußgänger."}\n'
    surrogate = b'{"id": "s", "text": "\\ud800 and NaN", "n": NaN}\n'
    (tmp_path / "a.jsonl").write_bytes(line(id="e", text=ENGLISH) + legacy.encode("latin-1") + surrogate)
    done = cli("dedup", "a.jsonl", "--out", "out")
    assert done.returncode == 0
    assert "1 row not UTF-8, decoded" in done.stderr
    assert (tmp_path / "out/records.jsonl").read_bytes().splitlines(keepends=True)[1:] == [
        legacy.encode(),
        surrogate,
    ]
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert list(manifest["inputs"][0]["decoded"]) == ["a.jsonl#2"]


def test_files_that_cannot_be_read_are_told_and_the_others_go_on(cli, records, tmp_path):
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(line(id="z", text="Some words."))[:-9])
    (tmp_path / "wide.jsonl").write_bytes(line(text="Hello.").decode().encode("utf-16"))
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "packed.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfd....")
    done = cli("dedup", "no.jsonl", "cut.jsonl.gz", "wide.jsonl", "bad.parquet", "packed.jsonl.zst", records)
    assert done.returncode == 1
    for what in ("no such file", "the archive is broken", "UTF-16", "the table is broken", "zstd -d"):
        assert what in done.stderr
    assert "Traceback" not in done.stderr
    assert [json.loads(row)["id"] for row in done.stdout.splitlines()] == ["e", "q", "p"]


def test_a_missing_library_is_named_with_its_extra(cli, records, tmp_path):
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not here')")
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    done = cli("dedup", "a.parquet", PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2] / 'src'}")
    assert done.returncode == 2
    assert "corpusclean[parquet]" in done.stderr


def test_output_does_not_depend_on_how_often_it_is_made(cli, records, tmp_path):
    def made() -> dict[str, bytes]:
        assert cli("dedup", records, "--out", "out").returncode == 0
        return {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    assert made() == made()


def test_an_index_remembers_what_earlier_runs_saw(cli, records, tmp_path):
    pytest.importorskip("duckdb")
    monday = cli("dedup", records, "--index", "seen.index", "--out", "monday")
    assert (monday.returncode, len(rows(tmp_path / "monday/records.jsonl"))) == (0, 3)
    (tmp_path / "new.jsonl").write_bytes(
        line(id="1", text=PERSIAN) + line(id="2", text="Something new.") + line(text="x")
    )
    tuesday = cli("dedup", "new.jsonl", "--index", "seen.index", "--out", "tuesday")
    assert tuesday.returncode == 1  # a record that is to be remembered needs an id
    assert 'the column "id" holds no id' in tuesday.stderr
    assert [row["id"] for row in rows(tmp_path / "tuesday/records.jsonl")] == ["2"]
    assert rows(tmp_path / "tuesday/groups.jsonl") == [
        {"kept": "p", "against": True, "copies": [{"id": "1", "similarity": 1.0}]}
    ]
    before = {path.name: path.read_bytes() for path in (tmp_path / "tuesday").iterdir()}
    cli("dedup", "new.jsonl", "--index", "seen.index", "--out", "tuesday")
    assert {path.name: path.read_bytes() for path in (tmp_path / "tuesday").iterdir()} == before
    (tmp_path / "new.jsonl").write_bytes(line(id="1", text="Changed."))
    done = cli("dedup", "new.jsonl", "--index", "seen.index", "--out", "wednesday")
    assert done.returncode == 1
    assert 'the index has another text under the id "1"\n  in new.jsonl#1\n' in done.stderr
    assert [row["source"] for row in rows(tmp_path / "wednesday/failed.jsonl")] == ["new.jsonl#1"]


def test_an_index_may_be_read_only(cli, records, tmp_path):
    pytest.importorskip("duckdb")
    cli("dedup", records, "--index", "seen.index")
    before = (tmp_path / "seen.index").read_bytes()
    done = cli("dedup", "-", "--against", "seen.index", stdin=line(text=COPY) + line(text="Something new."))
    assert [json.loads(row)["text"] for row in done.stdout.splitlines()] == ["Something new."]
    assert (tmp_path / "seen.index").read_bytes() == before


def test_wrong_indexes_are_told(cli, records, tmp_path):
    pytest.importorskip("duckdb")
    done = cli("dedup", records, "--index", records)
    assert (done.returncode, done.stdout) == (2, "")
    assert "this file is no index of corpusclean\n  in " in done.stderr
    done = cli("dedup", records, "--index", "a.index", "--against", records)
    assert (done.returncode, "exclude each other" in done.stderr) == (2, True)
    (tmp_path / "duckdb.py").write_text("raise ImportError('not here')")
    done = cli(
        "dedup", records, "--index", "a.index", PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2] / 'src'}"
    )
    assert (done.returncode, "corpusclean[index]" in done.stderr) == (2, True)


def test_restore_says_that_a_folder_of_dedup_is_none_of_clean(cli, records):
    cli("dedup", records, "--out", "unique")
    done = cli("restore", "unique", "--out", "back")
    assert done.returncode == 1
    assert "this folder holds a run of `corpusclean dedup`" in done.stderr
