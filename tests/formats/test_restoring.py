"""Whole files again, from an output folder alone."""

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpusclean.config import Config
from corpusclean.decode import looks_binary
from corpusclean.errors import ConfigError, Failure, InputError
from corpusclean.formats import read_sources, restore_folder, write_folder
from corpusclean.formats.limits import looks_like_markup
from corpusclean.model import Source


def run(folder, out, clean):
    found = read_sources([str(folder)], Config())
    write_folder((item if isinstance(item, Failure) else clean(item) for item in found), out, Config())


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def there_and_back(given_files, clean):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for inside, data in given_files.items():
            (root / "in" / inside).parent.mkdir(parents=True, exist_ok=True)
            (root / "in" / inside).write_bytes(data)
        run(root / "in", root / "out", clean)
        restored = restore_folder(root / "out", root / "back")
        return restored, files(root / "back") if (root / "back").exists() else {}


def test_a_folder_comes_back_whole(toy_clean):
    given_files = {
        "a.txt": b"One.\r\nTwo &amp; three.\r\n\r\n",
        "b/c.txt": "Brücke\tim  Bau\n".encode("cp1252"),
        "b/d": "Brücke\n".encode("utf-16"),
        "rows.jsonl": b'\xef\xbb\xbf{"id": 1, "text": "Caf\\u00e9\\n\\nBr\xc3\xbccke"}\r\n\n{"text":"a\\/b"}\n{]\n\n',
        "last": b"One.",
    }
    restored, back = there_and_back(given_files, toy_clean)
    assert back == given_files
    assert (restored.files, restored.failures) == (5, [])


ROW_TEXTS = st.one_of(
    st.text(), st.lists(st.sampled_from(["One ", "\n", "é", "\ud800", "&amp;", '"', "\\"])).map("".join)
)
ROWS = st.one_of(
    st.builds(
        lambda text, ascii_only, more, tight: json.dumps(
            {**more, "text": text, "z": 1}, ensure_ascii=ascii_only, separators=(",", ":") if tight else None
        ).encode("utf-8", "surrogatepass"),
        ROW_TEXTS,
        st.booleans(),
        st.dictionaries(
            st.text(max_size=5), st.one_of(st.none(), st.floats(), st.text(max_size=5)), max_size=2
        ),
        st.booleans(),
    ),
    st.binary(max_size=30),
    st.sampled_from(
        [b"", b" ", b"\r", b'{"text": "\\u0041\\/"}', b'\t{"text" : "One"} ', b'{"text": "\ttab"}', b"[]"]
    ),
)


@given(st.lists(ROWS, max_size=6), st.sampled_from([b"\n", b"\r\n"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
@settings(max_examples=150, deadline=None)
def test_any_rows_come_back(toy_clean, rows, end, mark):
    data = mark + end.join(rows)
    restored, back = there_and_back({"a.jsonl": data}, toy_clean)
    assert restored.failures == []
    assert back == ({"a.jsonl": data} if data.removeprefix(b"\xef\xbb\xbf").strip() else {})


@given(
    st.dictionaries(
        st.sampled_from(["a", "a.txt", "a/b", "b/a.txt", "c"]), st.binary(max_size=200), max_size=4
    )
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_any_files_come_back_unless_they_failed(toy_clean, given_files):
    if "a" in given_files:
        given_files.pop("a/b", None)
    restored, back = there_and_back(given_files, toy_clean) if given_files else (None, {})
    assert restored is None or restored.failures == []
    assert back.items() <= given_files.items()
    pages = [name for name, data in given_files.items() if data.strip() and not looks_binary(data)]
    assert all(name in back for name in pages if not looks_like_markup(given_files[name]))


def test_html_comes_back_as_its_flat_text(toy_clean):
    assert there_and_back({"a.html": b"<p>Flat."}, toy_clean)[1] == {"a.html": b"Flat.\n"}


def test_packed_rows_come_back_packed(toy_clean):
    rows = b'{"text": "One"}\n{"text": "Two"}\n'
    back = there_and_back({"a.jsonl.gz": gzip.compress(rows)}, toy_clean)[1]
    assert gzip.decompress(back["a.jsonl.gz"]) == rows


def test_a_row_that_could_not_be_cleaned_comes_back(tmp_path, toy_clean):
    failure = Failure("a.jsonl#1", InputError("a mistake"), b'{"text": "\xff"}\n')
    write_folder([failure], tmp_path / "out", Config())
    restore_folder(tmp_path / "out", tmp_path / "back")
    assert files(tmp_path / "back") == {"a.jsonl": b'{"text": "\xff"}\n'}


def test_a_file_of_which_a_row_was_not_kept_is_told(tmp_path, toy_clean):
    failure = Failure("a.jsonl#1", InputError("this row is too long"), b"")
    write_folder([failure, toy_clean(Source("b.txt", b"One."))], tmp_path / "out", Config())
    restored = restore_folder(tmp_path / "out", tmp_path / "back")
    assert files(tmp_path / "back") == {"b.txt": b"One."}
    assert "not kept" in restored.failures[0].error.what


class TestAChangedFolder:
    @pytest.fixture
    def out(self, tmp_path, toy_clean):
        for name in ("a.txt", "b.txt", "c.txt"):
            (tmp_path / "in").mkdir(exist_ok=True)
            (tmp_path / "in" / name).write_bytes(b"One.\n\nTwo.\n\nThree.\n\nFour.\n")
        run(tmp_path / "in", tmp_path / "out", toy_clean)
        return tmp_path / "out"

    def change(self, path, old, new):
        data = path.read_text()
        assert old in data
        path.write_text(data.replace(old, new, 1))

    def test_is_told_by_the_digest_and_the_others_come_back(self, out, tmp_path):
        self.change(out / "records.jsonl", "Two.", "Tow.")
        restored = restore_folder(out, tmp_path / "back")
        (failure,) = restored.failures
        assert failure.name == "a.txt"
        assert "differ" in failure.error.what
        assert failure.error.hint
        assert sorted(files(tmp_path / "back")) == ["b.txt", "c.txt"]

    def test_is_told_when_a_row_is_missing(self, out, tmp_path):
        rows = (out / "removed.jsonl").read_text().splitlines(keepends=True)
        (out / "removed.jsonl").write_text("".join(rows[1:]))
        (failure,) = restore_folder(out, tmp_path / "back").failures
        assert "missing" in failure.error.what

    def test_is_told_when_a_source_is_missing(self, out, tmp_path):
        rows = (out / "sources.jsonl").read_text().splitlines(keepends=True)
        (out / "sources.jsonl").write_text("".join(rows[:-1]))
        with pytest.raises(InputError, match="not where"):
            restore_folder(out, tmp_path / "back")

    def test_is_told_when_a_row_cannot_be_read(self, out, tmp_path):
        self.change(out / "sources.jsonl", "{", "[")
        with pytest.raises(InputError) as caught:
            restore_folder(out, tmp_path / "back")
        assert caught.value.where.endswith("sources.jsonl, line 1")

    def test_is_told_when_a_file_is_missing(self, out, tmp_path):
        (out / "repaired.jsonl").unlink()
        with pytest.raises(InputError, match="missing"):
            restore_folder(out, tmp_path / "back")

    @pytest.mark.parametrize("name", ["../x.txt", "/x.txt", "a/../../x.txt", "x\\u0000y", "..", ""])
    def test_cannot_write_outside(self, out, tmp_path, name):
        for table in ("records", "removed", "sources"):
            path = out / f"{table}.jsonl"
            path.write_text(path.read_text().replace('"source":"b.txt"', f'"source":"{name}"'))
        (failure,) = restore_folder(out, tmp_path / "back").failures
        assert "leads out" in failure.error.what
        assert sorted(files(tmp_path)) == sorted([
            *(f"in/{name}.txt" for name in "abc"), "back/a.txt", "back/c.txt",
            *(f"out/{path.name}" for path in out.iterdir()),
        ])  # fmt: skip

    def test_with_one_name_twice_is_told(self, out, tmp_path):
        for table in ("records", "removed", "sources"):
            path = out / f"{table}.jsonl"
            path.write_text(path.read_text().replace('"source":"c.txt"', '"source":"a.txt"'))
        (failure,) = restore_folder(out, tmp_path / "back").failures
        assert "two sources" in failure.error.what


def test_only_an_empty_folder_is_restored_into(tmp_path, toy_clean):
    write_folder([], tmp_path / "out", Config())
    (tmp_path / "back").mkdir()
    restore_folder(tmp_path / "out", tmp_path / "back")
    with pytest.raises(ConfigError, match="empty folder"):
        restore_folder(tmp_path / "out", tmp_path / "out")


def test_a_folder_without_a_run_is_told(tmp_path):
    with pytest.raises(InputError, match="no run"):
        restore_folder(tmp_path, tmp_path / "back")
