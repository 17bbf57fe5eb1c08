"""An index that lasts: it says what one run over everything would say, and survives being killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean import ConfigError, CorpuscleanError, Findings, Index, InputError, compare_records
from corpusclean.dedup.index import entries, opening
from corpusclean.dedup.index.store import Store

duckdb = pytest.importorskip("duckdb")
SRC = Path(__file__).resolve().parents[2] / "src"
WORDS = [
    f"{a}{b}{c}"
    for a in ("ba", "di", "ko", "mu", "re")
    for b in ("la", "ni", "so", "tu")
    for c in "bdgklmnrst"
]
NOTICE = (
    "The views expressed in this article are those of the author and do not necessarily reflect those of the "
    "publisher. Support independent journalism by becoming a member today from as little as two pounds a month."
)
Records = list[tuple[str, str]]


def text(rng: random.Random, words: int = 60) -> str:
    return " ".join(rng.choices(WORDS, k=words))


def edited(body: str, rng: random.Random) -> str:
    words = body.split(" ")
    words[rng.randrange(len(words))] = "xyzzy"
    return " ".join(words)


def crawl(seed: int, articles: int, copies: int) -> Records:
    """Articles of three paragraphs, some of which stand in several of them, and copies with a word changed."""
    rng = random.Random(seed)
    shared = [text(rng, 40) for _ in range(3)]
    bodies = [
        "\n".join([text(rng), rng.choice(shared) if rng.random() < 0.4 else text(rng, 40), text(rng)])
        for _ in range(articles)
    ]
    bodies += [edited(rng.choice(bodies), rng) for _ in range(copies)]
    bodies += [rng.choice(bodies).upper(), "Short.", "short!", ""]
    rng.shuffle(bodies)
    return [(str(n), body) for n, body in enumerate(bodies)]


def who(found: Findings) -> dict[str, tuple[str, float]]:
    return {copy.id: (group.kept, copy.similarity) for group in found.groups for copy in group.copies}


def where(found: Findings) -> set[tuple[object, ...]]:
    return {
        (one.kept.id, one.kept.start, one.kept.end, copy.id, copy.start, copy.end, copy.similarity)
        for one in found.passages
        for copy in one.copies
    }


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(0, 8), st.data())
def test_two_days_through_an_index_are_as_one_run_over_both(
    seed: int, articles: int, copies: int, data: st.DataObject
) -> None:
    records = crawl(seed, articles, copies)
    cut = data.draw(st.integers(0, len(records)))
    with TemporaryDirectory() as folder:
        path = Path(folder, "seen.index")
        with Index(path) as index:
            days = [index.add(records[:cut])]
        with Index(path, read_only=True) as index:
            compared = index.compare(records[cut:])
        with Index(path) as index:
            days.append(index.add(records[cut:]))
    both = compare_records(records)
    assert who(days[0]) | who(days[1]) == who(both)
    assert where(days[0]) | where(days[1]) == where(both)
    assert (who(compared), where(compared)) == (who(days[1]), where(days[1]))


def test_batches_and_repetition_change_nothing(tmp_path, monkeypatch):
    records = crawl(3, 40, 30)
    monkeypatch.setattr(entries, "BATCH", 7)
    with Index(tmp_path / "seen.index", differences=True) as index:
        found = index.add(records)
        assert found == index.add(records)
        assert len(index) == len(records)
    assert found == compare_records(records, differences=True)


def test_numbers_are_places_in_the_input_and_old_records_have_none(tmp_path):
    records = crawl(5, 3, 0)[:2]
    with Index(tmp_path / "seen.index") as index:
        index.add([("old", records[0][1]), ("other", "x")])
        found = index.add([("a", records[1][1]), ("b", records[0][1])])
    [group] = found.groups
    assert (group.kept, group.number, group.copies[0].id, group.copies[0].number) == ("old", -1, "b", 1)


def test_the_same_id_with_another_text_is_refused_and_the_old_one_stays(tmp_path):
    with Index(tmp_path / "seen.index") as index:
        index.add([("a", "One text.")])
        found = index.add([("a", "Another text."), ("b", "A third."), ("b", "A fourth.")])
        assert [number for number, _ in found.refused] == [0, 2]
        assert 'another text under the id "a"' in found.refused[0][1]
        assert len(index) == 2
        assert index.add([("a", "One text.")]).refused == ()


def test_what_the_database_cannot_do_is_told_and_what_was_added_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "seen.index"
    with Index(path) as index:
        index.add([("a", "One text.")])

        def full(self, *arguments):
            raise duckdb.IOException("no space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "add_passages", full)
            with pytest.raises(CorpuscleanError, match="the index cannot go on: no space left"):
                index.add([("b", "Another text.")])
        assert len(index) == 1
        index.add([("b", "Another text.")])
        assert len(index) == 2


def test_records_need_ids(tmp_path):
    with Index(tmp_path / "seen.index") as index, pytest.raises(InputError, match="no id"):
        index.add([{"text": "Hello."}])


def test_odd_ids_and_texts_come_back(tmp_path):
    odd = [
        ("\ud800", "A lone \udfff surrogate, and\0a NUL, among words that are there twice."),
        ("", ""),
        ("'; --", ""),
    ]
    with Index(tmp_path / "seen.index") as index:
        index.add(odd)
        found = index.add([("n", odd[0][1])])
    assert [(group.kept, group.copies[0].id) for group in found.groups] == [("\ud800", "n")]


def test_a_notice_that_many_records_have_makes_no_copies_and_brings_few_of_them(tmp_path, monkeypatch):
    rng = random.Random(1)
    monkeypatch.setattr(entries, "BATCH", 50)
    asked: list[int] = []
    related = Store.related

    def counted(self, *arguments):
        numbers, common = related(self, *arguments)
        asked.append(len(numbers))
        return numbers, common

    monkeypatch.setattr(Store, "related", counted)
    with Index(tmp_path / "seen.index") as index:
        found = index.add((str(n), f"{text(rng, 40)}\n{NOTICE}") for n in range(300))
    assert found.groups == ()
    [passage] = found.passages
    assert (passage.kept.id, len(passage.copies)) == ("0", 299)
    assert max(asked) <= 32


KILLED = """
import json, os, signal, sys
from corpusclean import Index
from corpusclean.dedup.index import entries
from corpusclean.dedup.index.store import Store
entries.BATCH = 10
path, records, name, times = sys.argv[1:]
method, left = getattr(Store, name), [int(times)]
def dying(self, *arguments):
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return method(self, *arguments)
setattr(Store, name, dying)
with Index(path) as index:
    index.add(map(tuple, json.load(open(records))))
"""


@pytest.mark.parametrize("name", ["known", "add_records", "add_seeds", "add_passages"])
@pytest.mark.parametrize("times", [0, 3])
def test_a_run_that_is_killed_goes_on_where_it_stopped(tmp_path, monkeypatch, name, times):
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("there is no SIGKILL here")
    records = crawl(9, 30, 20)
    (tmp_path / "records.json").write_text(json.dumps(records))
    path = tmp_path / "seen.index"
    words = [sys.executable, "-c", KILLED, str(path), str(tmp_path / "records.json"), name, str(times)]
    done = subprocess.run(words, env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    monkeypatch.setattr(entries, "BATCH", 10)
    with Index(tmp_path / "whole.index") as index:
        expected = index.add(records)
    with Index(path, read_only=True) as index:
        assert len(index) == 10 * times
    with Index(path) as index:
        assert len(index) == 10 * times
        assert index.add(records) == expected
        again = index.add([("new", records[0][1])])
    with Index(tmp_path / "whole.index") as index:
        assert index.add([("new", records[0][1])]) == again


HOLDER = """
import sys
from corpusclean import Index
with Index(sys.argv[1], read_only=sys.argv[2] == "read") as index:
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("holder", "mine", "free"), [("read", "read", True), ("write", "read", False), ("read", "write", False)]
)
def test_several_may_read_and_one_may_write(tmp_path, holder, mine, free):
    path = tmp_path / "seen.index"
    with Index(path) as index:
        index.add([("a", "Hello.")])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), holder],
        env=os.environ | {"PYTHONPATH": str(SRC)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        assert other.stdout.readline() == b"open\n"
        try:
            if free:
                with Index(path, read_only=True) as index:
                    assert len(index) == 1
            else:
                with pytest.raises(ConfigError, match="in use by another process"):
                    Index(path, read_only=mine == "read")
        finally:
            other.stdin.close()


def test_what_is_no_index_is_told(tmp_path, monkeypatch):
    (tmp_path / "text").write_text("This is a text.")
    with pytest.raises(ConfigError, match="no index of corpusclean"):
        Index(tmp_path / "text")
    duckdb.connect(str(tmp_path / "other.db")).execute("CREATE TABLE t (x INTEGER)").close()
    with pytest.raises(ConfigError, match="database is no index"):
        Index(tmp_path / "other.db")
    with pytest.raises(ConfigError, match="there is no index"):
        Index(tmp_path / "none", read_only=True)
    (tmp_path / "cut").write_bytes((tmp_path / "other.db").read_bytes()[:5000])
    with pytest.raises(ConfigError, match="cannot be opened"):
        Index(tmp_path / "cut")


def test_an_index_that_was_made_otherwise_is_told(tmp_path, monkeypatch):
    path = tmp_path / "seen.index"
    Index(path, passages=False).close()
    with pytest.raises(ConfigError, match="made without passages"):
        Index(path)
    with pytest.raises(ConfigError, match="made without differences"):
        Index(path, passages=False, differences=True)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "FORMAT", 2)
        with pytest.raises(ConfigError, match="the index has format 1, this is format 2"):
            Index(path, passages=False)
    monkeypatch.setattr(opening, "fingerprint", lambda: "0")
    with pytest.raises(ConfigError, match="made with other hashes"):
        Index(path, passages=False)


def test_an_index_without_passages_finds_the_same_groups(tmp_path):
    records = crawl(2, 20, 10)
    with Index(tmp_path / "seen.index", passages=False) as index:
        found = index.add(records)
    assert (found.groups, found.passages) == (compare_records(records).groups, ())
