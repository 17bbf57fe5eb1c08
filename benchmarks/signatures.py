"""MinHash signatures: texts in, a matrix of 128 values each out, on one core, beside other libraries.

    python benchmarks/signatures.py [--mb 20] [--rounds 5] [--corpus FILE.jsonl]

Word 5-grams throughout. Libraries that are not installed are left out: `pip install datasketch rensa getdaft gaoya
xxhash`, best in an environment of their own. Every round measures all of them one after the other, in CPU seconds;
the best round of each counts, and the last column says how many times slower than corpusclean it is.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable
from importlib import import_module
from itertools import islice
from pathlib import Path

for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS", "DAFT_RUNNER_THREADS"):
    os.environ.setdefault(name, "1")
sys.path.insert(0, str(Path(__file__).parent))

WORD = re.compile(r"\w+")
PERMUTATIONS, GRAM = 128, 5
Sign = Callable[[list[str]], object]


def shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1))]


def corpusclean() -> Sign:
    from corpusclean.dedup.signatures import Signer

    return Signer(PERMUTATIONS, words=GRAM).sign


def datasketch_update() -> Sign:
    from datasketch import MinHash

    def sign(texts: list[str]) -> object:
        rows = []
        for text in texts:
            sketch = MinHash(num_perm=PERMUTATIONS)
            for shingle in set(shingles(text)):
                sketch.update(shingle.encode())
            rows.append(sketch.hashvalues)
        return rows

    return sign


def datasketch_bulk() -> Sign:
    from datasketch import MinHash
    from xxhash import xxh32_intdigest

    def sign(texts: list[str]) -> object:
        batches = ([shingle.encode() for shingle in shingles(text)] for text in texts)
        return MinHash.bulk(batches, num_perm=PERMUTATIONS, hashfunc=xxh32_intdigest)

    return sign


def rensa() -> Sign:
    from rensa import RMinHash

    def sign(texts: list[str]) -> object:
        return [
            RMinHash.digest_matrix_from_token_sets(
                [shingles(text) for text in texts[i : i + 500]], num_perm=PERMUTATIONS, seed=42
            )
            for i in range(0, len(texts), 500)
        ]

    return sign


def gaoya() -> Sign:
    from gaoya.minhash import MinHashStringIndex

    def sign(texts: list[str]) -> object:
        index = MinHashStringIndex(32, 0.75, PERMUTATIONS // 8, 8, None, "word", True, (GRAM, GRAM), "vec")
        for number, text in enumerate(texts):
            index.insert_document(number, text)
        return index

    return sign


def daft(normalised: bool) -> Sign:
    library = import_module("daft")

    def sign(texts: list[str]) -> object:
        column = library.from_pydict({"t": texts})
        text = column["t"]
        if normalised:
            text = text.normalize(remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True)
        options = {} if normalised else {"hash_function": "xxhash3_64"}
        return column.select(
            text.minhash(num_hashes=PERMUTATIONS, ngram_size=GRAM, seed=1, **options)
        ).to_arrow()

    return sign


PEERS: dict[str, Callable[[], Sign]] = {
    "corpusclean": corpusclean,
    "Daft, xxh3, text as it is": lambda: daft(normalised=False),
    "Daft, murmur3, normalised": lambda: daft(normalised=True),
    "gaoya, with its index": gaoya,
    "rensa, matrix": rensa,
    "datasketch, bulk with xxh32": datasketch_bulk,
    "datasketch, update": datasketch_update,
}


def sample(megabytes: float, corpus: str | None) -> list[str]:
    """Texts of so many megabytes, from a file of JSON lines or made up."""
    from texts import texts

    source = (json.loads(line)["text"] for line in Path(corpus).open(encoding="utf-8")) if corpus else None
    chosen, size = [], 0
    for text in source or (text for text, _ in texts()):
        chosen.append(text)
        size += len(text.encode())
        if size > megabytes * 1e6:
            break
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mb", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus")
    given = parser.parse_args()
    texts = sample(given.mb, given.corpus)
    size = sum(len(text.encode()) for text in texts) / 1e6
    ready: dict[str, Sign] = {}
    for name, make in PEERS.items():
        try:
            ready[name] = make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})")
            continue
        ready[name](list(islice(texts, 300)))  # imports, compilation
    best = dict.fromkeys(ready, float("inf"))
    for _ in range(given.rounds):
        for name, sign in ready.items():
            gc.collect()
            begin = time.process_time()
            sign(texts)
            best[name] = min(best[name], time.process_time() - begin)
    print(f"{len(texts)} texts, {size:.0f} MB, {PERMUTATIONS} permutations, {GRAM}-grams of words")
    for name, seconds in best.items():
        print(f"{name:30s} {size / seconds:8.1f} MB/s   1 : {seconds / best['corpusclean']:.1f}")


if __name__ == "__main__":
    main()
