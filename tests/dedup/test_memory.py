"""What a run holds in memory: less than three times what MinHash signatures of its records would take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
RECORDS = 20_000
SIGNATURE = 128 * 4  # bytes: permutations, four bytes each
# Columns wait for a megabyte, and are moved, before they go to disk; texts and pairs are looked at in chunks.
CONSTANT = 24_000_000
PROGRAM = """
import random, sys
from pathlib import Path
import corpusclean
from corpusclean.dedup import corpus

corpus.IN_MEMORY = 1_000_000  # so that what grows is seen, and not what is held back
many = int(sys.argv[1])
words = ["".join(random.Random(k).choices("abdegiklmnorstuv", k=3 + k % 7)) for k in range(5000)]

def records():
    for number in range(many):
        copy = number % 5 == 4
        rng = random.Random(number - copy)
        body = rng.choices(words, k=150)
        if copy:
            body[number % 150] = "changed"
        yield str(number), "\\n".join(" ".join(body[at : at + 50]) for at in (0, 50, 100))

groups = corpusclean.compare_records(records()).groups
assert len(groups) == many // 5, len(groups)
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) * 1024)
"""


def peak(records: int) -> int:
    """The bytes that a process takes at its peak which compares so many records."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(records)],
        env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return int(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_a_run_takes_less_than_three_times_its_signatures() -> None:
    peak(RECORDS)  # compiles what is not compiled yet, which takes memory of its own
    taken = peak(RECORDS) - peak(500)
    assert taken < 3 * SIGNATURE * RECORDS + CONSTANT
