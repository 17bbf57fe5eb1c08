"""From words to hashes of shingles and to MinHash signatures, compiled.

The hash of a shingle is a polynomial of the codes of its words, mixed. The permutations are those
of datasketch 2 (scheme `affine32`): MurmurHash3's finalizer, then `a * h + b` below 2³², and the least value.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .words import CHARACTER, GROWTH, KIND, OPTIONS, SLACK, fold_text, mix, part_words

_TWO = np.uint32(2)
BASE = np.uint64(0xD1342543DE82EF95)
ROLLED = 8  # words of a shingle that is hashed from its beginning, at the most
_MOST = np.uint32(0xFFFFFFFF)
_FIRST, _SECOND = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_13, _16 = np.uint32(13), np.uint32(16)


@njit(**OPTIONS)
def shingle_length(codes, words, characters):
    """How many words make a shingle of a text: more where most of them are single characters."""
    alone = np.uint32(0)
    for i in range(len(codes)):
        alone += np.uint32(codes[i] & KIND == CHARACTER)
    return characters if 2 * alone > len(codes) else words


@njit(**OPTIONS)
def roll(codes, length, hashes):
    """Write the hashes of the shingles of a text; how many. A text that is shorter is one shingle.

    Short shingles are hashed eight at a time, each from its beginning; the hashes of long ones roll.
    """
    length = min(length, len(codes))
    if length == 0:
        return 0
    many = len(codes) - length + 1
    hashes = hashes[:many]
    if length > ROLLED:
        power = BASE
        for _ in range(length - 1):
            power *= BASE
        h = np.uint64(0)
        for i in range(length):
            h = h * BASE + np.uint64(codes[i] >> _TWO)
        hashes[0] = h
        for i in range(1, many):
            h = h * BASE + np.uint64(codes[i + length - 1] >> _TWO) - np.uint64(codes[i - 1] >> _TWO) * power
            hashes[i] = h
    else:
        for i in range(many):
            hashes[i] = np.uint64(codes[i] >> _TWO)
        for k in range(1, length):
            behind = codes[k : k + many]
            for i in range(many):
                hashes[i] = hashes[i] * BASE + np.uint64(behind[i] >> _TWO)
    for i in range(many):
        hashes[i] = mix(hashes[i])
    return many


@njit(**OPTIONS)
def whole(codes):
    """The hash of a text as one shingle, worked out in four strands."""
    fourth = BASE * BASE * BASE * BASE
    h0 = h1 = h2 = h3 = np.uint64(0)
    even = len(codes) & ~3
    for i in range(0, even, 4):
        h0 = h0 * fourth + np.uint64(codes[i] >> _TWO)
        h1 = h1 * fourth + np.uint64(codes[i + 1] >> _TWO)
        h2 = h2 * fourth + np.uint64(codes[i + 2] >> _TWO)
        h3 = h3 * fourth + np.uint64(codes[i + 3] >> _TWO)
    h = ((h0 * BASE + h1) * BASE + h2) * BASE + h3
    for i in range(even, len(codes)):
        h = h * BASE + np.uint64(codes[i] >> _TWO)
    return mix(h)


@njit(inline="always", **OPTIONS)
def mix_32(x):
    """MurmurHash3's finalizer for 32 bits."""
    x = np.uint32(np.uint32(x ^ (x >> _16)) * _FIRST)
    x = np.uint32(np.uint32(x ^ (x >> _13)) * _SECOND)
    return np.uint32(x ^ (x >> _16))


@njit(**OPTIONS)
def least(mixed, n, a, b, row):
    """The least value of each permutation of `n` numbers; eight permutations share a reading of them."""
    whole = len(a) & ~7
    for j in range(0, whole, 8):
        a0, a1, a2, a3, a4, a5, a6, a7 = (
            a[j],
            a[j + 1],
            a[j + 2],
            a[j + 3],
            a[j + 4],
            a[j + 5],
            a[j + 6],
            a[j + 7],
        )
        b0, b1, b2, b3, b4, b5, b6, b7 = (
            b[j],
            b[j + 1],
            b[j + 2],
            b[j + 3],
            b[j + 4],
            b[j + 5],
            b[j + 6],
            b[j + 7],
        )
        m0 = m1 = m2 = m3 = m4 = m5 = m6 = m7 = _MOST
        for i in range(n):
            h = mixed[i]
            m0 = min(m0, np.uint32(a0 * h + b0))
            m1 = min(m1, np.uint32(a1 * h + b1))
            m2 = min(m2, np.uint32(a2 * h + b2))
            m3 = min(m3, np.uint32(a3 * h + b3))
            m4 = min(m4, np.uint32(a4 * h + b4))
            m5 = min(m5, np.uint32(a5 * h + b5))
            m6 = min(m6, np.uint32(a6 * h + b6))
            m7 = min(m7, np.uint32(a7 * h + b7))
        row[j], row[j + 1], row[j + 2], row[j + 3] = m0, m1, m2, m3
        row[j + 4], row[j + 5], row[j + 6], row[j + 7] = m4, m5, m6, m7
    for j in range(whole, len(a)):
        m = _MOST
        for i in range(n):
            m = min(m, np.uint32(a[j] * mixed[i] + b[j]))
        row[j] = m


@njit(**OPTIONS)
def roll_texts(codes, words, lengths, hashes, shingles):
    """The shingles of every text; `shingles[d]` is the number of the first of text `d`."""
    n = 0
    for d in range(len(words) - 1):
        shingles[d] = n
        of_text = codes[words[d] : words[d + 1]]
        n += roll(of_text, shingle_length(of_text, lengths[0], lengths[1]), hashes[n:])
    shingles[len(words) - 1] = n
    return n


@njit(**OPTIONS)
def sign_hashes(hashes, shingles, permutations, signatures):
    """A row of `signatures` for each text, from the hashes of its shingles."""
    mixed = np.empty(len(hashes) + 1, np.uint32)
    for d in range(len(shingles) - 1):
        n = shingles[d + 1] - shingles[d]
        for i in range(n):
            mixed[i] = mix_32(np.uint32(hashes[shingles[d] + i]))
        least(mixed, n, permutations[0], permutations[1], signatures[d])


@njit(**OPTIONS)
def sign_texts(text, offsets, table, lengths, permutations, signatures):
    """A row of `signatures` for each text, in one go."""
    longest = 0
    for d in range(len(offsets) - 1):
        longest = max(longest, offsets[d + 1] - offsets[d])
    folded = np.empty(GROWTH * longest + SLACK, np.uint8)
    capital = np.empty(GROWTH * longest + SLACK, np.uint8)
    places = np.empty((0, 3), np.int32)
    codes = np.empty(GROWTH * longest // 2 + SLACK, np.uint32)
    starts = np.empty(len(codes), np.int32)
    ends = np.empty(len(codes), np.int32)
    hashes = np.empty(len(codes), np.uint64)
    mixed = np.empty(len(codes), np.uint32)
    for d in range(len(offsets) - 1):
        size, _ = fold_text(text, offsets[d], offsets[d + 1], table, folded, capital, places)
        n = part_words(folded, capital, size, codes, starts, ends, 0)
        of_text = codes[:n]
        n = roll(of_text, shingle_length(of_text, lengths[0], lengths[1]), hashes)
        for i in range(n):
            mixed[i] = mix_32(np.uint32(hashes[i]))
        least(mixed, n, permutations[0], permutations[1], signatures[d])


@njit(**OPTIONS)
def lower(values, step, into, many):
    """The lesser of each value and the one that is `step` behind it."""
    into, behind = into[:many], values[step : step + many]
    for i in range(many):
        into[i] = min(values[i], behind[i])


@njit(**OPTIONS)
def write_seeds(shingles, window, lows, spare, keys):
    """Write the least of every `window` shingles in a row; how many there are.

    The least of two, four, eight in a row are found for all places at once. `seeds.winnow` gives their places.
    """
    many = len(shingles)
    window, reach = min(window, many), 1
    lows[:many] = shingles
    while 2 * reach <= window:
        lower(lows, reach, spare, many - 2 * reach + 1)
        lows, spare = spare, lows
        reach *= 2
    if reach < window:
        lower(lows, window - reach, spare, many - window + 1)
        lows = spare
    keys[0] = lows[0]
    n = np.uint64(1)
    before, after, entering = lows[: many - window], lows[1 : many - window + 1], shingles[window:]
    for i in range(many - window):
        # There is a seed where the one before has gone out, or a shingle come in that is no greater.
        keys[n] = after[i]
        n += np.uint64((after[i] != before[i]) | (entering[i] == after[i]))
    return np.int64(n)


@njit(**OPTIONS)
def seed_texts(codes, words, lengths, window, keys, key_of, equal, wide):
    """The seeds of every text: `keys[key_of[d]:key_of[d + 1]]` are those of text `d`; how many there are.

    `equal` becomes the hash of all words of a text, 0 where there are none, and `wide` whether its shingles are
    the longer ones.
    """
    longest = 0
    for d in range(len(words) - 1):
        longest = max(longest, words[d + 1] - words[d])
    hashes = np.empty(longest + 1, np.uint64)
    lows, spare = np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64)
    n = 0
    for d in range(len(words) - 1):
        key_of[d], equal[d] = n, 0
        of_text = codes[words[d] : words[d + 1]]
        length = shingle_length(of_text, lengths[0], lengths[1])
        wide[d] = length > lengths[0] and len(of_text) > lengths[0]
        many = roll(of_text, length, hashes)
        if many:
            equal[d] = whole(of_text)
            n += write_seeds(hashes[:many].view(np.int64), window, lows, spare, keys[n:])
    key_of[len(words) - 1] = n
    return n
