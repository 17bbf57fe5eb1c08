"""What is measured of a line: a row of numbers for each line of a sheet, for all lines at once.

Nothing here looks at the wording itself but through lists: function words and phrase families of many languages.
Neighbours are measured little; the network sees the rows above and below.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, compress

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..model import fold_words
from ..phrases import hits
from ..registry import KINDS, RULES
from ..repair.lines import HYPHEN, LINK_BREAK, WRAPPED
from ..sheet import Sheet
from ..split.layout import Layout
from .letters import CLASS, CLASSES, capital_starts, classes

FAMILIES = (
    "account", "advert", "bio", "byline", "caption", "comments", "consent", "counter", "furniture", "legal",
    "navigation", "player", "published", "related", "section", "share", "source", "subscribe", "tags",
)  # fmt: skip
TOPICS = ("comments", "subscribe", "consent", "legal", "account", "share")
STAGES = ("line", "read", "section", "split", "zone")
COLUMNS = 200  # there is room for so many
NEAR = 6  # lines: within this distance the lines of a list repeat their shape
_TIME = re.compile(r"\d[:h.]\d\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_JOINS = frozenset((HYPHEN, LINK_BREAK, WRAPPED))
_QUOTES = frozenset('“"«„')
_FAMILY = {family: n for n, family in enumerate(FAMILIES)}
_KIND = {kind: n for n, kind in enumerate(KINDS)}
_STAGE = {stage: n for n, stage in enumerate(STAGES)}

Floats = NDArray[np.float32]


class Table:
    """Columns as they are measured, each of one group of properties; a group can be left out to see what it says."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.groups: list[str] = []
        self._columns = np.empty((COLUMNS, lines), np.float32)

    def add(self, group: str, *columns: ArrayLike) -> None:
        """Add columns with one number for each line, or with one number for all of them."""
        for column in columns:
            self._columns[len(self.groups)] = column
            self.groups.append(group)

    def rows(self) -> Floats:
        """The table with a row for each line."""
        return self._columns[: len(self.groups)].T


def measure(sheet: Sheet, layout: Layout) -> Table:
    """The properties of the lines of a sheet; the first column is the size of a line, as log(1 + characters) / 4.

    >>> from corpusclean.model import Page, Trace
    >>> table = measure(Sheet(Page.of(Trace.of("Home\\nNews"))), Layout([]))
    >>> table.rows().shape[0], sorted(set(table.groups))
    (2, ['company', 'place', 'shape', 'wording'])
    """
    table, grain = Table(len(sheet.lines)), Grain.of(sheet)
    _letters(table, sheet, grain)
    _places(table, sheet, grain)
    _remains(table, sheet, grain)
    _phrases(table, sheet)
    _marks(table, sheet)
    _articles(table, layout)
    recurs = sheet.recurs
    table.add("company", 0.0 if recurs is None else recurs, recurs is not None)
    return table


@dataclass(frozen=True, slots=True)
class Grain:
    """What is counted once for all columns: the characters of the page with their classes, and the lines among them.

    `held` has for each line how many characters of each class it has, `size` its length in characters of an alphabet,
    `prose` whether it is running text, `mass` its size if it is.
    """

    codes: NDArray[np.uint32]
    of_class: NDArray[np.uint8]
    owner: NDArray[np.int64]
    top: int
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    held: Floats
    size: Floats
    closed: NDArray[np.bool_]
    prose: NDArray[np.bool_]
    mass: Floats

    @classmethod
    def of(cls, sheet: Sheet) -> Grain:
        """The grain of a sheet that has lines."""
        lines = sheet.lines
        codes = np.frombuffer(sheet.page.text.encode("utf-32-le", "surrogatepass"), np.uint32)
        of_class = classes()[np.minimum(codes, 0xFFFF)]
        starts = np.array([line.start for line in lines])
        length = np.array([len(line.text) for line in lines])
        ends = starts + length
        begins = np.zeros(len(codes), np.int64)
        begins[starts] = 1
        top = int(starts[0])
        owner = np.cumsum(begins)[top:] - 1
        width = len(CLASSES)
        counts = np.bincount(owner * width + of_class[top:], minlength=len(lines) * width)
        held = counts.reshape(len(lines), width).astype(np.float32)
        held[:, CLASS["blank"]] -= np.append(starts[1:], len(codes)) - ends  # blanks behind the line
        size = (length + 2 * held[:, CLASS["wide"]]).astype(np.float32)
        last, before = of_class[ends - 1], of_class[np.maximum(ends - 2, 0)]
        closing = ((last == CLASS["quote"]) | (last == CLASS["close"])) & (before == CLASS["stop"])
        closed = (last == CLASS["stop"]) | closing
        prose = (size >= 160) | ((size >= 50) & closed)
        mass = np.where(prose, size, 0).astype(np.float32)
        return cls(codes, of_class, owner, top, starts, ends, held, size, closed, prose, mass)

    def counted(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many of the chosen characters of the page stand in each line."""
        return np.bincount(self.owner[chosen[self.top :]], minlength=len(self.starts))

    @property
    def pieces(self) -> Floats:
        """How many pieces the blanks of each line part it into."""
        return self.held[:, CLASS["blank"]] + 1


def _letters(table: Table, sheet: Sheet, grain: Grain) -> None:
    """What the characters of the lines tell."""
    held, size, pieces = grain.held, grain.size, grain.pieces
    length = (grain.ends - grain.starts).astype(np.float32)
    letters = held[:, 1:5].sum(1) + 1e-6
    count = np.array([len(line.words) for line in sheet.lines])
    words = np.maximum(count.astype(np.float32) - held[:, CLASS["wide"]] * 0.5, 0)
    every = chain.from_iterable([line.words for line in sheet.lines])
    functional = np.fromiter(map(function_words().__contains__, every), bool)
    upto = np.concatenate([[0], functional.cumsum()])  # function words among the first words of the page
    behind = count.cumsum()
    function = (upto[behind] - upto[behind - count]).astype(np.float32)
    first, last = grain.of_class[grain.starts], grain.of_class[grain.ends - 1]
    capital, small = held[:, CLASS["capital"]], held[:, CLASS["small"]]
    ellipsis = [line.text.endswith(("…", "...", "…]", "...]")) for line in sheet.lines]

    def some(name: str, most: int) -> Floats:
        return np.minimum(held[:, CLASS[name]], most)

    table.add("shape", np.log1p(size) / 4, np.log1p(words) / 3, np.minimum(letters / pieces, 20) / 10)
    table.add("shape", np.minimum(size / 200, 1), grain.prose)
    table.add(
        "shape", capital / letters, np.minimum(capital / pieces, 2), (capital + small > 0) & (small == 0)
    )
    table.add("shape", held[:, CLASS["digit"]] / length, np.minimum(np.log1p(held[:, CLASS["stop"]]), 3) / 2)
    table.add("shape", np.minimum(np.log1p(held[:, CLASS["comma"]]), 3) / 2, held[:, CLASS["comma"]] / pieces)
    table.add("shape", some("colon", 3) / 2, some("quote", 4) / 4, some("rule", 4) / 2)
    table.add("shape", held[:, CLASS["symbol"]] / length * 5, some("symbol", 3) / 2, some("dash", 4) / 4)
    table.add("shape", some("open", 3) / 2, grain.closed, ellipsis)
    table.add(
        "shape", *(last == CLASS[name] for name in ("colon", "comma", "quote")), (last >= 1) & (last <= 4)
    )
    table.add("shape", last == CLASS["digit"], (last >= 10) & (last < 15), last == CLASS["close"])
    table.add(
        "shape", *(first == CLASS[name] for name in ("small", "capital", "letter", "wide", "digit", "quote"))
    )
    table.add("shape", (first == CLASS["dash"]) | (first == CLASS["rule"]) | (first == CLASS["symbol"]))
    table.add("wording", function / np.maximum(words, 1), np.log1p(function) / 2)

    latin = (grain.codes < 0x250) & (grain.of_class >= 1) & (grain.of_class <= 4)
    of_line = grain.counted(latin) / letters
    text = grain.mass.sum()
    of_page = (of_line * grain.mass).sum() / (text + 1) if text else latin.sum() / letters.sum()
    table.add("shape", np.abs(of_line - of_page), of_page)


def _places(table: Table, sheet: Sheet, grain: Grain) -> None:
    """Where on the page the lines stand, and which of them say the same."""
    count, mass = table.lines, grain.mass
    gap = np.array([line.gap for line in sheet.lines])
    index = np.arange(count)
    above = np.cumsum(mass) - mass
    total = mass.sum() + 1
    table.add("place", gap, np.append(gap[1:], True), index / count)
    table.add("place", np.log1p(index) / 5, np.log1p(count - 1 - index) / 5)
    table.add(
        "place", above / total, np.log1p(above) / 8, np.log1p(total - above - mass) / 8, np.log1p(total) / 8
    )
    table.add("place", gap.mean(), np.log1p(count) / 5, (mass > 0).mean())
    same = Counter([line.words for line in sheet.lines])
    table.add("company", np.log([same[line.words] for line in sheet.lines]))
    table.add("wording", *_shared_words(sheet, grain.prose))


def _remains(table: Table, sheet: Sheet, grain: Grain) -> None:
    """What is left of the page's layout: indents, joins that mending made, lines of one template."""
    texts = [line.text for line in sheet.lines]
    prose, size = grain.prose, grain.size
    feeds = np.concatenate([[-1], np.flatnonzero((grain.codes == 10) | (grain.codes == 13))])
    indent = grain.starts - feeds[np.searchsorted(feeds, grain.starts) - 1] - 1
    usual = _median(indent[prose], 0.0)
    typical = _median(size[prose], 200.0)
    mended = (piece for piece in sheet.page.trace.replaced() if not _JOINS.isdisjoint(piece.rules))
    joins = np.array([piece.text.start for piece in mended], int)
    joined = np.searchsorted(joins, grain.ends) - np.searchsorted(joins, grain.starts)
    table.add("place", np.minimum(indent, 16) / 8, indent == usual, np.clip(indent - usual, -8, 8) / 8)
    table.add("shape", np.log1p(joined) / 2, np.log1p(len(joins)) / 5)
    table.add("shape", np.clip(np.log((size + 5) / (typical + 5)), -3, 2))
    shapes = [_shape(line.text, line.words) for line in sheet.lines]
    alike = Counter(shapes)
    table.add("company", np.log([alike[shape] for shape in shapes]), _near(shapes))
    digits = grain.held[:, CLASS["digit"]].tolist()
    for pattern in (_TIME, _YEAR):
        table.add(
            "shape",
            [count > 2 and bool(pattern.search(text)) for count, text in zip(digits, texts, strict=True)],
        )
    table.add("shape", [("@" in text) + ("http" in text or "www." in text) for text in texts])
    table.add("shape", ["©" in text for text in texts])
    table.add("shape", [1 < len(line.words) < 5 and line.text.istitle() for line in sheet.lines])
    quotes = grain.held[:, CLASS["quote"]].tolist()
    table.add(
        "shape",
        [count > 0 and not _QUOTES.isdisjoint(text) for count, text in zip(quotes, texts, strict=True)],
    )
    table.add("shape", grain.counted(capital_starts(grain.codes)) / grain.pieces)


def _phrases(table: Table, sheet: Sheet) -> None:
    """Which families of phrases a line is, begins with or holds, and the family that its words speak of."""
    whole = np.zeros((len(FAMILIES), len(sheet.lines)), np.float32)
    partly = np.zeros_like(whole)
    topics = np.zeros((len(TOPICS), len(sheet.lines)), np.float32)
    for i, line in enumerate(sheet.lines):
        found = hits(line.text)
        for families in (found.whole, *found.strip):
            for family in families:
                whole[_FAMILY.get(family, 0), i] = 1
        for part in (found.label, found.inside):
            for family in part:
                partly[_FAMILY.get(family, 0), i] = 1
        if found.topic:
            topics[TOPICS.index(found.topic), i] = 1
    table.add("wording", *whole, *partly, *topics)


def _marks(table: Table, sheet: Sheet) -> None:
    """What rules have said of the lines: the kind, and in which pass."""
    kinds = np.zeros((len(sheet.lines), len(KINDS)), np.float32)
    stages = np.zeros((len(sheet.lines), len(STAGES)), np.float32)
    for i, fate in enumerate(sheet.fates):
        if fate:
            kinds[i, _KIND[fate.kind]] = 1
            stage = _STAGE.get(RULES.find(fate.rule).stage)
            if stage is not None:
                stages[i, stage] = 1
    table.add("company", *kinds.T, *stages.T)


def _articles(table: Table, layout: Layout) -> None:
    """Where the articles lie that were found."""
    rows = np.zeros((table.lines, 4), np.float32)
    for article in layout.articles:
        rows[article.first : article.last, 0] = 1
        rows[article.body : article.last, 1] = 1
        rows[article.body : article.last, 2] = np.log1p(np.arange(article.last - article.body)) / 5
        if article.title is not None:
            rows[article.first : article.last, 3] = 1
    table.add("place", bool(layout.articles), min(len(layout.articles), 4) / 4, *rows.T)


@cache
def function_words() -> frozenset[str]:
    """The folded function words of all languages: running text has them, menus have not."""
    text = (files(__package__) / "function_words.txt").read_text("utf-8")
    rows = (line.partition(":")[2] for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for row in rows for word in fold_words(row))


def _shape(text: str, words: tuple[str, ...]) -> tuple[object, ...]:
    """What lines of one template have in common: how they begin and end, and about how long they are."""
    first, last = text[0], text[-1]
    end = last.isdigit() if last.isalnum() else last
    if len(words) > 6:
        return first.isupper(), first.isdigit(), end, len(text).bit_length() + 10, ()
    numbers = tuple([word == "0" for word in words]) if "0" in words else ()
    return first.isupper(), first.isdigit(), end, len(words), numbers


def _median(values: NDArray[np.generic], default: float) -> float:
    """The median (that of numpy takes longer than all else that is done with so few numbers)."""
    ordered = np.sort(values)
    middle = len(ordered) // 2
    if not len(ordered):
        return default
    return float(ordered[middle] + ordered[-middle - 1]) / 2


def _near(shapes: list[tuple[object, ...]]) -> list[bool]:
    """For each shape whether it stands again within a few lines."""
    last: dict[tuple[object, ...], int] = {}
    near = [False] * len(shapes)
    for i, shape in enumerate(shapes):
        before = last.get(shape)
        if before is not None and i - before <= NEAR:
            near[i] = near[before] = True
        last[shape] = i
    return near


def _shared_words(sheet: Sheet, prose: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """For each line the share of its longer words that stand in other running text of the page, and in its title."""
    words = [line.words for line in sheet.lines]
    short = {word for word in set[str]().union(*words) if len(word) <= 3 and word <= "\u3000"}
    rows = [set(row) - short for row in words]
    known = Counter(chain.from_iterable(compress(rows, prose.tolist())))
    titles = (rows[i] for i, fate in enumerate(sheet.fates) if fate and fate.field == "title")
    title = max(titles, key=len, default=set())
    once, twice = set(known), {word for word, count in known.items() if count > 1}
    shared = [
        len(row & (twice if running else once)) for row, running in zip(rows, prose.tolist(), strict=True)
    ]
    titled = [len(row & title) for row in rows] if title else [0] * len(rows)
    length = np.maximum([len(row) for row in rows], 1)
    return (shared / length).astype(np.float32), (titled / length).astype(np.float32)
