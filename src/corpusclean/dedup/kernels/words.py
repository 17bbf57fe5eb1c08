"""From the bytes of texts to hashes of their words, compiled: 64 bytes at a time, without a Python object.

A text is folded into a scratch buffer first (ASCII in vectors, the rest by the table), then parted into words.
A word is a code of 32 bits: 30 bits of its hash, and in the two lowest its kind. `plain` does the same in Python.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from .folding import ALONE, IDEOGRAPHS, LAST, PLANES
from .vectors import breaks_and_starts_64, count_bits, first_bit, fold_64, letters_and_digits_64, load_64

OPTIONS: dict[str, Any] = {"nogil": True, "cache": True, "boundscheck": False, "error_model": "numpy"}
WORD, NAME, NUMBER, CHARACTER = (np.uint32(kind) for kind in range(4))
KIND = np.uint32(3)
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_ZERO, _ONE, _ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_8, _29, _32, _33, _64 = (np.uint64(bits) for bits in (8, 29, 32, 33, 64))
SLACK = 128  # bytes that a buffer has to spare at its end
GROWTH = 12  # bytes that one byte can become at the most (an Arabic ligature of 3 bytes becomes 33)


@njit(inline="always", **OPTIONS)
def mix(x):
    """MurmurHash3's finalizer for 64 bits."""
    x = (x ^ (x >> _33)) * FIRST
    x = (x ^ (x >> _33)) * SECOND
    return x ^ (x >> _33)


@njit(inline="always", **OPTIONS)
def hash_bytes(folded, start, end):
    """The hash of a folded word, eight bytes at a time."""
    h = MULTIPLIER
    while end - start > 8:
        h = (h ^ load_64(folded, start)) * MULTIPLIER
        h ^= h >> _29
        start += 8
    last = load_64(folded, start) & (_ALL >> (_64 - _8 * np.uint64(end - start)))
    return mix((h ^ last) * MULTIPLIER + np.uint64(end - start))


@njit(inline="always", **OPTIONS)
def code_point(text, i, end):
    """The character at a byte that is not ASCII, and its length in bytes."""
    c = np.int64(text[i])
    if c < 0xE0:
        size = 2
        c &= 0x1F
    elif c < 0xF0:
        size = 3
        c &= 0x0F
    else:
        size = 4
        c &= 0x07
    for k in range(1, size):
        if i + k < end:
            c = (c << 6) | (np.int64(text[i + k]) & 0x3F)
    return c, size


@njit(**OPTIONS)
def fold_text(text, start, end, table, folded, capital, places):
    """Fold a text; the length of what was written, and the number of places.

    A place says which character stands behind an offset of `folded`. There is one at the beginning of what a
    character that is not ASCII has become, and one at the end; between the two, the third column is 1.
    """
    i, o, n, characters = start, 0, 0, 0
    note = len(places) > 0
    while i < end:
        high = fold_64(text, i, folded, o, capital)
        step = min(first_bit(high) if high else 64, end - i)
        i += step
        o += step
        characters += step
        while i < end and text[i] >= 0x80:
            if note:
                places[n, 0], places[n, 1], places[n, 2] = o, characters, 1
            c, size = code_point(text, i, end)
            if IDEOGRAPHS[0] <= c < IDEOGRAPHS[1] or c >= PLANES:
                folded[o] = 0x20
                if c < LAST:
                    folded[o + 1] = ALONE
                    for k in range(size):
                        folded[o + 2 + k] = text[i + k]
                    folded[o + 2 + size] = 0x20
                    capital[o + 1] = 0
                    o += size + 2
                o += 1
            else:
                capital[o] = table.capital[c]
                at, length = np.int64(table.at[c]), np.int64(table.length[c])
                for k in range(length):
                    folded[o + k] = table.bytes[at + k]
                    if k:
                        capital[o + k] = 0
                o += length
            i += size
            characters += 1
            if note:
                places[n + 1, 0], places[n + 1, 1], places[n + 1, 2] = o, characters, 0
                n += 2
    folded[o] = 0x20
    return o, n


@njit(**OPTIONS)
def part_words(folded, capital, length, codes, starts, ends, n):
    """Write the codes of the words of a folded text behind the first `n`, and where they stand in it."""
    begin, before_letters, before_digits = 0, _ZERO, _ZERO
    inside = False
    after = -1  # the end of the word before
    for i in range(0, length + 1, 64):
        letters, digits = letters_and_digits_64(folded, i)
        if length - i < 64:
            rest = (_ONE << np.uint64(length - i)) - _ONE
            letters &= rest
            digits &= rest
        change = (letters ^ ((letters << _ONE) | before_letters)) | (
            digits ^ ((digits << _ONE) | before_digits)
        )
        before_letters, before_digits = letters >> np.uint64(63), digits >> np.uint64(63)
        while change:
            bit = first_bit(change)
            p = i + bit
            change &= change - _ONE
            if inside:
                first, kind, at = folded[begin], WORD, begin
                if first < 0x3A:
                    if begin != after and folded[p] == 0x20:
                        kind = NUMBER
                    while at + 1 < p and folded[at] == 0x30:
                        at += 1
                elif first == ALONE:
                    kind = CHARACTER
                elif capital[begin]:
                    kind = NAME
                codes[n] = (np.uint32(hash_bytes(folded, at, p) >> _32) & ~KIND) | kind
                starts[n] = begin
                ends[n] = p
                after = p
                n += 1
            inside = ((letters | digits) >> np.uint64(bit)) & _ONE != _ZERO
            begin = p
    return n


@njit(**OPTIONS)
def place_words(places, many, starts, ends, first, last):
    """Turn offsets into a folded text, those of the words from `first` to `last`, into offsets into the text."""
    k, at, character, inside = -1, 0, 0, 0
    for w in range(first, last):
        for edge in range(2):
            p = ends[w] if edge else starts[w]
            while k + 1 < many and places[k + 1, 0] <= p:
                k += 1
                at, character, inside = places[k, 0], places[k, 1], places[k, 2]
            q = character + (edge and p > at if inside else p - at)
            if edge:
                ends[w] = q
            else:
                starts[w] = q


@njit(**OPTIONS)
def read_texts(text, offsets, table, where, codes, starts, ends, words):
    """The words of every text one after the other; `words[d]` is the number of the first of text `d`.

    Unless `where` is true, `starts` and `ends` hold nothing of use afterwards.
    """
    longest = 0
    for d in range(len(offsets) - 1):
        longest = max(longest, offsets[d + 1] - offsets[d])
    folded = np.empty(GROWTH * longest + SLACK, np.uint8)
    capital = np.empty(GROWTH * longest + SLACK, np.uint8)
    places = np.empty((longest + 2 if where else 0, 3), np.int32)
    n = 0
    for d in range(len(offsets) - 1):
        words[d] = n
        length, many = fold_text(text, offsets[d], offsets[d + 1], table, folded, capital, places)
        first = n
        n = part_words(folded, capital, length, codes, starts, ends, n)
        if many:
            place_words(places, many, starts, ends, first, n)
    words[len(offsets) - 1] = n
    return n


@njit(**OPTIONS)
def read_lines(text, offsets, starts, words, lines, firsts):
    """The lines that have a word: the number of the first one, and where the line begins and ends.

    `firsts[d]` is the number of the first line of text `d`.
    """
    n = 0
    for d in range(len(offsets) - 1):
        firsts[d] = n
        w, last, characters, begin, end = words[d], words[d + 1], 0, 0, offsets[d + 1]
        for i in range(offsets[d], end + 1, 64):
            breaks, heads = breaks_and_starts_64(text, i)
            if end - i < 64:
                # The end of the text ends a line, too.
                breaks = (breaks & ((_ONE << np.uint64(end - i)) - _ONE)) | (_ONE << np.uint64(end - i))
                heads &= (_ONE << np.uint64(end - i)) - _ONE
            while breaks:
                stop = characters + count_bits(heads & ((breaks & (~breaks + _ONE)) - _ONE))
                breaks &= breaks - _ONE
                if w < last and starts[w] < stop:
                    lines[n, 0], lines[n, 1], lines[n, 2] = w, begin, stop
                    n += 1
                    while w < last and starts[w] < stop:
                        w += 1
                begin = stop + 1
            characters += count_bits(heads)
    firsts[len(offsets) - 1] = n
    return n
