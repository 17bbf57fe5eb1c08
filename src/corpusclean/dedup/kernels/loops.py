"""What compares texts, as loops over numbers that run both ways: interpreted, and compiled by `build`.

Shingles are 64-bit integers with a sign here, words are codes of 32 bits (see `words`). A word of a text that is
compared gets a state: it stands outside of what both have in common, in a gap of it, or in both texts; or it is
a number or a name in a gap where the other text has others.
"""

from __future__ import annotations

import numpy as np

OUTSIDE, GAP, BOTH, OTHER_NUMBER, OTHER_NAME = range(5)
_NAME, _NUMBER = 1, 2
_LIVE = 64  # stretches that are open at a time
WHOLE = 80  # percent of a line that lie in common stretches: it is taken whole
SAME_OF_LINE, SAME_OF_PART = 66, 80  # percent of the words of a line, or of a part of one, that stand in its source
SEEDED = 60  # percent of the words of a passage's stretches that stand in both texts
NEAR = 64  # texts with one key: so many pairs for each of eight, fewer for each of more
PLACES = 4  # places of one shingle in the other text that are tried


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


def judge_pairs(pairs, codes, words, shingles, bounds, common, limits, weights):
    """What each pair of texts has in common, as `weigh` says it of both: `weights[p, 0]` and `weights[p, 1]`.

    The next two rows are the same without the words that are marked in `common`, if that is not empty.
    """
    longest = 0
    for d in range(len(words) - 1):
        longest = max(longest, words[d + 1] - words[d])
    state_a, state_b = np.zeros(longest, np.uint8), np.zeros(longest, np.uint8)
    partner = np.zeros(longest, np.int32)
    stretches = np.zeros((PLACES * longest + 1, 5), np.int32)
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        codes_a, codes_b = codes[words[a] : words[a + 1]], codes[words[b] : words[b + 1]]
        mine, others = state_a[: len(codes_a)], state_b[: len(codes_b)]
        match(
            codes_a,
            codes_b,
            shingles[bounds[a] : bounds[a + 1]],
            shingles[bounds[b] : bounds[b + 1]],
            limits[a],
            mine,
            others,
            partner,
            stretches,
        )
        weigh(codes_a, mine, common[:0], weights[p, 0])
        weigh(codes_b, others, common[:0], weights[p, 1])
        if len(common):
            weigh(codes_a, mine, common[words[a] : words[a + 1]], weights[p, 2])
            weigh(codes_b, others, common[words[b] : words[b + 1]], weights[p, 3])


def match(a, b, shingles_a, shingles_b, limits, state_a, state_b, partner, stretches):
    """Find the stretches that two texts have in common, in any order; how many there are.

    `limits` are: words of a shingle; words that a gap may have; words of a stretch at the least; percent of its
    words that stand in both; whether the texts are one and the same, so that copies stand behind what is kept.
    A row of `stretches` says where a stretch begins and ends in both texts, and how many of its words match;
    `partner` where the words of the first that match stand in the second.
    """
    length, gap, least, percent, same = limits[0], limits[1], limits[2], limits[3], limits[4]
    state_a[:] = OUTSIDE
    if not same:
        state_b[:] = OUTSIDE
    many_a, many_b = len(shingles_a), len(shingles_b)
    if many_a == 0 or many_b == 0:
        return 0
    size = 2
    while size < 2 * many_b:
        size *= 2
    heads = np.full(size, -1, np.int32)
    following = np.empty(many_b, np.int32)
    for j in range(many_b - 1, -1, -1):
        slot = shingles_b[j] & (size - 1)
        following[j] = heads[slot]
        heads[slot] = j
    hits = np.empty(
        (PLACES * many_a, 3), np.int32
    )  # place in a, place in b, the hit before it in its stretch
    ends = np.empty(PLACES * many_a, np.int32)  # the last hit of every stretch
    live = np.empty((_LIVE, 2), np.int32)  # open stretches: last hit, number of the stretch
    n, closed, alive, latest = 0, 0, 0, 0
    for i in range(many_a):
        j = heads[shingles_a[i] & (size - 1)]
        tried = 0
        while j >= 0 and tried < PLACES:
            if shingles_b[j] == shingles_a[i] and (not same or j + length <= i):
                tried += 1
                best, least_drift, x = -1, gap + 1, 0
                if latest < alive:  # mostly the stretch that was found last goes on by a word
                    x = live[latest, 0]
                    if hits[x, 0] + 1 == i and hits[x, 1] + 1 == j:
                        best, least_drift = latest, 0
                    x = 0
                while least_drift and x < alive:
                    down = i - hits[live[x, 0], 0]
                    right = j - hits[live[x, 0], 1]
                    if down > gap + length:
                        alive -= 1
                        live[x, 0], live[x, 1] = live[alive, 0], live[alive, 1]
                        continue
                    if 0 <= right <= gap + length and abs(right - down) < least_drift:
                        best, least_drift = x, abs(right - down)
                    x += 1
                if best >= 0 or alive < _LIVE:
                    hits[n, 0], hits[n, 1], hits[n, 2] = i, j, -1
                    if best >= 0:
                        hits[n, 2] = live[best, 0]
                    else:
                        best = alive
                        live[best, 1] = closed
                        closed += 1
                        alive += 1
                    latest = best
                    live[best, 0] = n
                    ends[live[best, 1]] = n
                    n += 1
            j = following[j]
    found = 0
    for stretch in range(closed):
        x = ends[stretch]
        end_a, end_b = hits[x, 0] + length, hits[x, 1] + length
        seeded, edge, first = 0, end_a, x
        while x >= 0:
            seeded += max(0, min(hits[x, 0] + length, edge) - hits[x, 0])
            edge, first = hits[x, 0], x
            x = hits[x, 2]
        begin_a, begin_b = hits[first, 0], hits[first, 1]
        if end_a - begin_a < least or 100 * seeded < percent * (end_a - begin_a):
            continue
        stretches[found, 0], stretches[found, 1], stretches[found, 2] = begin_a, end_a, begin_b
        stretches[found, 3], stretches[found, 4] = end_b, seeded
        found += 1
        x = ends[stretch]
        while x >= 0:
            before = hits[x, 2]
            many = length
            if before >= 0 and hits[before, 0] + 1 == hits[x, 0] and hits[before, 1] + 1 == hits[x, 1]:
                many = 1
            for k in range(length - many, length):
                state_a[hits[x, 0] + k] = BOTH
                partner[hits[x, 0] + k] = hits[x, 1] + k
                if not same:
                    state_b[hits[x, 1] + k] = BOTH
            if before >= 0 and many > 1:
                bridge(
                    a,
                    hits[before, 0] + length,
                    hits[x, 0],
                    b,
                    hits[before, 1] + length,
                    hits[x, 1],
                    state_a,
                    state_b,
                    partner,
                    same,
                )
            x = before
    return found


def bridge(a, begin_a, end_a, b, begin_b, end_b, state_a, state_b, partner, same):
    """Set the states of the words in a gap of a stretch."""
    for i in range(begin_a, end_a):
        state_a[i] = max(state_a[i], GAP) if state_a[i] <= BOTH else state_a[i]
    if not same:
        for j in range(begin_b, end_b):
            state_b[j] = max(state_b[j], GAP) if state_b[j] <= BOTH else state_b[j]
    if end_a <= begin_a or end_b <= begin_b:
        return
    for kind in (_NUMBER, _NAME):
        mine, others, common = 0, 0, 0
        for i in range(begin_a, end_a):
            if a[i] & 3 == kind:
                mine += 1
                for j in range(begin_b, end_b):
                    if b[j] >> 2 == a[i] >> 2:
                        common += 1
                        state_a[i] = BOTH
                        partner[i] = j
        for j in range(begin_b, end_b):
            others += b[j] & 3 == kind
        # 12,000 is two numbers and 12000 is one: numbers that differ are as many on both sides.
        if common == 0 and mine > 0 and others > 0 and (kind == _NAME or mine == others):
            for i in range(begin_a, end_a):
                if a[i] & 3 == kind and state_a[i] != BOTH:
                    state_a[i] = OTHER_NUMBER if kind == _NUMBER else OTHER_NAME


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


def weigh(codes, state, common, weights):
    """What the states of a text say; `common` is empty, or marks words that do not count.

    Counted are: words; those in common stretches, gaps included; words in both texts; numbers and names that
    differ; numbers and names in both.
    """
    counted, covered, both, numbers, names, other_numbers, other_names = 0, 0, 0, 0, 0, 0, 0
    for i in range(len(codes)):
        kind, same = codes[i] & 3, state[i] == BOTH
        other_numbers += state[i] == OTHER_NUMBER
        other_names += state[i] == OTHER_NAME
        numbers += same & (kind == _NUMBER)
        names += same & (kind == _NAME)
    if len(common):
        for i in range(len(codes)):
            counted += common[i] == 0
            covered += (common[i] == 0) & (state[i] != OUTSIDE)
            both += (common[i] == 0) & (state[i] == BOTH)
    else:
        counted = len(codes)
        for i in range(len(codes)):
            covered += state[i] != OUTSIDE
            both += state[i] == BOTH
    weights[0], weights[1], weights[2] = counted, covered, both
    weights[3], weights[4], weights[5], weights[6] = other_numbers, other_names, numbers, names


def find_shared(pairs, codes, words, shingles, bounds, lines, line_of, gone, limits, rows):
    """Passages of each first text of a pair that stand in the second one; how many rows there are.

    Pairs are sorted by the first text, the best source first; `gone` marks words that have a source. A row is:
    text, its first word and the end, source, its first word and the end, words that match.
    """
    longest = 1
    for d in range(len(words) - 1):
        longest = max(longest, words[d + 1] - words[d])
    state, states = np.zeros(longest, np.uint8), np.zeros(longest, np.uint8)
    partner = np.zeros(longest, np.int32)
    stretches = np.zeros((PLACES * longest + 1, 5), np.int32)
    n = 0
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        limits[a, 4] = a == b
        mine = codes[words[a] : words[a + 1]]
        taken = gone[words[a] : words[a + 1]]
        found = match(
            mine,
            codes[words[b] : words[b + 1]],
            shingles[bounds[a] : bounds[a + 1]],
            shingles[bounds[b] : bounds[b + 1]],
            limits[a],
            state[: len(mine)],
            states[: words[b + 1] - words[b]],
            partner,
            stretches,
        )
        if found == 0:
            continue
        # Who writes comes back to his words; in one text a part of a line is a copy when it is longer.
        least = limits[a, 2] * 2 if a == b else limits[a, 2]
        for line in range(line_of[a], line_of[a + 1]):
            begin = lines[line, 0]
            end = lines[line + 1, 0] if line + 1 < line_of[a + 1] else len(mine)
            settle(state, partner, begin, end, limits[a, 1])
            # A part of an entry of a template is no copy either.
            if not agrees(mine, state, begin, end):
                continue
            if covers(state, taken, begin, end, limits[a, 2]) and place(
                a, b, begin, end, state, partner, SAME_OF_LINE, rows[n]
            ):
                taken[begin:end] = 1
                n += 1
                continue
            at = begin
            while at < end:
                if state[at] == OUTSIDE or taken[at]:
                    at += 1
                    continue
                stop = at
                while stop < end and state[stop] != OUTSIDE and not taken[stop]:
                    stop += 1
                if (
                    stop - at >= least
                    and covers(state, taken, at, stop, limits[a, 2])
                    and agrees(mine, state, at, stop)
                    and place(a, b, at, stop, state, partner, SAME_OF_PART, rows[n])
                ):
                    taken[at:stop] = 1
                    n += 1
                at = stop
    return n


def settle(state, partner, begin, end, drift):
    """Leave out the words of a line that stand elsewhere in the source than those in its middle.

    Else an entry of a list would be made up from several others.
    """
    both = 0
    for i in range(begin, end):
        both += state[i] == BOTH
    seen, middle = 0, 0
    for i in range(begin, end):
        if state[i] == BOTH:
            if 2 * seen <= both:
                middle = partner[i] - i
            seen += 1
    for i in range(begin, end):
        if state[i] == BOTH and abs(partner[i] - i - middle) > max(drift, (end - begin) // 2):
            state[i] = OUTSIDE


def covers(state, taken, begin, end, least):
    """Whether most of a passage that is not taken yet lies in common stretches."""
    covered, both = 0, 0
    for i in range(begin, end):
        if taken[i]:
            return False
        covered += state[i] != OUTSIDE
        both += state[i] == BOTH
    size = end - begin
    if 100 * covered < WHOLE * size or covered == 0:
        return False
    return size < least or 100 * both >= SEEDED * covered


def agrees(codes, state, begin, end):
    """Whether the numbers and names in common stretches are the same in both; else they are of one template."""
    numbers, other_numbers, names, other_names = 0, 0, 0, 0
    for i in range(begin, end):
        if codes[i] & 3 == _NUMBER and state[i] != OUTSIDE:
            numbers += state[i] == BOTH
            other_numbers += state[i] != BOTH
        names += state[i] == BOTH and codes[i] & 3 == _NAME
        other_names += state[i] == OTHER_NAME
    return 3 * other_numbers <= numbers and (other_names < 2 or other_names < names)


def place(a, b, begin, end, state, partner, percent, row):
    """Write the row for a passage: where it stands in the source is where its words stand there.

    Whether so many percent of the words of the longer one of both are the same.
    """
    first, last, both = -1, -1, 0
    for i in range(begin, end):
        if state[i] == BOTH:
            both += 1
            if first < 0 or partner[i] < first:
                first = partner[i]
            last = max(last, partner[i])
    row[0], row[1], row[2], row[3], row[4], row[5], row[6] = a, begin, end, b, first, last + 1, both
    return 100 * both >= percent * max(end - begin, last + 1 - first)
