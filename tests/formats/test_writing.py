"""The output folder: what is in it, and what a run that breaks off leaves."""

import io
import json

import pytest

from corpusclean.config import Config
from corpusclean.errors import ConfigError, Failure, InputError
from corpusclean.formats import FolderWriter, write_folder, write_stream
from corpusclean.formats.manifest import is_run, read_summary
from corpusclean.model import Source

FILES = ["manifest.json", "records.jsonl", "removed.jsonl", "repaired.jsonl", "sources.jsonl"]
BROKEN = Failure("x.txt", InputError("this is no text: PDF", where="/home/somebody/x.txt", hint="convert it"))


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def held(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def page(toy_clean):
    return toy_clean(Source("a.txt", b"One &amp; two.\n\nThree.\n\nFour.\n\nFive.\n"))


def test_the_folder_holds_the_files_of_the_contract(tmp_path, page, linked):
    out = tmp_path / "made" / "out"
    summary = write_folder([page, BROKEN, linked], out, Config(), seeds={"language": 0})
    assert held(out) == FILES
    assert [failure.name for failure in summary.failures] == ["x.txt"]
    record = lines(out / "records.jsonl")[-1]
    assert list(record) == [
        "id", "source", "part", "title", "publisher", "section", "dateline", "language", "authors", "tags", "date",
        "first_published", "text", "spans", "repeats", "duplicate_of",
    ]  # fmt: skip
    of = {"id": "1", "source": "b.txt", "part": 1, "start": 7, "end": 11}
    assert record["repeats"] == [{"start": 7, "end": 11, "of": of, "similarity": 0.5}]
    gone, title, repeat = lines(out / "removed.jsonl")
    assert list(gone) == ["source", "part", "start", "end", "text", "kind", "rule", "reason"]
    assert title["field"] == "title"
    assert "of" not in title
    assert repeat["of"] == of | {"similarity": 0.5}
    (repair,) = lines(out / "repaired.jsonl")
    assert repair == {
        "source": "a.txt", "start": 4, "end": 9, "before": "&amp;", "after": "&", "rule": "toy.repair",
    }  # fmt: skip
    assert [list(line) for line in lines(out / "sources.jsonl")] == 2 * [
        ["source", "sha256", "encoding", "length", "strays", "blanks"]
    ]


def test_the_manifest_tells_the_run_and_nothing_of_the_machine(tmp_path, page, linked):
    write_folder([page, BROKEN, linked], tmp_path / "out", Config(encoding="cp1252"), seeds={"language": 0})
    text = (tmp_path / "out" / "manifest.json").read_text()
    manifest = json.loads(text)
    assert manifest["settings"]["encoding"] == "cp1252"
    assert manifest["seeds"] == {"language": 0}
    assert manifest["counts"] == {"sources": 2, "failures": 1, "records": 3, "removed": 3, "repaired": 1}
    assert manifest["kinds"]["metadata"] == {"number": 1, "characters": 5}
    assert set(manifest["rules"]) == {"fields.title", "repeat.line", "share.toy", "toy.repair"}
    assert 0 < manifest["share"]["kept"] < 1
    assert manifest["failures"] == [{"source": "x.txt", "what": "this is no text: PDF", "hint": "convert it"}]
    assert [entry["source"] for entry in manifest["sources"]] == ["a.txt", "b.txt"]
    assert "/home" not in text
    assert str(tmp_path) not in text
    assert read_summary(tmp_path / "out")["counts"] == manifest["counts"]


def test_an_empty_run_is_a_run(tmp_path):
    write_folder([], tmp_path, Config())
    assert json.loads((tmp_path / "manifest.json").read_text())["sources"] == []
    assert read_summary(tmp_path)["counts"]["sources"] == 0


def test_the_same_input_gives_the_same_bytes(tmp_path, page, linked):
    folders = [tmp_path / "1", tmp_path / "elsewhere" / "2"]
    for folder in folders:
        write_folder([page, BROKEN, linked], folder, Config())
    assert all((folders[0] / name).read_bytes() == (folders[1] / name).read_bytes() for name in FILES)


def test_a_run_that_breaks_off_leaves_nothing(tmp_path, page):
    def broken():
        yield page
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(broken(), tmp_path / "a" / "b", Config())
    assert held(tmp_path) == []


def test_a_run_that_breaks_off_leaves_the_run_before(tmp_path, page):
    write_folder([page], tmp_path, Config())
    before = (tmp_path / "records.jsonl").read_bytes()

    def broken():
        with FolderWriter(tmp_path, Config()) as writer:
            writer.write(page)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert held(tmp_path) == FILES
    assert (tmp_path / "records.jsonl").read_bytes() == before


def test_a_run_of_ours_is_replaced_with_all_that_came_of_it(tmp_path, page):
    write_folder([page], tmp_path, Config())
    (tmp_path / "groups.jsonl").write_text("{}")
    (tmp_path / "notes.md").write_text("mine")
    write_folder([], tmp_path, Config())
    assert held(tmp_path) == sorted([*FILES, "notes.md"])
    assert (tmp_path / "records.jsonl").read_bytes() == b""


def test_a_run_that_was_killed_does_not_block_the_next(tmp_path, page):
    (tmp_path / ".records.jsonl.partial").write_text("{")
    write_folder([page], tmp_path, Config())
    assert held(tmp_path) == FILES


def test_a_folder_of_others_is_not_touched_without_force(tmp_path, page):
    (tmp_path / "manifest.json").write_text('{"name": "a web app"}')
    with pytest.raises(ConfigError) as caught:
        write_folder([page], tmp_path, Config())
    assert caught.value.where == str(tmp_path)
    assert "--force" in caught.value.hint
    assert held(tmp_path) == ["manifest.json"]
    assert not is_run(tmp_path)
    (tmp_path / "groups.jsonl").write_text("theirs")
    write_folder([page], tmp_path, Config(), force=True)
    assert held(tmp_path) == sorted([*FILES, "groups.jsonl"])


def test_a_file_is_no_output_folder(tmp_path):
    (tmp_path / "x").write_text("")
    for out in (tmp_path / "x", tmp_path / "x" / "y"):
        with pytest.raises(ConfigError):
            write_folder([], out, Config())


def test_a_full_disk_is_told(page):
    from pathlib import Path

    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError, match="No space"), Path("/dev/full").open("wb", buffering=0) as full:
        write_stream([page], full)


def test_lone_surrogates_do_not_stop_a_run(tmp_path, toy_clean):
    from dataclasses import replace

    page = toy_clean(Source("a.txt", b"One."))
    page = replace(page, records=(replace(page.records[0], text="One\ud800"),))
    write_folder([page], tmp_path, Config())
    assert (tmp_path / "records.jsonl").read_text().isascii()
    assert lines(tmp_path / "records.jsonl")[0]["text"] == "One\ud800"


def test_two_sources_of_one_name_in_a_row_are_told(tmp_path, page):
    summary = write_folder([page, page], tmp_path, Config())
    assert "name" in summary.failures[0].error.what
    assert len(lines(tmp_path / "sources.jsonl")) == 1


def test_records_go_to_a_stream(page):
    stream = io.BytesIO()
    summary = write_stream([page, BROKEN], stream)
    assert [json.loads(line)["source"] for line in stream.getvalue().splitlines()] == ["a.txt", "a.txt"]
    assert (summary.counts.sources, summary.counts.failures) == (1, 1)


def test_the_summary_holds_few_failures_and_counts_all():
    summary = write_stream([BROKEN] * 500, io.BytesIO())
    assert summary.counts.failures == 500
    assert len(summary.failures) == 100
