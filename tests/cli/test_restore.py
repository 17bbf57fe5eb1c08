"""`corpusclean restore`: the input bytes again, from the output folder alone."""

from __future__ import annotations

import shutil

AWKWARD = {
    "crlf.txt": b"Home | News\r\n\r\nThe bridge opens on Monday, the city said on Friday.\r\nIt was closed.\r\n",
    "bom.txt": b"\xef\xbb\xbfThe bridge opens on Monday, the city said on Friday afternoon.\n",
    "latin.txt": "Die Brücke öffnet am Montag, wie die Stadt am Freitag mitteilte.\n".encode("latin-1"),
    "stray.txt": b"The caf\xe9 opens again \xff on Monday, said the owner \xe2\x80\x94 at last.",
    "deep/er/a.txt": b"  The bridge opens\n\n\n on Monday,   the city said on Friday afternoon.   \n\n",
}


def test_files_come_back_byte_for_byte(cli, tmp_path):
    for name, data in AWKWARD.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert cli("clean", "in", "--out", "cleaned").returncode == 0
    shutil.rmtree(tmp_path / "in")
    done = cli("restore", "cleaned", "--out", "back")
    assert (done.returncode, done.stdout) == (0, "")
    back = tmp_path / "back"
    found = {
        path.relative_to(back).as_posix(): path.read_bytes() for path in back.rglob("*") if path.is_file()
    }
    assert found == AWKWARD
    assert "5 files" in done.stderr


def test_json_lines_come_back(cli, tmp_path):
    data = b'{"id": 1, "text": "The bridge opens on Monday, the city said.\\nShare"}\n\n{"text": "Tweet\\u00e9"}\n'
    (tmp_path / "pages.jsonl").write_bytes(data)
    assert cli("clean", "pages.jsonl", "--out", "cleaned").returncode == 0
    assert cli("restore", "cleaned", "--out", "back").returncode == 0
    assert (tmp_path / "back/pages.jsonl").read_bytes() == data


def test_a_folder_that_is_no_output_folder_is_refused(cli, pages):
    done = cli("restore", pages, "--out", "back")
    assert done.returncode in {1, 2}
    assert done.stderr.startswith("corpusclean: ")
    assert "pages" in done.stderr
    assert "Traceback" not in done.stderr


def test_files_that_are_there_are_not_overwritten(cli, pages, tmp_path):
    assert cli("clean", pages, "--out", "cleaned").returncode == 0
    (tmp_path / "back").mkdir()
    (tmp_path / "back/a.txt").write_text("mine", encoding="utf-8")
    done = cli("restore", "cleaned", "--out", "back")
    assert done.returncode == 2
    assert "in back" in done.stderr
    assert (tmp_path / "back/a.txt").read_text("utf-8") == "mine"


def test_a_changed_output_folder_is_told(cli, pages, tmp_path):
    assert cli("clean", pages, "--out", "cleaned").returncode == 0
    records = tmp_path / "cleaned/records.jsonl"
    records.write_text(records.read_text("utf-8").replace("mayor", "major"), encoding="utf-8")
    done = cli("restore", "cleaned", "--out", "back")
    assert done.returncode == 1
    assert "a.txt" in done.stderr
    assert (tmp_path / "back/fa.txt").read_bytes() == (pages / "fa.txt").read_bytes()
