"""Nearly equal records from end to end: JSON lines in, JSON lines without copies out, beside other libraries.

    python benchmarks/deduplication.py [--records 20000] [--rounds 1] [--corpus FILE.jsonl]

Each program runs in a process of its own, start-up included; CPU seconds are those of the process, memory is its
peak. rensa and datasketch run the recipe of their documentation with word 5-grams and a threshold of 0.7. Families
are known where the corpus is made here: `found` is the share of surplus records that went, `wrong` the number of
families that went altogether.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

WORD = re.compile(r"\w+")
SCRIPT = Path(__file__)


def shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))]


def corpusclean(source: str, target: str, passages: bool) -> None:
    from msgspec import defstruct
    from msgspec.json import Decoder

    import corpusclean

    decode = Decoder(defstruct("Row", [("id", str), ("text", str)], gc=False)).decode
    with open(source, "rb", buffering=1 << 20) as stream:
        records = map(decode, stream)
        groups = (
            corpusclean.compare_records(records).groups if passages else corpusclean.find_duplicates(records)
        )
    gone = {copy.number for group in groups for copy in group.copies}
    with open(source, "rb", buffering=1 << 20) as stream, open(target, "wb", buffering=1 << 20) as out:
        out.writelines(line for number, line in enumerate(stream) if number not in gone)


def rensa(source: str, target: str) -> None:
    from rensa import RMinHash, RMinHashDeduplicator

    seen = RMinHashDeduplicator(threshold=0.7, num_perm=128, use_lsh=True)
    with open(source, encoding="utf-8") as stream, open(target, "w", encoding="utf-8") as out:
        for number, line in enumerate(stream):
            sketch = RMinHash(num_perm=128, seed=42)
            sketch.update(shingles(json.loads(line)["text"]))
            if seen.add(str(number), sketch):
                out.write(line)


def datasketch(source: str, target: str) -> None:
    from datasketch import MinHash, MinHashLSH

    index, base = MinHashLSH(threshold=0.7, num_perm=128), MinHash(num_perm=128)
    with open(source, encoding="utf-8") as stream, open(target, "w", encoding="utf-8") as out:
        for number, line in enumerate(stream):
            sketch = base.copy()
            sketch.update_batch([shingle.encode() for shingle in set(shingles(json.loads(line)["text"]))])
            if not index.query(sketch):
                index.insert(number, sketch)
                out.write(line)


PROGRAMS = {
    "corpusclean, records": lambda *paths: corpusclean(*paths, passages=False),
    "corpusclean, passages too": lambda *paths: corpusclean(*paths, passages=True),
    "rensa": rensa,
    "datasketch": datasketch,
}


def run(name: str, source: str, target: str) -> tuple[float, float] | None:
    """CPU seconds and megabytes of a program in a process of its own; None where its library is missing."""
    code = (
        f"import sys, os, resource; sys.path.insert(0, {str(SCRIPT.parent)!r}); import deduplication\n"
        f"deduplication.PROGRAMS[{name!r}]({source!r}, {target!r})\n"
        "used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        sys.exit(done.stderr)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def write_corpus(path: Path, records: int) -> list[int]:
    """A corpus of so many records; the families."""
    from texts import texts

    families = []
    with path.open("w", encoding="utf-8") as out:
        for number, (text, family) in enumerate(islice(texts(), records)):
            out.write(json.dumps({"id": str(number), "text": text}) + "\n")
            families.append(family)
    return families


def score(path: Path, families: list[int]) -> str:
    kept = {int(json.loads(line)["id"]) for line in path.open(encoding="utf-8")}
    left = {families[number] for number in kept}
    surplus = len(families) - len(set(families))
    return f"found {1 - (len(kept) - len(left)) / surplus:.3f}  wrong {len(set(families)) - len(left)}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--corpus")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(given.corpus or Path(folder, "corpus.jsonl"))
        families = [] if given.corpus else write_corpus(source, given.records)
        with source.open("rb") as stream:
            records = sum(1 for _ in stream)
        target = Path(folder, "kept.jsonl")
        best: dict[str, float] = {}
        for _ in range(given.rounds):
            for name in PROGRAMS:
                used = run(name, str(source), str(target))
                if used is None:
                    print(f"{name}: not installed")
                    continue
                seconds, memory = used
                best[name] = min(best.get(name, seconds), seconds)
                ratio = best[name] / best["corpusclean, records"]
                print(
                    f"{name:28s} {records / best[name]:8.0f} records/s of CPU  1 : {ratio:4.1f}  {memory:6.0f} MB  "
                    f"{score(target, families) if families else ''}",
                    flush=True,
                )


if __name__ == "__main__":
    sys.path.insert(0, str(SCRIPT.parent))
    main()
