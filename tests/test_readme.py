"""The examples of the README are run: what it shows is what happens.

`python3 dev.py readme` writes what happens into it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import corpusclean
from corpusclean import Profile

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SHOWN = ("source", "part", "title", "authors", "date", "publisher", "section", "tags", "language", "text")


def block(name: str) -> str:
    """The text of the block of the README that stands under a comment of that name."""
    found = _block(name).search(README.read_text("utf-8"))
    assert found, f"the README has no block {name!r}"
    return found[2]


def _block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {re.escape(name)} -->\n```\w*\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)


def run(page: Path, command: str, *options: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "corpusclean", command, page.name, *options]
    done = subprocess.run(words, cwd=page.parent, env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def record_of(page: Path) -> str:
    record = json.loads(run(page, "clean"))
    return json.dumps({name: record[name] for name in SHOWN}, ensure_ascii=False, indent=2) + "\n"


def picture_of(page: Path) -> str:
    """What `explain` shows, without the reasons at its end."""
    return run(page, "explain").partition("\nwhy lines went")[0]


def groups_of(folder: Path) -> str:
    """What `dedup` writes of the records of the README, one row laid out."""
    (folder / "records.jsonl").write_bytes(block("records.jsonl").encode())
    run(folder / "records.jsonl", "dedup", "--out", "unique", "--differences")
    [row] = (folder / "unique/groups.jsonl").read_text("utf-8").splitlines()
    [copy] = json.loads(row)["copies"]
    assert copy["differs"]
    return row + "\n"


def write_page(folder: Path) -> Path:
    page = folder / "page.txt"
    page.write_bytes(block("page.txt").encode())
    return page


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write_page(tmp_path)


def test_the_record_is_what_comes_out(page):
    assert block("record") == record_of(page)


def test_the_picture_is_what_explain_shows(page):
    assert block("explain") == picture_of(page)


def test_the_python_example_runs(page, capsys):
    names = {"page": page.read_text("utf-8"), "pages": [page.read_text("utf-8")] * 3}
    exec(block("python").replace("jobs=4", "jobs=1"), names)
    assert names["cleaned"].restore() == page.read_bytes()
    assert "Old bridge" in capsys.readouterr().out


def test_the_groups_are_what_dedup_finds(tmp_path):
    assert block("groups") == groups_of(tmp_path)


def test_the_python_of_duplicates_runs(tmp_path, monkeypatch, capsys):
    pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    records = [json.loads(line) for line in block("records.jsonl").splitlines()]
    names = {"corpusclean": corpusclean, "records": records}
    exec(block("duplicates"), names)
    assert names["found"].groups[0].kept == "courier-1"
    assert "courier-1 [('echo-7'" in capsys.readouterr().out


def test_the_profile_is_one(page):
    told = Profile.read(block("profile"))
    assert told.toml().endswith(block("profile"))
    names = {"corpusclean": corpusclean, "page": page.read_text("utf-8"), "pages": [page.read_text("utf-8")]}
    exec(block("learn"), names)
    assert names["cleaned"].restore() == page.read_bytes()


def test_the_commands_that_are_named_exist():
    text = README.read_text("utf-8")
    named = set(re.findall(r"corpusclean ([a-z]+) ", text)) | set(re.findall(r"dev\.py ([a-z]+)", text))
    assert named >= {"clean", "dedup", "explain", "restore", "rules", "run", "test", "check"}


def update() -> None:
    """Write into the README what its examples give."""
    text = README.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        page = write_page(Path(folder))
        given = {"record": record_of(page), "explain": picture_of(page), "groups": groups_of(Path(folder))}
        for name, now in given.items():
            text = _block(name).sub(lambda found, now=now: found[1] + now + found[3], text)
    README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    update()
