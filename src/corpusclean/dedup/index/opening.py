"""Opening the file of an index: made when it is new, checked when it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from ...errors import ConfigError, CorpuscleanError
from ...version import __version__
from ..corpus import Corpus
from ..findings import Asked
from ..kernels.engine import PLAIN

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMAT = 1
MEMORY = "250MB"  # what DuckDB may take; more goes to a folder beside the file
_SAMPLE = (
    "The Ärzte of Kraków met 1,250 people at 9:30.\nپل قدیمی ۱۲ سال بسته بود. Мост открыт; 大桥今天重新开放。"
    * 4
)
_TABLES = """
CREATE TABLE about (key VARCHAR, value VARCHAR);
CREATE TABLE records (
    number UINTEGER, id BLOB, digest BLOB, equal UBIGINT, kept UINTEGER, similarity DOUBLE, differs BLOB,
    text BLOB USING COMPRESSION zstd
);
CREATE TABLE seeds (key BIGINT, record UINTEGER, nth UTINYINT);
CREATE TABLE passages (
    number UINTEGER, first UINTEGER, last UINTEGER, similarity DOUBLE, differs BLOB,
    kept UINTEGER, kept_first UINTEGER, kept_last UINTEGER
);
"""


def is_index(path: Path) -> bool:
    """True when a file is one of DuckDB, and so perhaps an index.

    >>> is_index(Path("/dev/null"))
    False
    """
    try:
        with path.open("rb") as stream:
            return stream.read(12)[8:] == b"DUCK"
    except OSError:
        return False


def open_file(path: Path, *, read_only: bool, asked: Asked | None) -> DuckDBPyConnection:
    """A connection to an index; ConfigError when it cannot be used, and why.

    `asked` is what it is to hold, and None where that makes no difference.
    """
    duckdb = _duckdb()
    where = str(path)
    if read_only and not path.exists():
        raise ConfigError("there is no index", where=where, hint="--index makes one")
    if path.exists() and path.stat().st_size and not is_index(path):
        hint = "name an index, or a new file"
        raise ConfigError("this file is no index of corpusclean", where=where, hint=hint)
    settings = {"memory_limit": MEMORY, "threads": 2}
    try:
        connection: DuckDBPyConnection = duckdb.connect(where, read_only=read_only, config=settings)
    except duckdb.Error as error:
        raise _refused(error, where) from error
    try:
        _check(connection, where, asked)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def told(where: str) -> Iterator[None]:
    """What DuckDB cannot do is told as an error of the index."""
    try:
        yield
    except _duckdb().Error as error:
        hint = "what was added before is kept; make room on the disk, and run again"
        raise CorpuscleanError(f"the index cannot go on: {_said(error)}", where=where, hint=hint) from error


def _check(connection: DuckDBPyConnection, where: str, asked: Asked | None) -> None:
    """Make the tables in an empty file; ConfigError when the index is another one."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    wanted = {"format": FORMAT, "hashes": fingerprint(), "version": __version__, **asdict(asked or Asked())}
    if not tables:
        connection.execute("BEGIN")
        connection.execute(_TABLES)
        rows = [(key, json.dumps(value)) for key, value in wanted.items()]
        connection.executemany("INSERT INTO about VALUES (?, ?)", rows)
        connection.execute("COMMIT")
        return
    if "about" not in tables or "seeds" not in tables:
        hint = "name an index, or a new file"
        raise ConfigError("this database is no index of corpusclean", where=where, hint=hint)
    found = {key: json.loads(value) for key, value in connection.execute("FROM about").fetchall()}
    again = "make a new index from the records"
    if found["format"] != FORMAT:
        what = f"the index has format {found['format']}, this is format {FORMAT}"
        raise ConfigError(what, where=where, hint=f"use corpusclean {found['version']}, or {again}")
    if found["hashes"] != wanted["hashes"]:
        what = f"the index was made with other hashes, by corpusclean {found['version']}"
        raise ConfigError(what, where=where, hint=f"use that version, or {again}")
    for name, value in asdict(asked).items() if asked else ():
        if found[name] != value:
            made, option = ("with", f"--{name}") if found[name] else ("without", f"--no-{name}")
            raise ConfigError(
                f"the index was made {made} {name}", where=where, hint=f"give {option}, or {again}"
            )


def fingerprint() -> str:
    """A digest of the seeds of a sample: another one when anything between text and seeds has changed.

    >>> len(fingerprint())
    16
    """
    corpus = Corpus(PLAIN, places=False)
    corpus.add([_SAMPLE])
    numbers = (corpus.gather_seeds(np.zeros(1, np.int64))[0], corpus.gather(np.zeros(1, np.int64))[0])
    return blake2b(b"".join(part.tobytes() for part in numbers), digest_size=8).hexdigest()


def _refused(error: Exception, where: str) -> ConfigError:
    said = _said(error)
    if "lock" in said:
        hint = "wait until it is done; --against reads an index, and several may read at once"
        return ConfigError("the index is in use by another process", where=where, hint=hint)
    return ConfigError(
        f"the index cannot be opened: {said}", where=where, hint="make a new one from the records"
    )


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _duckdb() -> ModuleType:
    try:
        import duckdb as module
    except ImportError as error:
        hint = "install it with: pip install 'corpusclean[index]'"
        raise ConfigError("an index is a file of DuckDB, which is not installed", hint=hint) from error
    loaded: ModuleType = module
    return loaded
