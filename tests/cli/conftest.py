"""The command line as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
Cli = Callable[..., "subprocess.CompletedProcess[str]"]
NAV = "Home | News | Sport | Contact\n"
ARTICLE = """The old bridge opens again
By Jane Miller | May 3, 2021

The old bridge over the river, which was closed for almost nine years, opens again to traffic on Monday, the city said.

"We have waited for this day for a long time," the mayor told reporters on the northern bank on Friday afternoon.
"""
OTHER = """Small theatre finds a new house
By Tom Baker | May 4, 2021

Three winters after the fire, the company around Ruth Keller moves into the former grain store at the harbour.

Its first evening there, in September, is to be a play without words for five actors and a cello.
"""
SHARE = "Share on Facebook | Tweet | Email | Print\n"


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a process that is to find the package, with nothing that changes its output."""
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, [str(SRC), kept.get("PYTHONPATH", "")]))}


@pytest.fixture
def cli(tmp_path: Path, environment: dict[str, str]) -> Cli:
    """Run `corpusclean ARGS` in an empty folder and give what it printed and its exit code."""

    def run(*arguments: str | Path, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "corpusclean", *map(str, arguments)],
            input=stdin, capture_output=True, cwd=tmp_path, env=environment | more, timeout=120, check=False,
        )  # fmt: skip
        texts = (stream.decode("utf-8").replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(done.args, done.returncode, *texts)

    return run


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two articles among boilerplate, and a Persian one."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(NAV + "\n" + ARTICLE + "\n" + SHARE, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER + "\n" + SHARE, encoding="utf-8")
    (folder / "fa.txt").write_text(
        "پل قدیمی دوباره باز می‌شود\n\nپل قدیمی روی رودخانه که نزدیک به نه سال بسته بود، روز دوشنبه "
        "دوباره به روی خودروها باز می‌شود. شهرداری این خبر را روز جمعه اعلام کرد و گفت که کارها تمام شد.\n",
        encoding="utf-8",
    )
    return folder
