"""Files of JSON lines: one page a row, and what is needed to write each row again.

A row is parsed only as far as its text value must be found: the characters before and after the value are
kept as they stand, and blank rows go with the row before them. So the rows, one after the other, are the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from json.decoder import scanstring  # type: ignore[attr-defined]  # the parser of strings, public in use
from typing import BinaryIO

from ..errors import Failure, InputError
from ..model import Row, Source
from .limits import PAGE_LIMIT, ROW_LIMIT, check_lines, megabytes

BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\n\r]*+")
# Numbers are not needed, and making one of very many digits is refused.
_VALUES = json.JSONDecoder(parse_int=len, parse_float=len, strict=False)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the pages of one file of JSON lines.

    >>> from io import BytesIO
    >>> source, failure = RowReader("a.jsonl", "a.jsonl", "text").read(BytesIO(b'{"text": "Hello."}\\n{}\\n'))
    >>> source.name, source.data, failure.error.what
    ('a.jsonl#1', b'Hello.', 'this row has no column "text"')
    """

    name: str
    where: str
    column: str

    def read(self, stream: BinaryIO) -> Iterator[Source | Failure]:
        """One Source or Failure for each row that is not blank."""
        last: Source | Failure | None = None
        blanks: list[bytes] = []
        for number, line in numbered_lines(stream):
            # a byte order mark stands in front of the file, and of each that was appended to it
            if line is not None and not line.removeprefix(BOM).strip():
                blanks.append(line)
                continue
            if last:
                yield _followed(last, b"".join(blanks))
                blanks = []
            last = self._row(number, b"".join(blanks), line)
            blanks = []
        if last:
            yield _followed(last, b"".join(blanks))
        else:
            hint = "leave it out, or see why nothing was saved"
            yield Failure(self.name, InputError("the file holds no rows", where=self.where, hint=hint))

    def _row(self, number: int, before: bytes, line: bytes | None) -> Source | Failure:
        name = f"{self.name}#{number}"
        try:
            if line is None:
                hint = "put each page into a row of its own; this row cannot be restored"
                raise InputError(f"this row is longer than {megabytes(ROW_LIMIT)}", hint=hint)  # noqa: TRY301
            mark = BOM if line.startswith(BOM) else b""
            data, row = _page(line.removeprefix(BOM), self.column)
            return Source(name, data, "utf-8", row=replace(row, before=(before + mark).decode() + row.before))
        except InputError as error:
            told = InputError(error.what, where=f"{self.where}, line {number}", hint=error.hint)
            return Failure(name, told, b"" if line is None else before + line)


def has_column(line: bytes, column: str) -> bool:
    """True when a line is a JSON object with a string in that column.

    >>> has_column(b'{"text": "Hello."}', "text"), has_column(b'{"text": 1}', "text")
    (True, False)
    """
    try:
        find_string(line.removeprefix(BOM).decode(), column)
    except (ValueError, RecursionError, InputError):
        return False
    return True


def find_string(row: str, column: str) -> tuple[str, int, int]:
    """The string in a column of a JSON object, and where its literal starts and ends.

    >>> find_string('{"id": 1, "text": "Hello."}', "text")
    ('Hello.', 18, 26)
    """
    at = _space(row, 0)
    if row[at : at + 1] != "{":
        hint = "for an array, write one object a line: jq -c '.[]'" if row[at : at + 1] == "[" else None
        raise InputError("this row is no JSON object", hint=hint)
    found: tuple[object, int, int] | None = None
    columns: list[str] = []
    at = _space(row, at + 1)
    ended = row[at : at + 1] == "}"
    while not ended:
        if row[at : at + 1] != '"':
            raise json.JSONDecodeError("expected a column's name in double quotes", row, at)
        key, at = scanstring(row, at + 1, False)
        at = _space(row, at)
        if row[at : at + 1] != ":":
            raise json.JSONDecodeError('expected ":"', row, at)
        start = _space(row, at + 1)
        value, end = _VALUES.raw_decode(row, start)
        if key == column:
            found = (value, start, end)  # of two columns of one name the last counts, as everywhere
        columns.append(key)
        at = _space(row, end)
        ended = row[at : at + 1] == "}"
        if not ended:
            if row[at : at + 1] != ",":
                raise json.JSONDecodeError('expected "," or "}"', row, at)
            at = _space(row, at + 1)
    at = _space(row, at + 1)
    if at != len(row):
        raise json.JSONDecodeError("something follows the object", row, at)
    return _string(found, column, columns)


def _string(found: tuple[object, int, int] | None, column: str, columns: list[str]) -> tuple[str, int, int]:
    if found is None:
        listed = ", ".join(f'"{name}"' for name in columns[:8]) or "no columns"
        hint = f"it has {listed}; `--text-column` names the one that holds the text"
        raise InputError(f'this row has no column "{column}"', hint=hint)
    value, start, end = found
    if not isinstance(value, str):
        hint = "`--text-column` names the column that holds the text"
        raise InputError(f'the column "{column}" holds no string', hint=hint)
    return value, start, end


def parsed(row: str, column: str) -> tuple[str, int, int]:
    """The string in a column of a row, and where its literal starts and ends; InputError whatever is wrong.

    >>> parsed('{"text": "Hello."', "text")
    Traceback (most recent call last):
    corpusclean.errors.InputError: this row is broken: expected "," or "}", at character 18
      repair or remove the row; the other rows were read
    """
    try:
        return find_string(row, column)
    except json.JSONDecodeError as error:
        what = f"this row is broken: {error.msg[:1].lower()}{error.msg[1:]}, at character {error.pos + 1}"
        raise InputError(what, hint="repair or remove the row; the other rows were read") from error
    except RecursionError as error:
        raise InputError("this row is nested too deeply", hint="remove the row") from error


def _page(line: bytes, column: str) -> tuple[bytes, Row]:
    """The page in a row, and what stands around it; InputError when the row is no page."""
    try:
        row = line.decode()
    except UnicodeDecodeError as error:
        raise InputError("this row is not UTF-8", hint="convert the file, as with iconv") from error
    text, start, end = parsed(row, column)
    data = text.encode("utf-8", "surrogatepass")
    if not text.strip():
        raise InputError(f'the column "{column}" holds no text', hint="leave the row out")
    if len(data) > PAGE_LIMIT:
        hint = "put each page into a row of its own"
        raise InputError(f"larger than a page can be ({megabytes(PAGE_LIMIT)})", hint=hint)
    check_lines(data, "")  # where it stands is added by the reader
    return data, Row(row[:start], _literal(text, row[start:end]), row[end:])


def _literal(text: str, literal: str) -> str:
    if json.dumps(text, ensure_ascii=False) == literal:
        return "utf8"
    return "ascii" if json.dumps(text) == literal else literal


def _space(row: str, at: int) -> int:
    space = _SPACE.match(row, at)
    return space.end() if space else at


def _followed(last: Source | Failure, blanks: bytes) -> Source | Failure:
    """The row with the blank rows after it."""
    if blanks and isinstance(last, Source) and last.row:
        return replace(last, row=replace(last.row, after=last.row.after + blanks.decode()))
    if blanks and isinstance(last, Failure) and last.row:
        return replace(last, row=last.row + blanks)
    return last


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines with their ends; None for a line that is too long, which is read but never held."""
    number = 0
    while line := stream.readline(ROW_LIMIT + 1):
        number += 1
        if len(line) <= ROW_LIMIT:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None
