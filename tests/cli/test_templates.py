"""Profiles on the command line: learned, written, used again."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

TOP = "The Arden Lantern\nLamps and lanes\nRiver talk\n"
END = "Ring the bell\nFriends of the Lantern\nOld lanterns in the attic\n"
STORIES = {
    "Old bridge opens again": "The old bridge over the Arden opens again on Monday, the city said.",
    "Small theatre moves": "Three winters after the fire, the company moves into the old store at the harbour.",
    "Swans leave the weir": "Nobody knows why they left a month too early, with six young ones that can hardly swim.",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for n, (title, story) in enumerate(STORIES.items()):
        (folder / f"{n}.txt").write_text(f"{TOP}\n{title}\n\n{story}\n\n{END}", encoding="utf-8")
    return folder


def texts(stdout: str) -> list[str]:
    return [json.loads(line)["text"] for line in stdout.splitlines()]


def test_a_run_writes_what_it_learned(cli, site, tmp_path):
    done = cli("clean", site, "--out", "cleaned")
    assert done.returncode == 0
    assert "what recurs, 6 lines of 1 site: cleaned" in done.stderr
    learned = tomllib.loads((tmp_path / "cleaned/profile.toml").read_text("utf-8"))
    assert learned["sites"]["."]["lines"]["Ring the bell"] == 3
    manifest = json.loads((tmp_path / "cleaned/manifest.json").read_text("utf-8"))
    assert manifest["settings"]["templates"] is True
    assert (manifest["profile"]["sites"], manifest["profile"]["lines"]) == (1, 6)
    records = (tmp_path / "cleaned/records.jsonl").read_text("utf-8")
    assert texts(records) == list(STORIES.values())
    assert texts(cli("clean", site).stdout) == list(STORIES.values())


def test_without_templates_there_is_no_profile(cli, site, tmp_path):
    cli("clean", site, "--out", "cleaned")
    done = cli("clean", site, "--out", "cleaned", "--no-templates")
    assert done.returncode == 0
    assert not (tmp_path / "cleaned/profile.toml").exists()
    assert "profile" not in json.loads((tmp_path / "cleaned/manifest.json").read_text("utf-8"))
    assert "Friends of the Lantern" in (tmp_path / "cleaned/records.jsonl").read_text("utf-8")


def test_a_profile_is_used_again(cli, site, tmp_path):
    cli("clean", site, "--out", "cleaned")
    page = (site / "0.txt").read_bytes()
    assert texts(cli("clean", "-", "--profile", "cleaned/profile.toml", stdin=page).stdout) == [
        STORIES["Old bridge opens again"]
    ]
    shown = cli("explain", site / "0.txt", "--profile", "cleaned/profile.toml")
    assert "template.line" in shown.stdout
    assert cli("clean", site, "--profile", "cleaned/profile.toml", "--out", "again").returncode == 0
    first, second = (tmp_path / folder / "profile.toml" for folder in ("cleaned", "again"))
    assert first.read_bytes() == second.read_bytes()
    names = ("records.jsonl", "removed.jsonl")
    assert [(tmp_path / "again" / name).read_bytes() for name in names] == [
        (tmp_path / "cleaned" / name).read_bytes() for name in names
    ]


def test_nothing_is_learned_from_standard_input_but_from_the_files_beside_it(cli, site):
    done = cli("clean", site, "-", stdin=(site / "0.txt").read_bytes().replace(b"Monday", b"Tuesday"))
    assert done.returncode == 0
    assert len(texts(done.stdout)) == 3 or "Friends" not in texts(done.stdout)[-1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_read_once(cli, site, tmp_path):
    import threading

    os.mkfifo(tmp_path / "pipe.txt")
    page = (site / "0.txt").read_bytes()
    writer = threading.Thread(target=(tmp_path / "pipe.txt").write_bytes, args=(page,), daemon=True)
    writer.start()
    done = cli("clean", "pipe.txt", site / "1.txt", site / "2.txt")
    writer.join(10)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3


def test_the_number_of_jobs_changes_no_byte_of_what_is_learned(cli, site, tmp_path):
    cli("clean", site, "--out", "one")
    cli("clean", site, "--out", "many", "--jobs", "2")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "many" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"format = 1\n[sites.a]\npages = 1\n", '"pages" must be'),
        (b"Hello", "this is no TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_broken_profile_is_a_wrong_call(cli, site, tmp_path, data, what):
    if data is not None:
        (tmp_path / "my.toml").write_bytes(data)
    done = cli("clean", site, "--profile", "my.toml")
    assert (done.returncode, done.stdout) == (2, "")
    first, where, hint = done.stderr.splitlines()
    assert what in first
    assert where.startswith("  in my.toml")
    assert hint.startswith("  ")


def test_a_profile_and_no_templates_exclude_each_other(cli, site):
    cli("clean", site, "--out", "cleaned")
    done = cli("clean", site, "--profile", "cleaned/profile.toml", "--no-templates")
    assert done.returncode == 2
    assert "--no-templates" in done.stderr


def test_a_run_restores_what_templates_took(cli, site, tmp_path):
    cli("clean", site, "--out", "cleaned")
    assert cli("restore", "cleaned", "--out", "back").returncode == 0
    for path in site.iterdir():
        assert path.read_bytes() == (tmp_path / "back" / path.name).read_bytes()
