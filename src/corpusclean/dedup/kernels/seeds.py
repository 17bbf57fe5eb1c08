"""Seeds of texts: which are chosen, which texts share some, and which many texts have.

Loops over numbers, which run both interpreted and compiled (see `build`).

Seeds are 64-bit integers with a sign. An entry is a seed with the number of a text in its lowest bits.
"""

from __future__ import annotations

import numpy as np

NEAR = 64  # texts with one key: so many pairs for each of eight, fewer for each of more


def winnow(shingles, window, seeds):
    """The places of the least of every `window` shingles in a row, the last one of equal ones; how many."""
    n, last = 0, -1
    many = len(shingles)
    for i in range(max(many - window + 1, min(many, 1))):
        end = min(i + window, many)
        if last < i:
            last = i
            for j in range(i + 1, end):
                if shingles[j] <= shingles[last]:
                    last = j
        elif shingles[end - 1] <= shingles[last]:
            last = end - 1
        else:
            continue
        seeds[n] = last
        n += 1
    return n


def part_of(key, bits, parts):
    """Which of so many parts a seed is in; not by its highest bits, since seeds are the least of several."""
    return ((key >> bits & 0xFFFF) * parts) >> 16


def count_parts(keys, bits, counts):
    """Add to the counts of all parts how many of the keys they have."""
    for i in range(len(keys)):
        counts[part_of(keys[i], bits, len(counts))] += 1


def pack(keys, edges, numbers, bits, part, parts, entries, n):
    """Write the seeds that are in a part, with the numbers of their texts, behind the first `n` entries.

    Text `d` has the seeds between `edges[d]` and `edges[d + 1]`, counted from where `keys` begin.
    """
    for d in range(len(numbers)):
        if numbers[d] >= 0:
            for i in range(edges[d] - edges[0], edges[d + 1] - edges[0]):
                entries[n] = keys[i] >> bits << bits | numbers[d]
                n += part_of(keys[i], bits, parts) == part
    return n


def find_pairs(entries, bits, most, pairs, crowded):
    """Pairs of texts with the same key, as `first << 32 | second`, and the entries of keys that more than `most`
    have; how many there are of both.

    `entries` are sorted: a key above, and in the lowest `bits` the number of a text. The more texts have a key,
    the fewer before it each is paired with. Nothing is written where `pairs` and `crowded` are empty.
    """
    n, m, begin = 0, 0, 0
    low = (1 << bits) - 1
    for i in range(1, len(entries) + 1):
        if i == len(entries) or entries[i] >> bits != entries[begin] >> bits:
            near = max(1, NEAR // (i - begin))
            for late in range(begin + 1, i):
                for early in range(max(begin, late - near), late):
                    if entries[early] == entries[late]:
                        continue
                    if len(pairs):
                        pairs[n] = (entries[early] & low) << 32 | (entries[late] & low)
                    n += 1
            if i - begin > most:
                if len(crowded):
                    crowded[m : m + i - begin] = entries[begin:i]
                m += i - begin
            begin = i
    return n, m


def find_sources(entries, bits, most, pairs):
    """For each text with a key the first texts with it, as `later << 32 | earlier`; how many there are.

    A text that has the key twice is a source of itself. Nothing is written where `pairs` is empty.
    """
    n, begin = 0, 0
    low = (1 << bits) - 1
    for i in range(1, len(entries) + 1):
        if i == len(entries) or entries[i] >> bits != entries[begin] >> bits:
            for late in range(begin + 1, i):
                if (
                    entries[late] == entries[late - 1]
                    and late > begin + 1
                    and entries[late] == entries[late - 2]
                ):
                    continue
                for early in range(begin, min(begin + most, late)):
                    if len(pairs):
                        pairs[n] = (entries[late] & low) << 32 | (entries[early] & low)
                    n += 1
            begin = i
    return n


def find_neighbours(pairs, seeds, seed_of, reach, linked):
    """Mark the pairs of texts that share two seeds near each other in both: within `reach` seeds."""
    longest = 0
    for d in range(len(seed_of) - 1):
        longest = max(longest, seed_of[d + 1] - seed_of[d])
    size = 4
    while size < 2 * longest:
        size *= 2
    heads = np.full(size, -1, np.int32)
    following = np.empty(longest + 1, np.int32)
    for p in range(len(pairs)):
        late, early = pairs[p, 0], pairs[p, 1]
        mine = seeds[seed_of[late] : seed_of[late + 1]]
        others = seeds[seed_of[early] : seed_of[early + 1]]
        size = 4
        while size < 2 * len(others):
            size *= 2
        heads[:size] = -1
        for j in range(len(others)):
            slot = others[j] & (size - 1)
            following[j] = heads[slot]
            heads[slot] = j
        last_i, last_j = -reach - 1, -reach - 1
        linked[p] = 0
        for i in range(len(mine)):
            j = heads[mine[i] & (size - 1)]
            while j >= 0 and linked[p] == 0:
                if others[j] == mine[i] and (late != early or j < i):
                    if i - last_i <= reach and abs(j - last_j) <= reach and i != last_i:
                        linked[p] = 1
                    last_i, last_j = i, j
                j = following[j]
            if linked[p]:
                break


def find_common(entries, bits, families, most, common, having):
    """The keys that texts of more than `most` families have, shifted down by `bits`; how many there are.

    The texts that have one are marked in `having`.
    """
    n, begin = 0, 0
    low = (1 << bits) - 1
    seen = np.zeros(most + 1, np.int64)
    for i in range(1, len(entries) + 1):
        if i == len(entries) or entries[i] >> bits != entries[begin] >> bits:
            different = 0
            if i - begin > most:
                for x in range(begin, i):
                    family = families[entries[x] & low]
                    known = False
                    for y in range(different):
                        known = known or seen[y] == family
                    if not known:
                        seen[different] = family
                        different += 1
                        if different > most:
                            break
            if different > most:
                common[n] = entries[begin] >> bits
                n += 1
                for x in range(begin, i):
                    having[entries[x] & low] = 1
            begin = i
    return n


def mark_common(shingles, bounds, words, keys, sieve, bits, window, length, marked):
    """Mark the words that stand in common text: between two seeds that are both among the sorted `keys`.

    `sieve` has something at the lowest bits of each key, and tells most of the others apart at once.
    """
    places = np.empty(len(shingles) + 1, np.int32)
    for d in range(len(bounds) - 1):
        mine = shingles[bounds[d] : bounds[d + 1]]
        many = winnow(mine, window, places)
        before, begin = False, words[d]
        for x in range(many + 1):
            after, end = before, words[d + 1]
            if x < many:
                key = mine[places[x]] >> bits
                after, end = False, words[d] + places[x]
                if sieve[key & (len(sieve) - 1)]:
                    at = np.searchsorted(keys, key)
                    after = at < len(keys) and keys[at] == key
            if x == 0:
                before = after
            if before:
                marked[begin : end if after else min(begin + length, end)] = 1
            before, begin = after, end
