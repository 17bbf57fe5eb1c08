"""Bytes that are no text: told by how they begin, or by the control characters in them."""

from __future__ import annotations

from ..model import RawText
from .charsets import detect
from .flow import read_as, read_marked, read_unmarked

_KINDS = (
    (b"%PDF-", "PDF"), (b"\x89PNG\r\n", "PNG image"), (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"), (b"GIF89a", "GIF image"), (b"II*\0", "TIFF image"), (b"MM\0*", "TIFF image"),
    (b"\x1f\x8b\x08", "gzip"), (b"BZh91AY&SY", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!\x1a\x07", "RAR"), (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "program"), (b"MZ\x90\0", "program"), (b"\xca\xfe\xba\xbe", "program"),
    (b"{\\rtf", "Rich Text document"), (b"OggS\0", "Ogg media"), (b"ID3\x03", "MP3 audio"),
    (b"ID3\x04", "MP3 audio"), (b"wOFF", "font"), (b"wOF2", "font"), (b"ARROW1\0", "Arrow table"),
)  # fmt: skip
_CONTAINERS = {b"WEBP": "WebP image", b"WAVE": "WAVE audio", b"AVI ": "AVI video"}
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F])
_SAMPLE = 65536


def looks_binary(data: bytes) -> str | None:
    """What the bytes seem to be if they are no text ("PDF", "PNG image", "binary data"), else None.

    >>> looks_binary(b"%PDF-1.7 ..."), looks_binary("Ça va ?".encode("cp1252"))
    ('PDF', None)
    """
    for mark, name in _KINDS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if data.startswith(b"PK\x03\x04"):
        return "Word document" if b"word/" in sample else "ZIP archive"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "Word document" if "WordDocument".encode("utf-16-le") in data else "Office document"
    if data.startswith(b"PAR1") and data.endswith(b"PAR1"):
        return "Parquet table"
    if data.startswith(b"RIFF") and data[8:12] in _CONTAINERS:
        return _CONTAINERS[data[8:12]]
    if data[4:8] == b"ftyp":
        return "MP4 media"
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= 2 or controls * 100 <= len(sample):
        return None
    wide = read_marked(sample) or read_unmarked(sample) or _read_dense(sample)
    return None if wide else "binary data"


def _read_dense(data: bytes) -> RawText | None:
    """The reading as UTF-16 in which no NUL stands, as Chinese and Japanese may be."""
    found = detect(data) if b"\0" not in data else None
    return read_as(data, found) if found and found.startswith("utf-16") else None
