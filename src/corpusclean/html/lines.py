"""Elements and their text, in the order of the page, to lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .elements import APART, BLOCKS, BOXES, CELLS, KEPT, LISTS

# What a browser collapses; a no-break space is not in it.
_SPACE = re.compile(r"[ \t\n\r\f]++")


@dataclass(slots=True)
class _Block:
    """Lines that are done, each with the number of line feeds before it: 1, or 2 where a line is left empty."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    feeds: int = 1

    def add(self, line: str) -> None:
        self.lines.append((self.feeds, line))
        self.feeds = 1


@dataclass(slots=True)
class _Row:
    """A table row that is being read: its cells that are done, and the lines around the row."""

    around: _Block
    cells: list[_Block] = field(default_factory=list)
    in_cell: bool = False


class Lines:
    """Gathers the lines of a page: `begin` and `end` of elements, and `text` between them.

    >>> lines = Lines()
    >>> lines.begin("p"); lines.text("One "); lines.begin("b"); lines.text(" two"); lines.end("b"); lines.end("p")
    >>> lines.begin("p"); lines.text("three"); lines.begin("br"); lines.end("br"); lines.text("four"); lines.end("p")
    >>> lines.finished()
    'One two\\n\\nthree\\nfour\\n'
    """

    def __init__(self) -> None:
        self._block = _Block()
        self._parts: list[str] = []
        self._rows: list[_Row] = []
        self._kept = 0
        self._kept_begun = False  # whether the <pre> that is open has a line yet
        self._lists = 0

    def text(self, text: str) -> None:
        """Text inside the element that was begun last."""
        self._parts.append(text)

    def begin(self, tag: str) -> None:
        """An element begins."""
        if tag in BLOCKS or tag == "br":
            self._break(tag)
        elif tag in BOXES:
            self._parts.append(" ")
        if tag == "tr":
            self._rows.append(_Row(self._block))
        elif tag in CELLS and self._rows:
            self._begin_cell(self._rows[-1])
        elif tag in KEPT:
            self._kept += 1
            self._kept_begun = False
        self._lists += tag in LISTS

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "br":
            return
        if tag in BLOCKS:
            self._lists -= tag in LISTS
            self._break(tag)
        elif tag in BOXES:
            self._parts.append(" ")
        self._kept -= tag in KEPT
        if tag == "tr" and self._rows:
            self._end_row(self._rows.pop())
        elif tag in CELLS and self._rows:
            self._end_cell(self._rows[-1])

    def finished(self) -> str:
        """All lines of the page."""
        self._flush()
        while self._rows:
            self._end_row(self._rows.pop())
        lines = self._block.lines
        if not lines:
            return ""
        return lines[0][1] + "".join("\n" * feeds + line for feeds, line in lines[1:]) + "\n"

    def _break(self, tag: str) -> None:
        flushed = self._flush()
        apart = tag in APART and not (self._lists and tag in LISTS)
        if apart or (tag == "br" and not flushed):  # a second <br> leaves a line empty
            self._block.feeds = max(self._block.feeds, 2)

    def _flush(self) -> bool:
        """What was gathered becomes a line, or several where white space counts; False when it is blank."""
        text = "".join(self._parts)
        self._parts.clear()
        if self._kept:
            return self._add_kept(text)
        line = _SPACE.sub(" ", text).strip(" ")
        if line and line.isspace():  # a no-break space keeps an empty line open
            self._block.feeds = 2
        elif line:
            self._block.add(line)
        return bool(line)

    def _add_kept(self, text: str) -> bool:
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            if line and not line.isspace():
                self._block.add(line.rstrip())
                self._kept_begun = True
            elif number and self._kept_begun:
                self._block.feeds += 1
        return bool(text)

    def _begin_cell(self, row: _Row) -> None:
        if row.in_cell:  # a cell that was never closed
            self._end_cell(row)
        row.in_cell = True
        self._block = _Block()

    def _end_cell(self, row: _Row) -> None:
        self._flush()
        if row.in_cell:
            row.cells.append(self._block)
            row.in_cell = False
            self._block = row.around

    def _end_row(self, row: _Row) -> None:
        """A row of short cells is one line with tabs; one that lays out a page is its cells one after the other."""
        self._end_cell(row)
        if all(len(cell.lines) <= 1 for cell in row.cells):
            line = "\t".join(cell.lines[0][1] if cell.lines else "" for cell in row.cells)
            if line.strip():
                row.around.add(line.strip("\t"))
            return
        for cell in row.cells:
            for number, (feeds, line) in enumerate(cell.lines):
                row.around.feeds = max(row.around.feeds, feeds if number else 1)
                row.around.add(line)
            row.around.feeds = max(row.around.feeds, cell.feeds)
