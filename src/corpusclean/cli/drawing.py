"""The picture that `explain` shows of a page.

Each row begins with its line number, a bar, the fate and what decided it; the text comes last, so that
text that runs from right to left has nothing behind it to scramble. Fates differ by word, bar and colour:
the picture can be read without colours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

import click

from ..model import Copy, Record
from .fates import Explained, Fate, Row
from .glyphs import cut, spelled, visible, width
from .summary import number

_COLOURS = {"kept": "green", "metadata": "cyan", "repeat": "magenta", "duplicate": "magenta"}
_SIGNS = {"was": "[-{}-]", "now": "{{+{}+}}"}
_STYLES: dict[str, dict[str, object]] = {
    "was": {"fg": "red", "strikethrough": True},
    "now": {"fg": "yellow", "bold": True},
    "blank": {"fg": "yellow", "underline": True},
    "join": {"fg": "yellow", "bold": True},
}
_ALWAYS = ("title", "authors", "date", "publisher", "language")
_SOMETIMES = ("section", "dateline", "tags", "first_published", "duplicate_of")


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw: in colour or not, how wide (None: lines are never broken), and whether long lines are wrapped
    instead of cut."""

    colour: bool = False
    columns: int | None = None
    full: bool = False

    def paint(self, text: str, **style: object) -> str:
        return click.style(text, **style) if self.colour and text else text  # type: ignore[arg-type]


def draw(page: Explained, look: Look) -> Iterator[str]:
    """The whole picture: a heading, the lines with the records' heads between them, and the reasons."""
    yield from _heading(page, look)
    rows = list(page.rows())
    digits = len(str(rows[-1].line)) if rows else 1
    labels = max([7, *(width(_decided(row.fate)) for row in rows)])
    if look.columns is not None:
        labels = min(labels, max(12, look.columns // 4))
    repeats, records = page.repeats(), {record.part: record for record in page.cleaned.records}
    previous = 0
    for row in rows:
        if row.fate.part in records:
            yield from _record(records.pop(row.fate.part), look)
        yield from _row(row, digits, labels, look, again=row.line == previous)
        indent = " " * (digits + 3)
        if row.fate.removal and row.fate.removal.of and row.start == row.fate.start:
            yield indent + look.paint(f"↳ as {_copy(page, row.fate.removal.of)}", fg="magenta")
        if row.line != previous and row.line in repeats:
            yield indent + look.paint(f"↳ also in {_copy(page, repeats[row.line].of)}", fg="magenta")
        previous = row.line
    yield from _reasons(page, look)


def _heading(page: Explained, look: Look) -> Iterator[str]:
    cleaned = page.cleaned
    kept = sum(fate.end - fate.start for fate in page.fates if not fate.removal)
    gone = sum(fate.end - fate.start for fate in page.fates if fate.removal)
    yield look.paint(visible(cleaned.source.name), bold=True)
    facts = [
        number(len(page.line_starts), "line"),
        number(len(cleaned.raw.text), "character"),
        cleaned.raw.encoding,
    ]
    if cleaned.raw.strays:
        facts.append(f"{number(len(cleaned.raw.strays), 'stray byte')}")
    yield look.paint("  " + ", ".join(facts), dim=True)
    share = f"{100 * kept / (kept + gone):.0f} %" if kept + gone else "nothing"
    yield f"  {number(len(cleaned.records), 'record')}, {share} kept, {number(len(cleaned.removed), 'removal')}"
    if not cleaned.records:
        yield look.paint("  nothing on this page is an article", fg="yellow")
    yield ""


def _record(record: Record, look: Look) -> Iterator[str]:
    """The head of a record: what the page says about it."""
    title = f"── record {record.part} "
    room = min(look.columns or 80, 80) - len(title)
    yield look.paint(title + "─" * room, fg="green", bold=True)
    for name in (*_ALWAYS, *_SOMETIMES):
        value = getattr(record, name)
        if name == "first_published" and value:
            value = ", ".join(part for part in (value.publisher, value.date) if part)
        text = ", ".join(value) if isinstance(value, tuple) else value
        if text:
            yield f"   {look.paint(f'{name:<16}', dim=True)}{visible(text)}"
        elif name in _ALWAYS:
            yield look.paint(f"   {name:<16}not on the page", dim=True)
    yield look.paint("─" * min(look.columns or 80, 80), fg="green", dim=True)


def _row(row: Row, digits: int, labels: int, look: Look, *, again: bool) -> Iterator[str]:
    kind = row.fate.kind
    colour = _COLOURS.get(kind, "red")
    shown = "" if again else str(row.line)
    bar = "┃" if kind == "kept" else "│"
    label = _decided(row.fate)
    label = label if width(label) <= labels else cut(label, labels - 1) + "…"
    head = [
        look.paint(f"{shown:>{digits}} ", dim=True),
        look.paint(f"{bar} {kind:<10} ", fg=colour),
        look.paint(f"{label:<{labels}}  ", dim=True),
    ]
    room = None if look.columns is None else max(20, look.columns - (digits + labels + 16))
    pieces = _trimmed(row.pieces, look)
    texts = [_shorten(pieces, room)] if room and not look.full else list(_wrapped(pieces, room))
    for at, text in enumerate(texts):
        blank = " " * (digits + 1) + look.paint(f"{bar}", fg=colour) + " " * (labels + 14)
        yield ((blank if at else "".join(head)) + "".join(_painted(text, kind, look))).rstrip()


def _decided(fate: Fate) -> str:
    if not fate.removal:
        return f"¶ {fate.paragraph}"
    return fate.removal.rule + (f" → {fate.removal.field}" if fate.removal.field else "")


def _copy(page: Explained, of: Copy) -> str:
    here = of.source == page.cleaned.source.name
    first, last = (page.line_of(of.start), page.line_of(max(of.end - 1, of.start))) if here else (0, 0)
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    place = lines if here else f"{visible(of.source)}, characters {of.start}–{of.end}"
    return f"{place}, record {of.part}, {100 * of.similarity:.0f} % alike"


Pieces = list[tuple[str, str]]


def _trimmed(pieces: tuple[tuple[str, str], ...], look: Look) -> Pieces:
    """The pieces as they are shown, without blanks at the ends; without colours, signs tell them apart."""
    shown = [(how, spelled(text) if how == "was" else visible(text)) for how, text in pieces]
    if not look.colour:
        shown = [("", "".join(_SIGNS.get(how, "{}").format(text) for how, text in shown))]
    if shown and not shown[0][0]:
        shown[0] = ("", shown[0][1].lstrip())
    if shown and not shown[-1][0]:
        shown[-1] = ("", shown[-1][1].rstrip())
    return shown


def _painted(pieces: Pieces, kind: str, look: Look) -> Iterator[str]:
    for how, text in pieces:
        style = _STYLES[how] if how else {"dim": kind not in {"kept", "metadata"}}
        yield look.paint(text, **style)


def _shorten(pieces: Pieces, room: int) -> Pieces:
    """As many pieces as fit into the columns; the last one is cut and ends with an ellipsis."""
    taken: Pieces = []
    for how, text in pieces:
        if len(cut(text, room)) < len(text):
            return [*taken, (how, cut(text, max(room - 1, 0)) + "…")]
        taken.append((how, text))
        room -= width(text)
    return taken


def _wrapped(pieces: Pieces, room: int | None) -> Iterator[Pieces]:
    """The pieces on as many lines as they need, broken at blanks where there are any."""
    line: Pieces = []
    left = room or 0
    for how, text in pieces:
        for word in re.findall(r"\S++\s*+|\s++", text) if room else [text]:
            while room and width(word) > left and (line or width(word.rstrip()) > left):
                fitting = cut(word, left) if width(word) > room else ""
                yield [*line, (how, fitting)] if fitting else line
                line, left, word = [], room, word[len(fitting) :]  # noqa: PLW2901
            line.append((how, word))
            left -= width(word)
    yield line


def _reasons(page: Explained, look: Look) -> Iterator[str]:
    """Every rule that had a part in this page, with its reason."""
    used: dict[str, list[str]] = {}
    times: Counter[str] = Counter()
    for removal in page.cleaned.removed:
        used.setdefault(removal.rule, [removal.kind, removal.reason])
        times[removal.rule] += 1
    columns = min(look.columns or 100, 120)
    if used:
        yield "\n" + look.paint("why lines went", bold=True)
    for rule, (kind, reason) in sorted(used.items()):
        yield f"  {look.paint(rule, fg=_COLOURS.get(kind, 'red'))} {look.paint(f'{times[rule]}×', dim=True)}"
        yield from (f"      {line}" for line in wrap(reason, columns - 6))
    repairs = Counter(repair.rule for repair in page.cleaned.repaired)
    if repairs:
        yield "\n" + look.paint("what was rewritten", bold=True)
        yield from (f"  {look.paint(rule, fg='yellow')} {n}×" for rule, n in sorted(repairs.items()))
