"""`corpusclean clean` as a process: results, messages, exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FILES = {"records.jsonl", "removed.jsonl", "repaired.jsonl", "manifest.json"}


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_records_go_to_standard_output_as_json_lines(cli, pages):
    done = cli("clean", pages)
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["source"] for record in records] == ["a.txt", "b.txt", "fa.txt"]
    assert [record["language"] for record in records] == ["en", "en", "fa"]
    assert records[0]["authors"] == ["Jane Miller"]
    assert "Share on" not in done.stdout


def test_out_writes_the_folder_and_nothing_to_standard_output(cli, pages, tmp_path):
    done = cli("clean", pages, "--out", "cleaned")
    assert (done.returncode, done.stdout) == (0, "")
    assert set(tree(tmp_path / "cleaned")) >= FILES
    assert len(rows(tmp_path / "cleaned/records.jsonl")) == 3


def test_both_ways_give_the_same_records(cli, pages, tmp_path):
    cli("clean", pages, "--out", "cleaned")
    assert cli("clean", pages).stdout == (tmp_path / "cleaned/records.jsonl").read_text("utf-8")


def test_the_summary_is_on_standard_error_and_adds_up(cli, pages, tmp_path):
    done = cli("clean", pages, "--out", "cleaned")
    assert done.stderr.startswith("3 pages, 3 records\n")
    numbers = {
        name: int(n.replace(",", ""))
        for name, n in re.findall(r"^ +([a-z]+) +([\d,]+) ", done.stderr, re.MULTILINE)
    }
    spans = [span for record in rows(tmp_path / "cleaned/records.jsonl") for span in record["spans"]]
    assert numbers.pop("kept") == sum(end - start for start, end in spans)
    assert numbers.pop("removed") == sum(numbers.values()) > 0
    assert "corpusclean explain" in done.stderr


def test_quiet_says_nothing(cli, pages):
    assert cli("clean", pages, "--out", "cleaned", "--quiet").stderr == ""


def test_no_progress_without_a_terminal(cli, pages):
    assert "\r" not in cli("clean", pages, "--out", "cleaned").stderr


def test_standard_input_is_a_page(cli, pages):
    done = cli("clean", "-", stdin=(pages / "a.txt").read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "The old bridge opens again"


def test_json_lines_have_the_column_that_was_named(cli, pages, tmp_path):
    row = json.dumps({"id": 7, "body": (pages / "a.txt").read_text("utf-8")})
    (tmp_path / "pages.jsonl").write_text(row + "\n", encoding="utf-8")
    done = cli("clean", "pages.jsonl", "--text-column", "body")
    assert done.returncode == 0
    assert json.loads(done.stdout)["date"] == "2021-05-03"


def test_html_is_flattened(cli, tmp_path):
    text = (
        "The old bridge over the river, closed for almost nine years, opens again on Monday, the city said."
    )
    (tmp_path / "a.html").write_text(
        f"<html><body><h1>Open</h1><p>{text}</p></body></html>", encoding="utf-8"
    )
    assert json.loads(cli("clean", "a.html").stdout)["text"] == text


def test_a_declared_encoding_is_used(cli, tmp_path, pages):
    text = (pages / "fa.txt").read_text("utf-8").replace("\u200c", "")
    (tmp_path / "fa.txt").write_bytes(text.encode("iso8859-6", "ignore"))
    assert cli("clean", "fa.txt", "--encoding", "iso-8859-6").returncode == 0


def test_a_missing_path_fails_and_the_others_are_written(cli, pages, tmp_path):
    done = cli("clean", pages, "missing.txt", "--out", "cleaned")
    assert done.returncode == 1
    assert "missing.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(rows(tmp_path / "cleaned/records.jsonl")) == 3
    assert "missing.txt" in (tmp_path / "cleaned/manifest.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data"), [("empty.txt", b""), ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)]
)
def test_a_bad_file_is_told_with_what_where_and_what_to_try(cli, pages, name, data):
    (pages / name).write_bytes(data)
    done = cli("clean", pages, "--quiet")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 3
    what, where, hint = done.stderr.splitlines()[:3]
    assert what.startswith("corpusclean: ")
    assert where.startswith("  in ")
    assert name in where
    assert hint.startswith("  ")


def test_a_folder_without_pages_is_a_failed_input(cli, tmp_path):
    (tmp_path / "empty").mkdir()
    done = cli("clean", "empty")
    assert (done.returncode, done.stdout) == (1, "")
    assert "empty" in done.stderr


def test_a_folder_with_other_files_is_not_overwritten_without_force(cli, pages, tmp_path):
    (tmp_path / "cleaned").mkdir()
    (tmp_path / "cleaned/thesis.txt").write_text("mine", encoding="utf-8")
    done = cli("clean", pages, "--out", "cleaned")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--force" in done.stderr
    assert list(tree(tmp_path / "cleaned")) == ["thesis.txt"]
    assert cli("clean", pages, "--out", "cleaned", "--force").returncode == 0
    assert (tmp_path / "cleaned/thesis.txt").read_text("utf-8") == "mine"


def test_the_number_of_jobs_changes_no_byte(cli, pages, tmp_path):
    for n in range(12):
        (pages / f"more-{n}.txt").write_text(
            f"Page {n}\n\n" + f"The bridge number {n} opens on Monday. " * 4, "utf-8"
        )
    assert cli("clean", pages, "--out", "one").returncode == 0
    assert cli("clean", pages, "--out", "many", "--jobs", "3").returncode == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "many")


def test_a_reader_that_leaves_ends_the_run_quietly(environment, pages, tmp_path):
    many = tmp_path / "many.jsonl"
    page = (pages / "a.txt").read_text("utf-8")
    many.write_text("".join(json.dumps({"text": f"{page}\nNumber {n}."}) + "\n" for n in range(400)), "utf-8")
    command = [sys.executable, "-m", "corpusclean", "clean", str(many), "--quiet"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to the whole group")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_told_and_leaves_no_half_written_folder(environment, tmp_path, jobs):
    command = [sys.executable, "-m", "corpusclean", "clean", "-", "pages", "--out", "cleaned", "--jobs", jobs]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # a shell makes what it starts in the background deaf to Ctrl-C, and the tests may be among that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        time.sleep(2)  # it now waits for its standard input
        os.killpg(process.pid, signal.SIGINT)
        told = process.stderr.read().decode()
        assert process.wait(30) == 130
    assert told.strip().startswith("corpusclean: stopped")
    assert "Traceback" not in told
    assert not (tmp_path / "cleaned").exists()


@pytest.mark.shared
def test_the_seed_pages_give_records(cli, shared):
    done = cli("clean", shared / "seeds", "--jobs", "2")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 16
