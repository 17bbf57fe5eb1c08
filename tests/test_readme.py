"""The examples of the README are run: what it shows is what happens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def block(name: str) -> str:
    """The text of the block of the README that stands under a comment of that name."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found, f"the README has no block {name!r}"
    return found[1]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(block("page.txt").encode())
    return path


def run(page: Path, *arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "corpusclean", *arguments, page.name]
    done = subprocess.run(command, cwd=page.parent, env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def test_the_record_is_what_comes_out(page):
    record = json.loads(run(page, "clean"))
    shown = json.loads(block("record"))
    assert {name: record[name] for name in shown} == shown
    assert set(record) - set(shown) <= {
        "spans",
        "repeats",
        "tags",
        "first_published",
        "duplicate_of",
        "section",
        "dateline",
    }


def test_the_picture_is_what_explain_shows(page):
    shown = block("explain")
    assert shown in run(page, "explain")
    assert shown.count("\n") > 10


def test_the_python_example_runs(page):
    names = {"page": page.read_text("utf-8"), "pages": [page.read_text("utf-8")] * 3}
    exec(block("python").replace("jobs=4", "jobs=1"), names)
    assert names["cleaned"].restore() == page.read_bytes()


def test_the_commands_that_are_named_exist():
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"corpusclean ([a-z]+) ", text)) | set(re.findall(r"dev\.py ([a-z]+)", text))
    assert {"clean", "explain", "restore", "rules", "run", "test", "check"} <= named
