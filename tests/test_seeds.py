"""Real pages that lie beside the repository come out as a careful reader expects."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpusclean import Cleaned, Source, clean_all
from corpusclean.formats.jsonl import json_line
from corpusclean.formats.tables import record_row, removal_row

from .gold import held_against

pytestmark = pytest.mark.shared


def rows(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [json.loads(json_line(item)) for item in items]


def failed(pages: Path, name: str, gold: dict[str, Any]) -> list[str]:
    data = (pages / name).read_bytes()
    (cleaned,) = clean_all([Source(name, data)])
    assert isinstance(cleaned, Cleaned)
    assert cleaned.restore() == data
    records = rows([record_row(record) for record in cleaned.records])
    removed = rows([removal_row(removal) for removal in cleaned.removed])
    checks = held_against(data.decode("utf-8"), gold, records, removed)
    return [f"{name[:3]} {check.kind}: {check.what}" for check in checks if not check.good]


def test_the_seeds_come_out_as_their_gold_says(shared: Path) -> None:
    files = json.loads((shared / "gold" / "seeds.json").read_text("utf-8"))["files"]
    assert [line for name, gold in files.items() for line in failed(shared / "seeds", name, gold)] == []


def test_the_seeds_are_whole(shared: Path) -> None:
    """Each page is restored also when all of them are one run, in which later ones link to earlier ones."""
    sources = [Source(path.name, path.read_bytes()) for path in sorted((shared / "seeds").glob("*.txt"))]
    for source, cleaned in zip(sources, clean_all(sources), strict=True):
        assert isinstance(cleaned, Cleaned)
        assert cleaned.restore() == source.data
        taken = [span for record in cleaned.records for span in record.spans]
        taken += [(removal.start, removal.end) for removal in cleaned.removed]
        fates = Counter(at for start, end in taken for at in range(start, end))
        text = cleaned.raw.text
        assert [at for at, character in enumerate(text) if fates[at] != 1 and not character.isspace()] == []
