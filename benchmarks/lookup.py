"""What an index is made of: seeds of texts looked up among those of all texts before, and added.

    python benchmarks/lookup.py [--records 100000] [--batch 20000] [duckdb | sqlite3]...

Prints, for each batch, CPU seconds of the join and of adding, and the size of the file. In sqlite3 the seeds are the
key of a table without rowid, entered in order; DuckDB has no index and reads the whole table.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from texts import texts

from corpusclean.dedup.corpus import Corpus
from corpusclean.dedup.kernels import kernels_for

JOIN = "SELECT count(*) FROM probe JOIN seeds USING (key)"


def batches(records: int, size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Seeds, and the numbers of their texts."""
    given = islice((text for text, _ in texts()), records)
    base = 0
    while batch := list(islice(given, size)):
        corpus = Corpus(kernels_for(sys.maxsize), places=False)
        for begin in range(0, len(batch), 256):
            corpus.add(batch[begin : begin + 256])
        keys, edges = corpus.gather_seeds(np.arange(len(batch)))
        yield keys, base + np.repeat(np.arange(len(batch)), np.diff(edges))
        base += len(batch)


def measure(keys: np.ndarray, look: Callable[[], int], add: Callable[[], None], path: Path) -> None:
    begin = time.process_time()
    hits = look()
    middle = time.process_time()
    add()
    end = time.process_time()
    size = path.stat().st_size / 1e6
    print(
        f"  {len(keys):9,} seeds  {hits:9,} hits  join {middle - begin:5.2f} s  "
        f"add {end - middle:5.2f} s  {size:6.0f} MB"
    )


def duckdb(path: Path, records: int, size: int) -> None:
    import duckdb

    file = duckdb.connect(str(path), config={"memory_limit": "500MB", "threads": 2})
    file.execute("CREATE TABLE seeds (key BIGINT, record UINTEGER)")
    for keys, owners in batches(records, size):
        file.register("probe", {"key": keys, "record": owners})
        add = "INSERT INTO seeds SELECT key, record FROM probe"
        measure(keys, lambda: file.execute(JOIN).fetchall()[0][0], lambda add=add: file.execute(add), path)


def sqlite(path: Path, records: int, size: int) -> None:
    file = sqlite3.connect(path)
    file.execute("PRAGMA journal_mode = wal")
    file.execute("PRAGMA cache_size = -400000")
    file.execute("CREATE TABLE seeds (key INTEGER, record INTEGER, PRIMARY KEY (key, record)) WITHOUT ROWID")
    file.execute("CREATE TEMP TABLE probe (key INTEGER, record INTEGER)")

    def look(keys: np.ndarray, owners: np.ndarray) -> int:
        order = np.argsort(keys)
        file.execute("DELETE FROM probe")
        rows = zip(keys[order].tolist(), owners[order].tolist(), strict=True)
        file.executemany("INSERT INTO probe VALUES (?, ?)", rows)
        return int(file.execute(JOIN).fetchone()[0])

    def add() -> None:
        file.execute("INSERT OR IGNORE INTO seeds SELECT key, record FROM probe")
        file.commit()

    for keys, owners in batches(records, size):
        measure(keys, lambda keys=keys, owners=owners: look(keys, owners), add, path)


STORES = {"duckdb": duckdb, "sqlite3": sqlite}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stores", nargs="*", default=list(STORES))
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=20_000)
    given = parser.parse_args()
    for name in given.stores:
        print(name)
        with tempfile.TemporaryDirectory() as folder:
            STORES[name](Path(folder, "seeds"), given.records, given.batch)


if __name__ == "__main__":
    main()
