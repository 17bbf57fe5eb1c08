"""The gold of a page held against the output for it, by code that shares nothing with the program.

Comes in: the source, what a careful reader expects of each line of it, and the rows of `records.jsonl` and
`removed.jsonl`. Goes out: one check for each thing that the reader said, and for what holds of any page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FACTS = ("language", "section", "dateline", "tags", "first_published")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the gold says, and whether it is so. Checks of one `kind` are counted together."""

    kind: str
    what: str
    good: bool


def held_against(raw: str, gold: Row, records: Sequence[Row], removed: Sequence[Row]) -> Iterator[Check]:
    """The checks of one page: rows of the output files against the gold, which speaks of lines."""
    spans = list(line_spans(raw))
    yield Check(
        "articles",
        f"{len(gold['records'])} records, not {len(records)}",
        len(records) == len(gold["records"]),
    )
    for part, want in enumerate(gold["records"], 1):
        got = records[part - 1] if part <= len(records) else {}
        yield from _record_checks(part, want, got, [_fold(raw[start:end]) for start, end in spans])
    also = gold.get("also_accept", {})
    for kind, entries in gold["removed"].items():
        for number in (number for lines in expand(entries) for number in lines):
            kinds = {row["kind"] for row in removed if _meet(row, spans[number - 1])}
            good = bool(kinds) and kinds <= {kind, *also.get(str(number), [])}
            yield Check("removed", f"line {number} is {kind}, not {sorted(kinds) or 'text'}", good)
    repeats = [row for record in records for row in record["repeats"]]
    for first, second in gold.get("shared_passages", []):
        good = any(_meet(row, spans[second - 1]) and _meet(row["of"], spans[first - 1]) for row in repeats)
        yield Check("links", f"line {second} says again what line {first} says", good)
    yield from _promises(raw, records, removed)


def _record_checks(part: int, want: Row, got: Row, lines: Sequence[str]) -> Iterator[Check]:
    title = lines[want["title"] - 1] if isinstance(want["title"], int) else want["title"]
    facts = {
        **{key: want[key] for key in ("authors", "date", "publisher", *FACTS) if key in want},
        "title": title,
    }
    for key, value in facts.items():
        kind = "facts" if key in FACTS else key
        yield Check(
            kind, f"{part}: {key} is {value!r}, not {got.get(key)!r}", _alike(got.get(key, "?"), value)
        )
    body = [_fold(" ".join(lines[number - 1] for number in numbers)) for numbers in expand(want["body"])]
    text = [_fold(paragraph) for paragraph in got.get("text", "").split("\n\n")]
    # a blank that the page forgot behind a full stop may be put in
    spaced = [re.sub(r"(?<=[a-z])\.(?=[A-Z][a-z])", ". ", paragraph) for paragraph in body]
    there = Counter(text)
    for paragraph, other in zip(body, spaced, strict=True):
        found = next((key for key in (paragraph, other) if there[key]), None)
        there[found or ""] -= found is not None
        yield Check("paragraphs", f"{part}: lost {paragraph[:60]!r}", found is not None)
    surplus = [paragraph[:40] for paragraph in text if paragraph not in {*body, *spaced}]
    same = len(text) == len(body) and all(
        t in pair for t, pair in zip(text, zip(body, spaced, strict=True), strict=True)
    )
    yield Check("text", f"{part}: {len(body)} paragraphs, not {len(text)}; too much: {surplus[:3]}", same)


def _promises(raw: str, records: Iterable[Row], removed: Sequence[Row]) -> Iterator[Check]:
    taken = [span for record in records for span in record["spans"]] + [
        (row["start"], row["end"]) for row in removed
    ]
    fates = Counter(at for start, end in taken for at in range(start, end))
    lost = [at for at, character in enumerate(raw) if not character.isspace() and fates[at] != 1]
    yield Check("promises", f"characters {lost[:5]} have not exactly one fate", not lost)
    yield Check(
        "promises",
        "removals quote the source",
        all(row["text"] == raw[row["start"] : row["end"]] for row in removed),
    )
    yield Check("promises", "removals say why", all(row["rule"] and row["reason"] for row in removed))


def line_spans(raw: str) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends; only a line feed ends one."""
    at = 0
    for line in raw.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def expand(entries: Iterable[int | str | list[int]]) -> list[list[int]]:
    """Entries of the gold as lists of line numbers, one list a paragraph.

    >>> expand([5, "8-10", [11, 12]])
    [[5], [8], [9], [10], [11, 12]]
    """
    found: list[list[int]] = []
    for entry in entries:
        if isinstance(entry, str):
            first, last = map(int, entry.split("-"))
            found += [[number] for number in range(first, last + 1)]
        else:
            found.append(entry if isinstance(entry, list) else [entry])
    return found


def _fold(text: str) -> str:
    return " ".join(text.split())


def _alike(got: object, want: object) -> bool:
    if isinstance(got, str) and isinstance(want, str):
        return _fold(got).casefold() == _fold(want).casefold()
    return got == want or (not got and not want)


def _meet(row: Row, span: tuple[int, int]) -> bool:
    return bool(row["start"] < span[1] and row["end"] > span[0])
