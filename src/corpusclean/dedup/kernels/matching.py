"""What two texts have in common, word for word; loops that run interpreted and compiled (`build`).

A word of a text that is compared gets a state: it stands outside of what both have in common, in a gap of it, or
in both texts; or it is a number or a name in a gap where the other text has others.
"""

from __future__ import annotations

import numpy as np

OUTSIDE, GAP, BOTH, OTHER_NUMBER, OTHER_NAME = range(5)
NAME, NUMBER = 1, 2
LIVE = 64  # stretches that are open at a time
PLACES = 4  # places of one shingle in the other text that are tried


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
    live = np.empty((LIVE, 2), np.int32)  # open stretches: last hit, number of the stretch
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
                if best >= 0 or alive < LIVE:
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
    for kind in (NUMBER, NAME):
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
        if common == 0 and mine > 0 and others > 0 and (kind == NAME or mine == others):
            for i in range(begin_a, end_a):
                if a[i] & 3 == kind and state_a[i] != BOTH:
                    state_a[i] = OTHER_NUMBER if kind == NUMBER else OTHER_NAME


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
        numbers += same & (kind == NUMBER)
        names += same & (kind == NAME)
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


def find_differences(pairs, ranges, codes, words, shingles, bounds, limits, rows):
    """What words of the first text of a pair and of the second one do not have in common; how many rows there are.

    `ranges` are the words of each that are compared: first and end, first and end. A row is: pair, first and end in
    the first text, first and end in the second.
    """
    longest = 0
    for d in range(len(words) - 1):
        longest = max(longest, words[d + 1] - words[d])
    states_a, states_b = np.zeros(longest, np.uint8), np.zeros(longest, np.uint8)
    partner, back = np.zeros(longest, np.int32), np.zeros(longest, np.int32)
    stretches = np.zeros((PLACES * longest + 1, 5), np.int32)
    n = 0
    for p in range(len(pairs)):
        a, b = pairs[p, 0], pairs[p, 1]
        first_a, end_a, first_b, end_b = ranges[p, 0], ranges[p, 1], ranges[p, 2], ranges[p, 3]
        many_a, many_b = end_a - first_a, end_b - first_b
        state_a, state_b = states_a[:many_a], states_b[:many_b]
        state_b[:] = OUTSIDE
        begin_a, begin_b = bounds[a] + first_a, bounds[b] + first_b
        match(
            codes[words[a] + first_a : words[a] + end_a],
            codes[words[b] + first_b : words[b] + end_b],
            shingles[begin_a : max(begin_a, min(begin_a + many_a - limits[a, 0] + 1, bounds[a + 1]))],
            shingles[begin_b : max(begin_b, min(begin_b + many_b - limits[a, 0] + 1, bounds[b + 1]))],
            limits[a],
            state_a,
            state_b,
            partner,
            stretches,
        )
        for j in range(many_b):
            state_b[j] = OUTSIDE
        for i in range(many_a):
            if state_a[i] == BOTH and state_b[partner[i]] == BOTH:
                state_a[i] = OUTSIDE  # a word that stands once there, and more often here
            elif state_a[i] == BOTH:
                state_b[partner[i]] = BOTH
                back[partner[i]] = i
        i = 0
        while i < many_a:
            if state_a[i] == BOTH:
                i += 1
                continue
            begin = i
            while i < many_a and state_a[i] != BOTH:
                i += 1
            # What the other text has there instead: behind the words before, or in front of those after.
            at = partner[begin - 1] + 1 if begin else 0
            until = at
            while until < many_b and state_b[until] != BOTH:
                until += 1
            if until == at and i < many_a:
                at = until = partner[i]
                while at > 0 and state_b[at - 1] != BOTH:
                    at -= 1
            state_b[at:until] = BOTH
            rows[n, 0], rows[n, 1], rows[n, 2] = p, first_a + begin, first_a + i
            rows[n, 3], rows[n, 4] = first_b + at, first_b + until
            n += 1
        j = 0
        while j < many_b:
            if state_b[j] == BOTH:
                j += 1
                continue
            begin = j
            while j < many_b and state_b[j] != BOTH:
                j += 1
            at = back[begin - 1] + 1 if begin else 0
            rows[n, 0], rows[n, 1], rows[n, 2] = p, first_a + at, first_a + at
            rows[n, 3], rows[n, 4] = first_b + begin, first_b + j
            n += 1
    return n
