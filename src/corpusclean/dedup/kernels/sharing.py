"""Passages that a text shares with others: which lines, or parts of lines, are copies.

Loops over numbers, which run both interpreted and compiled (see `build`).
"""

from __future__ import annotations

import numpy as np

from .matching import BOTH, NAME, NUMBER, OTHER_NAME, OUTSIDE, PLACES, match

WHOLE = 80  # percent of a line that lie in common stretches: it is taken whole
SAME_OF_LINE, SAME_OF_PART = (
    66,
    80,
)  # percent of the words of a line, or of a part of one, that stand in its source
SEEDED = 60  # percent of the words of a passage's stretches that stand in both texts


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
        if codes[i] & 3 == NUMBER and state[i] != OUTSIDE:
            numbers += state[i] == BOTH
            other_numbers += state[i] != BOTH
        names += state[i] == BOTH and codes[i] & 3 == NAME
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
