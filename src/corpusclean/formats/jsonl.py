"""One JSON value a line: how rows of the output folder are written and read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from ..errors import InputError

Row = TypeVar("Row")
_ENCODER = msgspec.json.Encoder()


def json_line(value: object) -> bytes:
    """The value as one line of JSON in UTF-8; escaped to ASCII when it holds a lone surrogate.

    >>> json_line({"text": "é"}).decode(), json_line({"text": "\\ud800"})
    ('{"text":"é"}\\n', b'{"text":"\\\\ud800"}\\n')
    """
    try:
        return _ENCODER.encode(value) + b"\n"
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode() + b"\n"


def read_lines(path: Path, kind: type[Row]) -> Iterator[Row]:
    """The rows of a file, checked to be of a kind; InputError with the line that is not."""
    decoder = msgspec.json.Decoder(kind)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                yield _decoded(line, decoder, kind, f"{path}, line {number}")
    except FileNotFoundError as error:
        hint = "name an output folder of `corpusclean clean --out`"
        raise InputError("this file is missing", where=str(path), hint=hint) from error


def _decoded(line: bytes, decoder: msgspec.json.Decoder[Row], kind: type[Row], where: str) -> Row:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:  # msgspec refuses lone surrogates, the standard library reads them
        return msgspec.convert(json.loads(line), kind)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        hint = "the file was changed after the run; run `corpusclean clean` again"
        raise InputError(f"this row cannot be read: {error}", where=where, hint=hint) from error
