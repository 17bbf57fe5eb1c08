"""The pages in `fixtures/`: what the program makes of them, and what a careful reader expects of them.

    python -m tests.golden                        how the pages stand
    python -m tests.golden --update [SLUG ...]    write what the program makes of these pages, or of all
    python -m tests.golden --update --lower       the same, also where fewer checks pass than before

Run it in the folder of the repository, in an environment that has the dependencies (`.venv/bin/python`).

A page is a folder: `source.txt` goes in, `records.jsonl` and `removed.jsonl` are exactly what comes out. `gold.json`
says line by line what should come out, and was written without looking at the program; `case.toml` tells what
the page is. `floors.toml` pins how many checks of the gold pass over all pages; `--update` lifts the floors.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .gold import Check, held_against

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
FLOORS = FIXTURES / "floors.toml"
OUTPUTS = ("records.jsonl", "removed.jsonl")
KINDS = ("clean", "innocent", "unsolved")


@dataclass(frozen=True, slots=True)
class Case:
    """One page of the fixtures."""

    folder: Path

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def about(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "case.toml").read_text("utf-8"))

    @property
    def gold(self) -> dict[str, Any]:
        return json.loads((self.folder / "gold.json").read_text("utf-8"))  # type: ignore[no-any-return]

    @property
    def source(self) -> bytes:
        return (self.folder / "source.txt").read_bytes()

    def stored(self) -> dict[str, bytes]:
        """The outputs in the folder."""
        return {name: (self.folder / name).read_bytes() for name in OUTPUTS}

    def checks(self) -> list[Check]:
        """What the gold says of the present output of the program."""
        rows = {
            name: [json.loads(line) for line in data.splitlines()] for name, data in outputs(self).items()
        }
        return list(
            held_against(self.source.decode("utf-8"), self.gold, rows["records.jsonl"], rows["removed.jsonl"])
        )

    def kind(self, failed: bool) -> str:
        """The kind that the page has when its gold holds, or fails."""
        return "unsolved" if failed else "clean" if self.gold["removed"] else "innocent"


def cases() -> list[Case]:
    """All pages, by name."""
    return [Case(path.parent) for path in sorted(FIXTURES.glob("*/case.toml"))]


@cache
def outputs(case: Case) -> dict[str, bytes]:
    """The files that the program writes for a page."""
    from corpusclean import Cleaned, Source, clean_all
    from corpusclean.formats.jsonl import json_line
    from corpusclean.formats.tables import record_row, removal_row

    (cleaned,) = clean_all([Source("source.txt", case.source)])
    assert isinstance(cleaned, Cleaned), cleaned
    return {
        "records.jsonl": b"".join(json_line(record_row(record)) for record in cleaned.records),
        "removed.jsonl": b"".join(json_line(removal_row(removal)) for removal in cleaned.removed),
    }


def digest() -> str:
    """A digest of all sources and what is expected of them."""
    state = hashlib.sha256()
    for case in cases():
        for data in (case.slug.encode(), case.source, json.dumps(case.gold, sort_keys=True).encode()):
            state.update(hashlib.sha256(data).digest())
    return state.hexdigest()


def measure() -> tuple[Counter[str], Counter[str]]:
    """How many checks of each kind pass over all pages, and how many there are."""
    every = [check for case in cases() for check in case.checks()]
    return Counter(check.kind for check in every if check.good), Counter(check.kind for check in every)


def fallen(floors: Mapping[str, int], passed: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The kinds of which fewer checks pass than the floor says: floor and count.

    >>> fallen({"title": 3, "date": 2}, {"title": 2, "date": 5})
    {'title': (3, 2)}
    """
    return {
        kind: (floor, passed.get(kind, 0)) for kind, floor in floors.items() if passed.get(kind, 0) < floor
    }


def read_floors() -> dict[str, Any]:
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"digest": "", "passed": {}}


def floor_lines(
    floors: Mapping[str, int], passed: Mapping[str, int], of: Mapping[str, int], *, lower: bool
) -> list[str]:
    """The floors after a count: lifted where more checks pass, lowered only on request."""
    kept = {kind: passed[kind] if lower else max(passed[kind], floors.get(kind, 0)) for kind in of}
    return [f"{kind} = {kept[kind]}  # of {of[kind]}" for kind in sorted(kept)]


def update(slugs: Sequence[str], lower: bool) -> int:
    """Write the outputs of the pages, settle their kinds and lift the floors; 1 when something got worse."""
    worse = 0
    for case in cases():
        if slugs and case.slug not in slugs:
            continue
        for name, data in outputs(case).items():
            path = case.folder / name
            if not path.exists() or path.read_bytes() != data:
                print(f"written: {case.slug}/{name}")
                path.write_bytes(data)
        kind = case.kind(any(not check.good for check in case.checks()))
        if kind != case.about["kind"]:
            if kind == "unsolved" and not lower:
                print(f"worse: the gold of {case.slug} fails; --lower makes it an unsolved page")
                worse = 1
                continue
            print(f"{case.slug} is {kind} now")
            path = case.folder / "case.toml"
            told = re.sub(r'^kind = "\w+"', f'kind = "{kind}"', path.read_text("utf-8"), flags=re.MULTILINE)
            path.write_bytes(told.encode())
    return int(_write_floors(lower) or worse)


def _write_floors(lower: bool) -> bool:
    """Write the floors; True when one of them is missed."""
    passed, of = measure()
    floors = read_floors()["passed"]
    missed = {} if lower else fallen(floors, passed)
    for kind, (floor, count) in missed.items():
        print(f"worse: {count} checks of {kind} pass, the floor is {floor}; --lower lowers it")
    head = "# How many checks of each kind pass over all pages, at least. `python -m tests.golden --update` writes it."
    lines = [
        head,
        f'digest = "{digest()}"',
        "",
        "[passed]",
        *floor_lines(floors, passed, of, lower=lower),
        "",
    ]
    FLOORS.write_bytes("\n".join(lines).encode())
    return bool(missed)


def show() -> int:
    """Print each page with the checks that fail, and the counts."""
    for case in cases():
        failed = [check for check in case.checks() if not check.good]
        print(f"{case.slug}: {case.about['kind']}" + (f", {len(failed)} fail" if failed else ""))
        for check in failed:
            print(f"  {check.kind}: {check.what}")
    passed, of = measure()
    print(", ".join(f"{kind} {passed[kind]}/{of[kind]}" for kind in sorted(of)))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="pages to write; all without a name")
    parser.add_argument("--update", action="store_true", help="write outputs and floors")
    parser.add_argument("--lower", action="store_true", help="let floors fall and pages become unsolved")
    options = parser.parse_args()
    unknown = set(options.slugs) - {case.slug for case in cases()}
    if unknown:
        parser.error(f"no page is called {', '.join(sorted(unknown))}")
    return update(options.slugs, options.lower) if options.update else show()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
