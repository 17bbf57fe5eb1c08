"""What is asked of the file of an index, and what is written to it. Numbers count its records from 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .opening import open_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FAMILIES = 20  # a seed that more records have says little about two of them
CAP = 32  # records that are entered under one seed
FIRST, TRIED = 3, 16  # records with a seed, and records in all, that one text is compared with
SHORT = 12  # seeds of a text that needs to share only one
_READ = 256

# The best by number of shared seeds are candidates to be equal as a whole; the first with each seed are sources of
# passages. Both are few, so that a notice which a thousand records have does not bring a thousand.
_RELATED = """
WITH hits AS (SELECT text, record, row_number() OVER (PARTITION BY text, key ORDER BY record) AS nth FROM hit),
many AS (SELECT text, count(*) AS seeds FROM probe GROUP BY text),
shared AS (
    SELECT text, record, count(*) AS n, count(*) FILTER (nth <= $first) AS early FROM hits GROUP BY ALL
),
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


class PassageRow(NamedTuple):
    """A passage that is a copy, and the place that stays."""

    kept: int
    kept_first: int
    kept_last: int
    number: int
    first: int
    last: int
    similarity: float
    kept_id: str
    id: str


class Store:
    """The file of an index. Use `with`."""

    def __init__(self, path: Path, *, read_only: bool = False, passages: bool | None = None) -> None:
        self._connection: DuckDBPyConnection = open_file(path, read_only=read_only, passages=passages)

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

        `owners` are the texts that have the seeds `keys`, each pair once; `equal` has one number for each text.
        """
        self._fill("probe", {"text": owners, "key": keys})
        self._fill("fresh", {"equal": equal[equal > 0]})
        self._run(
            "CREATE OR REPLACE TEMP TABLE hit AS SELECT text, key, record FROM probe JOIN seeds USING (key)"
        )
        self._run(
            "CREATE OR REPLACE TEMP TABLE often AS "
            "SELECT key, count(DISTINCT record) AS n FROM hit GROUP BY key HAVING n > $families",
            families=FAMILIES,
        )
        related = self._column(_RELATED, first=FIRST, short=SHORT, tried=TRIED)
        return related, self._column("SELECT key FROM often ORDER BY key")

    def texts(self, numbers: NDArray[np.int64]) -> Iterator[tuple[str, str]]:
        """Ids and texts of records, in order of their numbers."""
        self._fill("asked", {"number": numbers})
        found = self._connection.execute(
            "SELECT id, text FROM records SEMI JOIN asked USING (number) ORDER BY number"
        )
        while rows := found.fetchmany(_READ):
            yield from ((_text(name), _text(text)) for name, text in rows)

    def add_records(self, columns: dict[str, Any]) -> None:
        """Enter records: number, id, digest, equal, kept, similarity, text."""
        self._insert("records", columns)

    def add_seeds(self, owners: NDArray[np.int64], keys: NDArray[np.int64]) -> None:
        """Enter the seeds of the records that stay, as far as not many have them already (see `related`)."""
        self._connection.register("given", {"key": keys, "record": owners})
        query = "INSERT INTO seeds SELECT key, record FROM given ANTI JOIN (FROM often WHERE n >= $cap) USING (key)"
        self._run(query, cap=CAP)
        self._connection.unregister("given")

    def add_passages(self, columns: dict[str, Any]) -> None:
        """Enter copies of passages: number, first, last, similarity, kept, kept_first, kept_last."""
        self._insert("passages", columns)

    def copies(self, numbers: NDArray[np.int64]) -> Iterator[CopyRow]:
        """Those of some records that are copies."""
        self._fill("asked", {"number": numbers})
        rows = self._connection.execute(
            "SELECT kept.number, kept.id, one.number, one.id, one.similarity FROM records AS one "
            "SEMI JOIN asked USING (number) JOIN records AS kept ON one.kept = kept.number "
            "WHERE one.kept <> one.number ORDER BY ALL"
        ).fetchall()
        for kept, kept_id, number, name, similarity in rows:
            yield CopyRow(kept, _text(kept_id), number, _text(name), similarity)

    def passages(self, numbers: NDArray[np.int64]) -> Iterator[PassageRow]:
        """The passages of some records that are copies."""
        self._fill("asked", {"number": numbers})
        rows = self._connection.execute(
            "SELECT p.kept, p.kept_first, p.kept_last, p.number, p.first, p.last, p.similarity, kept.id, one.id "
            "FROM passages AS p SEMI JOIN asked USING (number) JOIN records AS one USING (number) "
            "JOIN records AS kept ON p.kept = kept.number ORDER BY ALL"
        ).fetchall()
        for *numbers_of, kept_id, name in rows:
            yield PassageRow._make((*numbers_of, _text(kept_id), _text(name)))

    def _run(self, query: str, **values: int) -> None:
        self._connection.execute(query, values)

    def _column(self, query: str, **values: int) -> NDArray[np.int64]:
        [column] = self._connection.execute(query, values).fetchnumpy().values()
        return np.asarray(column, np.int64)

    def _fill(self, table: str, columns: dict[str, Any]) -> None:
        self._connection.register("given", columns)
        self._run(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM given")
        self._connection.unregister("given")

    def _insert(self, table: str, columns: dict[str, Any]) -> None:
        self._connection.register("given", columns)
        self._run(f"INSERT INTO {table} BY NAME FROM given")
        self._connection.unregister("given")


def blobs(values: Sequence[bytes]) -> NDArray[np.object_]:
    """Bytes as a column."""
    column = np.empty(len(values), np.object_)
    column[:] = values
    return column


def _text(value: bytes) -> str:
    return bytes(value).decode("utf-8", "surrogatepass")
