"""Tables of Parquet, with pyarrow, which is imported when there is one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from ...errors import ConfigError, InputError
from ..jsonl import json_line
from .columns import Columns, Row
from .tables import Table

_BATCH = 1024


def read_parquet(table: Table, columns: Columns) -> Iterator[tuple[int, Row | InputError]]:
    """What is compared of each row, with its number from 1; InputError when the file cannot be read."""
    with table.opened() as stream:
        digest = hashlib.sha256()
        while part := stream.read(1 << 20):
            digest.update(part)
        table.sha256 = digest.hexdigest()
    with table.opened() as stream:
        file = _file(table, stream)
        names = file.schema_arrow.names
        for column in filter(None, (columns.text, columns.id)):
            if column not in names:
                listed = ", ".join(f'"{name}"' for name in names)
                option = "--text-column" if column == columns.text else "--id-column"
                what = f'this table has no column "{column}"'
                raise InputError(what, where=table.where, hint=f"it has {listed}; `{option}` names another")
        wanted = [name for name in (columns.text, columns.id_column, *columns.others) if name in names]
        for number, values in enumerate(_values(table, file, wanted), 1):
            try:
                yield number, columns.of_values(values, f"{table.name}#{number}")
            except InputError as error:
                yield number, error


def lines_of_parquet(table: Table) -> Iterator[tuple[int, bytes]]:
    """All rows as lines of JSON: times in ISO 8601, bytes in base64."""
    with table.opened() as stream:
        for number, values in enumerate(_values(table, _file(table, stream), None), 1):
            yield number, json_line(values)


def _file(table: Table, stream: Any) -> Any:
    parquet = _pyarrow()
    try:
        return parquet.ParquetFile(stream)
    except _errors() as error:
        raise _broken(table, error) from error


def _values(table: Table, file: Any, columns: list[str] | None) -> Iterator[dict[str, Any]]:
    try:
        for batch in file.iter_batches(_BATCH, columns=columns):
            yield from batch.to_pylist()
    except _errors() as error:
        raise _broken(table, error) from error


def _broken(table: Table, error: Exception) -> InputError:
    hint = "write it again; the rows before this place were read"
    return InputError(f"the table is broken: {' '.join(str(error).split())}", where=table.where, hint=hint)


def _errors() -> tuple[type[Exception], ...]:
    from pyarrow import ArrowException

    return (ArrowException, OSError, UnicodeDecodeError)


def _pyarrow() -> ModuleType:
    try:
        import pyarrow.parquet
    except ImportError as error:
        hint = "install it with: pip install 'corpusclean[parquet]'"
        raise ConfigError(
            "tables of Parquet are read with pyarrow, which is not installed", hint=hint
        ) from error
    module: ModuleType = pyarrow.parquet
    return module
