"""Texts to measure with: words of a Zipf vocabulary, lengths like those of news, and known copies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvw" for vowel in "aeio"]


def vocabulary(rng: random.Random, size: int = 50_000) -> list[str]:
    """Words, the frequent ones short."""
    words: dict[str, None] = {}
    while len(words) < size:
        words[
            "".join(rng.choices(SYLLABLES, k=1 + (len(words) > 40) + (len(words) > 1500) + rng.randrange(2)))
        ] = None
    return list(words)


def texts(seed: int = 7, copies: float = 0.2) -> Iterator[tuple[str, int]]:
    """Texts without end, each with the number of the first text of its family.

    A copy has up to 8 % of its words replaced; one in four is cut to 60 to 95 % of its length.
    """
    rng = random.Random(seed)
    words = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 3.7) ** 1.07 for rank in range(len(words))))
    known: list[tuple[list[str], int]] = []
    number = 0
    while True:
        if known and rng.random() < copies:
            source, family = rng.choice(known)
            share = rng.choice((0, 0.005, 0.01, 0.02, 0.04, 0.08))
            drawn = iter(rng.choices(words, cum_weights=weights, k=len(source)))
            body = [next(drawn) if rng.random() < share else word for word in source]
            if rng.random() < 0.25:
                body = body[: max(40, int(len(body) * rng.uniform(0.6, 0.95)))]
        else:
            length = min(max(int(rng.lognormvariate(6.1, 0.7)), 40), 8000)
            body, family = rng.choices(words, cum_weights=weights, k=length), number
            known.append((body, family))
        yield _laid_out(body, rng), family
        number += 1


def _laid_out(body: list[str], rng: random.Random) -> str:
    """Sentences and paragraphs."""
    out, at = [], 0
    while at < len(body):
        size = rng.randrange(6, 27)
        sentence = " ".join(body[at : at + size]).capitalize()
        out.append(sentence + (".\n\n" if rng.random() < 0.3 else ". "))
        at += size
    return "".join(out).strip()
