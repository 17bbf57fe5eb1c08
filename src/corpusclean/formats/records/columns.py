"""What is asked of a row: its text, its id, and what may decide which copy stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from ...decode import decode
from ...errors import InputError
from ..rows import BOM, parsed

_OPTIONAL = ("date", "source", "publisher")


class Row(msgspec.Struct, gc=False):
    """A row as it is compared. `encoding` is set where the row was no UTF-8, and had to be decoded.

    >>> Row("a", "Hello.").date is None
    True
    """

    id: str
    text: str
    date: object = None
    source: object = None
    publisher: object = None
    encoding: str | None = None


@dataclass(frozen=True)
class Columns:
    """The columns that hold text and id. Rows go by number where there is no column `id`; one that is named
    must be there. `encoding` is tried where a row is not UTF-8, before detection.

    >>> Columns().row(b'{"text": "Hello.", "id": 7}', "a.jsonl#1").id
    '7'
    >>> Columns().row(b'{"text": "Hello."}', "a.jsonl#1").id
    'a.jsonl#1'
    """

    text: str = "text"
    id: str | None = None
    encoding: str | None = None

    @property
    def id_column(self) -> str:
        return self.id or "id"

    @cached_property
    def others(self) -> list[str]:
        """Columns that may decide which copy stays."""
        return [name for name in _OPTIONAL if name not in (self.text, self.id_column)]

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[Any]:
        fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [
            ("text", str),
            ("id", Any, None),
            *((name, Any, None) for name in self.others),
        ]
        names = {"text": self.text, "id": self.id_column}
        return msgspec.json.Decoder(msgspec.defstruct("Line", fields, rename=names, gc=False))

    def row(self, line: bytes, name: str) -> Row:
        """What is compared of a line of JSON; InputError when it holds no text."""
        try:
            found = self._decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return self._slowly(line.removeprefix(BOM), name)
        more = {column: getattr(found, column) for column in self.others}
        return Row(self._id(found.id, name), found.text, **more)

    def of_values(self, values: dict[str, Any], name: str) -> Row:
        """The same of a row whose values are there already."""
        text = values.get(self.text)
        if not isinstance(text, str):
            hint = "`--text-column` names the column that holds the text"
            raise InputError(f'the column "{self.text}" holds no string', hint=hint)
        more = {column: values.get(column) for column in self.others}
        return Row(self._id(values.get(self.id_column), name), text, **more)

    def _slowly(self, line: bytes, name: str) -> Row:
        """A row that is not UTF-8, or not quite JSON (lone surrogates, NaN), or broken: then told why."""
        raw = decode(line, self.encoding)
        text, _, _ = parsed(raw.text, self.text)
        row = self.of_values(json.loads(raw.text, strict=False) | {self.text: text}, name)
        plain = raw.encoding == "utf-8" and not raw.strays
        return row if plain else msgspec.structs.replace(row, encoding=raw.encoding)

    def _id(self, value: object, name: str) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None and self.id is None:
            return name
        hint = "`--id-column` names a column of strings or whole numbers"
        raise InputError(f'the column "{self.id_column}" holds no id', hint=hint)
