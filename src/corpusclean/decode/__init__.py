"""Bytes to text, so that the text can always be turned into the same bytes again.

Comes in: the bytes of a page and, if its carrier told, a declared encoding. Goes out: a `RawText`. Tried in
this order: a byte order mark, UTF-16 or UTF-32 without one, UTF-8, UTF-8 with some foreign bytes, the
declared encoding, detection. A reading counts only if encoding it gives the bytes back. Bytes that do not
belong to the encoding become one character each and are noted as strays, so nothing is ever refused or lost:
the last resort is UTF-8 in which all that is not UTF-8 is a stray.
"""

from .binary import looks_binary
from .flow import decode

__all__ = ["decode", "looks_binary"]
