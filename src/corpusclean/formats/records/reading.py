"""The rows of all tables, one after the other: first what is compared of them, then the rows again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ...decode import decode
from ...errors import Failure, InputError
from ..limits import ROW_LIMIT, megabytes
from ..rows import BOM
from .columns import Columns, Row
from .parquet import lines_of_parquet, read_parquet
from .tables import Table


@dataclass(slots=True)
class Reading:
    """Reads tables. `fail` is told each row, and each table, that cannot be read; who writes the results sets it.

    >>> from .tables import open_tables
    >>> path = getfixture("tmp_path") / "a.jsonl"
    >>> path.write_bytes(b'{"text": "Hello."}\\n{"text": null}\\n{"text": "Bye.", "id": "b"}\\n')
    62
    >>> failures = []
    >>> reading = Reading(open_tables([str(path)]), Columns(), failures.append)
    >>> [row.id for row in reading.rows()], [failure.name for failure in failures]
    (['a.jsonl#1', 'b'], ['a.jsonl#2'])
    >>> [line for _, line in reading.again()]
    [b'{"text": "Hello."}\\n', b'{"text": "Bye.", "id": "b"}\\n']
    """

    tables: Sequence[Table | Failure]
    columns: Columns
    fail: Callable[[Failure], None] = lambda _: None
    _known: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        """What is compared of each row that can be read."""
        for table in self.tables:
            if isinstance(table, Failure):
                self.fail(table)
                continue
            try:
                yield from self._parquet(table) if table.is_parquet else self._lines(table)
            except InputError as error:
                table.broken = True
                told = InputError(error.what, where=error.where or table.where, hint=error.hint)
                self.fail(Failure(table.name, told))
        self._known.clear()

    def again(self) -> Iterator[tuple[str, bytes]]:
        """The same rows, unchanged, each with the name of its place; those of Parquet as lines of JSON."""
        for table in self.tables:
            if isinstance(table, Failure):
                continue
            try:
                for number, line in self._second(table):
                    if number not in table.failed:
                        yield f"{table.name}#{number}", line
            except InputError:
                if not table.broken:  # it was told at the first reading
                    raise

    def _second(self, table: Table) -> Iterator[tuple[int, bytes]]:
        if table.is_parquet:
            yield from lines_of_parquet(table)
            return
        for number, line in table.lines():
            row = (line or b"").removeprefix(BOM)
            if number in table.decoded:
                row = decode(row, self.columns.encoding).text.encode("utf-8", "surrogatepass")
            yield number, row if row.endswith(b"\n") else row + b"\n"

    def _lines(self, table: Table) -> Iterator[Row]:
        for number, line in table.lines():
            name = f"{table.name}#{number}"
            try:
                if line is None:
                    hint = "is this a file of rows?"
                    raise InputError(f"this row is longer than {megabytes(ROW_LIMIT)}", hint=hint)  # noqa: TRY301
                row = self._checked(self.columns.row(line, name))
            except InputError as error:
                self._failed(table, number, error, "line", line)
                continue
            if row.encoding:
                table.decoded[number] = row.encoding
            table.rows += 1
            yield row

    def _parquet(self, table: Table) -> Iterator[Row]:
        for number, found in read_parquet(table, self.columns):
            try:
                if isinstance(found, InputError):
                    raise found
                row = self._checked(found)
            except InputError as error:
                self._failed(table, number, error, "row", None)
                continue
            table.rows += 1
            yield row

    def _checked(self, row: Row) -> Row:
        """The row, if no row before it has its id."""
        if row.id in self._known:
            hint = "give each record an id of its own; `--id-column` names another column"
            raise InputError(f'a row before this one has the id "{row.id}"', hint=hint)
        self._known.add(row.id)
        return row

    def _failed(self, table: Table, number: int, error: InputError, unit: str, line: bytes | None) -> None:
        table.failed.add(number)
        where = f"{table.where}, {unit} {number}"
        self.fail(
            Failure(f"{table.name}#{number}", InputError(error.what, where=where, hint=error.hint), line)
        )
