"""Inputs to sources."""

import errno
import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from corpusclean.config import Config
from corpusclean.errors import ConfigError, Failure
from corpusclean.formats import limits, read_sources, rows
from corpusclean.formats.manifest import _BEGIN
from corpusclean.model import Source


def put(path, data="Hello."):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def read(*inputs, config=None, **more):
    return list(read_sources([str(given) for given in inputs], config or Config(), **more))


def names(found):
    return [item.name for item in found]


def only_failure(*inputs, **more):
    (failure,) = read(*inputs, **more)
    assert isinstance(failure, Failure)
    assert failure.error.where
    assert failure.error.hint
    return failure


class TestFolders:
    def test_are_read_by_path_at_any_depth(self, tmp_path):
        for name in ("b.txt", "a/x.txt", "a.txt", "a-b/c.txt", "a/a/z", "A.txt", ".hidden.txt", ".git/x.txt"):
            put(tmp_path / name)
        found = read(tmp_path)
        assert names(found) == sorted(["b.txt", "a/x.txt", "a.txt", "a-b/c.txt", "a/a/z", "A.txt"])

    def test_leave_out_what_is_no_page_with_one_note(self, tmp_path):
        for name in ("a.txt", "x.json", "y.json", "style.css", "photo.JPG", "b.zip"):
            put(tmp_path / name)
        notes = []
        assert names(read(tmp_path, note=notes.append)) == ["a.txt"]
        assert notes == ["left out as no pages: 2 .json, 1 .css, 1 .jpg, 1 .zip"]

    def test_without_pages_are_told(self, tmp_path):
        put(tmp_path / "x.json")
        assert "no pages" in only_failure(tmp_path).error.what

    def test_that_are_output_are_no_input(self, tmp_path):
        put(tmp_path / "a.txt")
        put(tmp_path / "old" / "manifest.json", _BEGIN)
        put(tmp_path / "old" / "records.jsonl", "{}")
        put(tmp_path / "out" / "records.jsonl", "{}")
        assert names(read(tmp_path, out=tmp_path / "out")) == ["a.txt"]
        assert "output of a run" in only_failure(tmp_path / "old").error.what

    def test_cannot_be_output_too(self, tmp_path):
        with pytest.raises(ConfigError, match="written into the input"):
            read(tmp_path, out=tmp_path)

    def test_with_a_link_into_themselves_are_told_and_read_once(self, tmp_path):
        put(tmp_path / "a" / "x.txt")
        (tmp_path / "a" / "again").symlink_to(tmp_path / "a")
        failure, source = read(tmp_path)
        assert (failure.name, source.name) == ("a/again", "a/x.txt")
        assert "leads back to itself" in failure.error.what

    def test_with_broken_links_are_read(self, tmp_path):
        put(tmp_path / "a.txt")
        (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
        (tmp_path / "c.txt").symlink_to(tmp_path / "c.txt")
        found = read(tmp_path)
        assert names(found) == ["a.txt", "b.txt", "c.txt"]
        assert [type(item) for item in found] == [Source, Failure, Failure]

    def test_with_pipes_do_not_wait(self, tmp_path):
        put(tmp_path / "a.txt")
        os.mkfifo(tmp_path / "pipe")
        assert names(read(tmp_path)) == ["a.txt"]

    def test_that_cannot_be_listed_are_told(self, tmp_path, monkeypatch):
        put(tmp_path / "a" / "x.txt")
        put(tmp_path / "b.txt")
        scandir = os.scandir

        def refuse(path):
            if Path(path).name == "a":
                raise PermissionError(errno.EACCES, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
        failure, source = read(tmp_path)
        assert (failure.name, failure.error.what, source.name) == ("a", "permission denied", "b.txt")


class TestNames:
    def test_are_relative_to_the_argument(self, tmp_path):
        put(tmp_path / "crawl" / "2024" / "a.txt")
        assert names(read(tmp_path / "crawl")) == ["2024/a.txt"]
        assert names(read(tmp_path / "crawl" / "2024" / "a.txt")) == ["a.txt"]

    def test_get_leading_folders_where_they_would_be_the_same(self, tmp_path):
        files = [put(tmp_path / name) for name in ("p/1/a.txt", "q/1/a.txt", "q/1/b.txt")]
        assert names(read(*files)) == ["p/1/a.txt", "q/1/a.txt", "b.txt"]

    def test_of_folders_get_them_too(self, tmp_path):
        for name in ("p/a.txt", "p/q/a.txt", "q/a.txt", "r/b.txt"):
            put(tmp_path / name)
        found = read(tmp_path / "p", tmp_path / "q", tmp_path / "r")
        assert names(found) == ["p/a.txt", "p/q/a.txt", "q/a.txt", "b.txt"]

    def test_never_meet_after_leading_folders_were_given(self, tmp_path):
        for name in ("x/p/a.txt", "x/q/a.txt", "y/p/a.txt", "y/b.txt"):
            put(tmp_path / name)
        found = read(tmp_path / "x/p", tmp_path / "x/q", tmp_path / "y")
        assert len(set(names(found))) == 4

    def test_one_file_is_read_once(self, tmp_path):
        path = put(tmp_path / "a" / "x.txt")
        notes = []
        assert names(read(path, path, tmp_path, tmp_path / "a", note=notes.append)) == ["a/x.txt"]
        assert len(notes) == 3

    def test_that_are_no_unicode_are_kept(self, tmp_path):
        path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
        try:
            Path(os.fsdecode(path)).write_bytes(b"Hello.")
        except OSError:
            pytest.skip("the file system wants UTF-8")
        (source,) = read(tmp_path)
        assert os.fsencode(source.name) == b"caf\xe9.txt"


class TestFiles:
    def test_named_are_always_tried(self, tmp_path):
        assert names(read(put(tmp_path / "x.json"))) == ["x.json"]

    def test_of_html_are_known_by_ending_or_content(self, tmp_path):
        put(tmp_path / "a.htm")
        put(tmp_path / "b.txt", "\n<!DOCTYPE html><p>Hello.")
        put(tmp_path / "c", '<?xml version="1.0"?>\n<html xmlns="x"><p>Hello.</html>')
        put(tmp_path / "d.txt", "The <html> tag.")
        assert [source.markup for source in read(tmp_path)] == [True, True, True, False]

    def test_carry_the_encoding_of_the_run(self, tmp_path):
        (source,) = read(put(tmp_path / "a.txt"), config=Config(encoding="cp1252"))
        assert source.encoding == "cp1252"

    def test_missing_are_told_with_the_nearest_name(self, tmp_path):
        put(tmp_path / "pages" / "bridge.txt")
        failure = only_failure(tmp_path / "pages" / "brigde.txt")
        assert failure.name == "brigde.txt"
        assert failure.error.hint == 'did you mean "bridge.txt"?'
        assert only_failure(tmp_path / "pagse" / "bridge.txt").error.hint == 'did you mean "pages"?'

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"", "empty"),
            (b" \n\t\r\n", "blanks"),
            (b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG"),
            (bytes(99), "binary"),
        ],
    )
    def test_that_are_no_pages_are_told(self, tmp_path, data, what):
        assert what in only_failure(put(tmp_path / "a.txt", data)).error.what

    def test_that_cannot_be_opened_are_told(self, tmp_path, monkeypatch):
        path = put(tmp_path / "a.txt")

        def refuse(*_):
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        assert only_failure(path).error.what == "permission denied"

    def test_that_are_too_large_are_told_without_reading_them(self, tmp_path):
        path = tmp_path / "a.txt"
        with path.open("wb") as stream:
            stream.truncate(10**12)  # sparse: no disk has it
        failure = only_failure(path)
        assert "1000000 MB is larger" in failure.error.what
        assert "split" in failure.error.hint

    def test_without_an_end_are_told(self):
        assert "larger than a page" in only_failure("/dev/zero").error.what

    def test_of_one_endless_line_are_told(self, tmp_path, monkeypatch):
        monkeypatch.setattr(limits, "LINE_LIMIT", 1000)
        assert "a line is longer" in only_failure(put(tmp_path / "a.txt", "x\n" + "y" * 1001)).error.what
        assert isinstance(read(put(tmp_path / "b.txt", "x" * 1000 + "\r" + "y" * 1000))[0], Source)
        assert isinstance(read(put(tmp_path / "c.html", "<html>" + "y" * 1001))[0], Source)


class TestRows:
    def test_are_sources_of_their_own(self, tmp_path):
        path = put(tmp_path / "a.jsonl", '{"id": 1, "text": "Caf\\u00e9"}\n\n{"text":"Bridge"}')
        one, two = read(path)
        assert (one.name, one.data, one.encoding) == ("a.jsonl#1", "Café".encode(), "utf-8")
        assert (two.name, two.data) == ("a.jsonl#3", b"Bridge")

    def test_come_from_packed_files(self, tmp_path):
        path = put(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text": "One"}\n{"text": "Two"}\n'))
        assert names(read(path)) == ["a.jsonl.gz#1", "a.jsonl.gz#2"]

    def test_of_a_broken_packed_file_are_read_as_far_as_it_goes(self, tmp_path):
        packed = gzip.compress(b'{"text": "One"}\n' + os.urandom(100_000))
        found = read(put(tmp_path / "a.jsonl.gz", packed[:-50_000]))
        assert isinstance(found[0], Source)
        assert found[-1].name == "a.jsonl.gz"
        assert found[-1].row == b""
        assert "broken" in only_failure(put(tmp_path / "b.jsonl.gz", b"no archive")).error.what

    def test_take_the_column_that_is_named(self, tmp_path):
        path = put(tmp_path / "a.ndjson", '{"text": "no", "body": "Hello."}\n')
        assert read(path, config=Config(text_column="body"))[0].data == b"Hello."

    @pytest.mark.parametrize(
        ("row", "what"),
        [
            (b"{", "broken"),
            (b'{"text": "a"', "broken"),
            (b'{"text": "a"} x', "broken"),
            (b'{"text": "a",}', "broken"),
            (b'{"text" "a"}', "broken"),
            (b"{text: 1}", "broken"),
            (b"[1]", "no JSON object"),
            (b"null", "no JSON object"),
            (b'{"id": 1, "body": "x"}', 'no column "text"'),
            (b'{"text": 5}', "holds no string"),
            (b'{"text": null}', "holds no string"),
            (b'{"text": " "}', "holds no text"),
            (b'{"text": "\xff"}', "not UTF-8"),
            (b'{"x": ' + b"[" * 100_000 + b"}", "too deeply"),
        ],
    )
    def test_that_are_broken_fail_alone(self, tmp_path, row, what):
        path = put(tmp_path / "a.jsonl", b'{"text": "One"}\n' + row + b'\n{"text": "Two"}\n')
        one, failure, two = read(path)
        assert (one.data, two.data, failure.name) == (b"One", b"Two", "a.jsonl#2")
        assert what in failure.error.what
        assert failure.error.where == f"{path}, line 2"
        assert failure.error.hint or "object" in what
        assert failure.row == row + b"\n"

    def test_of_two_columns_of_one_name_have_the_last(self):
        assert rows.find_string('{"text": "a", "text": "b"}', "text") == ("b", 22, 25)

    def test_with_numbers_of_any_length_are_read(self, tmp_path):
        row = '{"n": %s, "x": 1e999, "text": "One"}' % ("9" * 10_000)
        assert read(put(tmp_path / "a.jsonl", row))[0].data == b"One"

    def test_with_a_lone_surrogate_are_read(self, tmp_path):
        (source,) = read(put(tmp_path / "a.jsonl", '{"text": "a\\ud800"}'))
        assert source.data == b"a\xed\xa0\x80"

    def test_that_are_too_long_are_told_and_passed_over(self, tmp_path, monkeypatch):
        monkeypatch.setattr(rows, "ROW_LIMIT", 100)
        long = b'{"text": "' + b"x" * 5000 + b'"}\n'
        one, failure, two = read(put(tmp_path / "a.jsonl", b'{"text": "One"}\n' + long + b'{"text": "Two"}'))
        assert (one.data, two.name, failure.row) == (b"One", "a.jsonl#3", b"")
        assert "longer" in failure.error.what

    def test_whose_page_is_too_large_are_told(self, tmp_path, monkeypatch):
        monkeypatch.setattr(rows, "PAGE_LIMIT", 10)
        assert "larger" in only_failure(put(tmp_path / "a.jsonl", '{"text": "Hello, world."}')).error.what

    @pytest.mark.parametrize("data", ["", "\n\n \n"])
    def test_that_are_none_are_told(self, tmp_path, data):
        assert "no rows" in only_failure(put(tmp_path / "a.jsonl", data)).error.what


class TestStandardInput:
    @pytest.fixture
    def stdin(self, monkeypatch):
        def give(data):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))

        return give

    def test_is_a_page(self, stdin):
        stdin(b"\n\nHello.\n{}\n")
        (source,) = read("-")
        assert (source.name, source.data, source.markup) == ("stdin", b"\n\nHello.\n{}\n", False)

    def test_is_html(self, stdin):
        stdin(b"<!doctype html><p>Hello.")
        assert read("-")[0].markup

    def test_is_rows_when_the_first_one_is(self, stdin):
        stdin(b'\n{"text": "One"}\n{"text": "Two"}\n{\n')
        assert names(read("-")) == ["stdin#2", "stdin#3", "stdin#4"]
        stdin(b'{"body": "One"}\n')
        assert names(read("-")) == ["stdin"]

    def test_can_be_empty_or_too_large(self, stdin, monkeypatch):
        stdin(b"")
        assert only_failure("-").error.what == "the page is empty"
        monkeypatch.setattr(limits, "PAGE_LIMIT", 10)
        stdin(b"x" * 11)
        assert "larger" in only_failure("-").error.what

    def test_stands_among_files(self, stdin, tmp_path):
        stdin(b"Hello.")
        assert len(set(names(read("-", put(tmp_path / "stdin"))))) == 2
