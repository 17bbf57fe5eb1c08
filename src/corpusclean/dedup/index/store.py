"""What is asked of the file of an index, and what is written to it. Numbers count its records from 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..candidates import FAMILIES
from ..findings import Asked
from .opening import open_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CAP = 32  # records that are entered under one seed
FIRST, TRIED = 3, 16  # records with a seed, and records in all, that one text is compared with
SHORT = 12  # seeds of a text that needs to share only one
_READ = 256

# A seed that many records have brings only the first of them. The best by number of shared seeds are candidates to
# be equal as a whole; the first with each seed are sources of passages.
_FOUND = """
CREATE OR REPLACE TEMP TABLE found AS FROM seeds SEMI JOIN probe USING (key);
CREATE OR REPLACE TEMP TABLE counted AS SELECT key, max(nth) + 1 AS n FROM found GROUP BY key;
"""
_RELATED = """
WITH shared AS (
    SELECT text, record, count(*) AS n, count(*) FILTER (nth < $first) AS early
    FROM probe JOIN found USING (key) JOIN counted USING (key)
    WHERE counted.n <= $families OR nth < $first GROUP BY ALL
),
many AS (SELECT text, count(*) AS seeds FROM probe GROUP BY text),
ranked AS (
    SELECT record,
        row_number() OVER (PARTITION BY text ORDER BY n DESC, record) AS best,
        row_number() OVER (PARTITION BY text ORDER BY early DESC, record) AS soon, early
    FROM shared JOIN many USING (text) WHERE n >= 2 OR seeds <= $short
)
SELECT record FROM ranked WHERE best <= $tried OR (soon <= $tried AND early >= 2)
UNION
SELECT number FROM fresh JOIN records ON fresh.equal = records.equal WHERE records.kept = records.number
ORDER BY 1
"""
_ENTER = """
INSERT INTO seeds SELECT key, record, coalesce(n, 0) + nth FROM given LEFT JOIN counted USING (key)
WHERE coalesce(n, 0) + nth < $cap
"""


class Known(NamedTuple):
    """What the file has under an id."""

    number: int
    digest: bytes


class CopyRow(NamedTuple):
    """A copy, and the record that stays."""

    kept: int
    kept_id: str
    number: int
    id: str
    similarity: float
    differs: bytes


class PassageRow(NamedTuple):
    """A passage that is a copy, and the place that stays."""

    kept: int
    kept_first: int
    kept_last: int
    number: int
    first: int
    last: int
    similarity: float
    differs: bytes
    kept_id: str
    id: str


class Store:
    """The file of an index, until it is closed; errors of DuckDB pass through."""

    def __init__(self, path: Path, *, read_only: bool = False, asked: Asked | None = None) -> None:
        self._connection: DuckDBPyConnection = open_file(path, read_only=read_only, asked=asked)

    def close(self) -> None:
        self._connection.close()

    def __len__(self) -> int:
        """How many records it knows."""
        [(number,)] = self._connection.execute("SELECT coalesce(max(number) + 1, 0) FROM records").fetchall()
        return int(number)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is there afterwards, or nothing of it."""
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def known(self, ids: Sequence[bytes]) -> dict[bytes, Known]:
        """Those of some ids that it has."""
        self._fill("asked", {"id": blobs(ids)})
        rows = self._connection.execute("SELECT id, number, digest FROM records SEMI JOIN asked USING (id)")
        return {bytes(name): Known(number, bytes(digest)) for name, number, digest in rows.fetchall()}

    def related(
        self, owners: NDArray[np.int64], keys: NDArray[np.int64], equal: NDArray[np.uint64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The records that texts may have something in common with, and those of their seeds that many have.

        `owners` are the texts that have the seeds `keys`; `equal` has one number for each text.
        """
        self._fill("probe", {"text": owners, "key": keys})
        self._fill("fresh", {"equal": equal[equal > 0]})
        self._run(_FOUND)
        related = self._column(_RELATED, first=FIRST, families=FAMILIES, short=SHORT, tried=TRIED)
        common = self._column("SELECT key FROM counted WHERE n > $families ORDER BY key", families=FAMILIES)
        return related, common

    def texts(self, numbers: NDArray[np.int64]) -> Iterator[tuple[str, str]]:
        """Ids and texts of records, in order of their numbers."""
        self._fill("asked", {"number": numbers})
        found = self._connection.execute(
            "SELECT id, text FROM records SEMI JOIN asked USING (number) ORDER BY number"
        )
        while rows := found.fetchmany(_READ):
            yield from ((_text(name), _text(text)) for name, text in rows)

    def add_records(self, columns: dict[str, Any]) -> None:
        """Enter records, column by column, as the table has them."""
        self._insert("records", columns)

    def add_seeds(self, owners: NDArray[np.int64], keys: NDArray[np.int64]) -> None:
        """Enter the seeds of the records that stay, as far as not many have them already (see `related`)."""
        order = np.lexsort((owners, keys))
        keys, owners = keys[order], owners[order]
        once = np.append(0, np.flatnonzero((np.diff(keys) != 0) | (np.diff(owners) != 0)) + 1)[: len(keys)]
        keys, owners = keys[once], owners[once]
        begins = np.append(0, np.flatnonzero(np.diff(keys)) + 1)[: len(keys)]
        nth = np.arange(len(keys)) - np.repeat(begins, np.diff(np.append(begins, len(keys))))
        order = np.argsort(owners, kind="stable")  # in order of records, which packs well
        given = {"key": keys[order], "record": owners[order], "nth": nth[order]}
        self._take(given, _ENTER, cap=CAP)

    def add_passages(self, columns: dict[str, Any]) -> None:
        """Enter copies of passages in the same way."""
        self._insert("passages", columns)

    def copies(self, numbers: NDArray[np.int64]) -> Iterator[CopyRow]:
        """Those of some records that are copies."""
        self._fill("asked", {"number": numbers})
        rows = self._connection.execute(
            "SELECT kept.number, kept.id, one.number, one.id, one.similarity, one.differs FROM records AS one "
            "SEMI JOIN asked USING (number) JOIN records AS kept ON one.kept = kept.number "
            "WHERE one.kept <> one.number ORDER BY ALL"
        ).fetchall()
        for kept, kept_id, number, name, similarity, differs in rows:
            yield CopyRow(kept, _text(kept_id), number, _text(name), similarity, bytes(differs))

    def passages(self, numbers: NDArray[np.int64]) -> Iterator[PassageRow]:
        """The passages of some records that are copies."""
        self._fill("asked", {"number": numbers})
        rows = self._connection.execute(
            "SELECT p.kept, p.kept_first, p.kept_last, p.number, p.first, p.last, p.similarity, "
            "p.differs, kept.id, one.id "
            "FROM passages AS p SEMI JOIN asked USING (number) JOIN records AS one USING (number) "
            "JOIN records AS kept ON p.kept = kept.number ORDER BY ALL"
        ).fetchall()
        for *place, differs, kept_id, name in rows:
            yield PassageRow._make((*place, bytes(differs), _text(kept_id), _text(name)))

    def _run(self, query: str, **values: int) -> None:
        self._connection.execute(query, values or None)

    def _column(self, query: str, **values: int) -> NDArray[np.int64]:
        [column] = self._connection.execute(query, values).fetchnumpy().values()
        return np.asarray(column, np.int64)

    def _fill(self, table: str, columns: dict[str, Any]) -> None:
        self._take(columns, f"CREATE OR REPLACE TEMP TABLE {table} AS FROM given")

    def _insert(self, table: str, columns: dict[str, Any]) -> None:
        self._take(columns, f"INSERT INTO {table} BY NAME FROM given")

    def _take(self, columns: dict[str, Any], query: str, **values: int) -> None:
        """Run a query over columns, which it knows as the table `given`."""
        self._connection.register("given", columns)
        self._run(query, **values)
        self._connection.unregister("given")


def blobs(values: Sequence[bytes]) -> NDArray[np.object_]:
    """Bytes as a column."""
    column = np.empty(len(values), np.object_)
    column[:] = values
    return column


def _text(value: bytes) -> str:
    return bytes(value).decode("utf-8", "surrogatepass")
