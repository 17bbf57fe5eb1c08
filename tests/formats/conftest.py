"""A small cleaner that stands for the whole flow: any page in, a `Cleaned` that keeps what the flow promises."""

import re

import pytest

from corpusclean.decode import decode
from corpusclean.model import Cleaned, Copy, RawText, Record, Removal, Repair, Repeat, Source

LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
REWRITTEN = re.compile(r"&amp;|[ \t]{2,}|teh|\n")
AFTER = {"&amp;": "&", "teh": "the", "\n": " "}


def rewrite(source, raw, start, end):
    """Paragraph and repairs of a stretch of the raw text."""
    repairs = []
    parts = []
    at = start
    for found in REWRITTEN.finditer(raw.text, start, end):
        after = AFTER.get(found[0], " ")
        parts += [raw.text[at : found.start()], after]
        repairs.append(Repair(source.name, found.start(), found.end(), found[0], after, "toy.repair"))
        at = found.end()
    return "".join([*parts, raw.text[at:end]]), repairs


def clean(source):
    """Every third line goes, the others are paragraphs (two at a time) of one or two records."""
    raw = RawText("Flat.\n", "utf-8") if source.markup else decode(source.data, source.encoding)
    lines = [found.span() for found in LINE.finditer(raw.text)]
    removed, repaired, paragraphs = [], [], []
    for number, (start, end) in enumerate(lines):
        if number % 3 == 0 and number:
            removed.append(
                Removal(source.name, None, start, end, raw.text[start:end], "share", "share.toy", "A test.")
            )
        elif (
            number % 3 == 1
            and number + 1 < len(lines)
            and "\n\n" not in raw.text[start : lines[number + 1][1]]
        ):
            paragraphs.append((start, lines[number + 1][1]))
        elif not (paragraphs and paragraphs[-1][1] == end):
            paragraphs.append((start, end))
    records = []
    half = (len(paragraphs) + 1) // 2
    for part, spans in enumerate((paragraphs[:half], paragraphs[half:]), 1):
        texts = []
        for start, end in spans:
            text, repairs = rewrite(source, raw, start, end)
            texts.append(text)
            repaired += repairs
        if spans:
            name = f"{source.name}/{part}"
            records.append(Record(name, source.name, part, "\n\n".join(texts), tuple(spans), title="Toy"))
    return Cleaned(source, raw, tuple(records), tuple(removed), tuple(repaired))


@pytest.fixture(scope="session")
def toy_clean():
    return clean


@pytest.fixture
def linked():
    """A page with a repeat, a duplicate and metadata."""
    text = "Title\n\nOne.\n\nOne.\n"
    raw = RawText(text, "utf-8")
    copy = Copy("1", "b.txt", 1, 7, 11, 0.5)
    record = Record("1", "b.txt", 1, "One.", ((7, 11),), title="Title", repeats=(Repeat(7, 11, copy),))
    removed = (
        Removal("b.txt", 1, 0, 5, "Title", "metadata", "fields.title", "The title.", field="title"),
        Removal("b.txt", 1, 13, 17, "One.", "repeat", "repeat.line", "It stands above.", of=copy),
    )
    return Cleaned(Source("b.txt", text.encode()), raw, (record,), removed, ())
