"""Accidents of encoding and markup, undone: edits with names.

Comes in: a trace. Goes out: the trace after the repairs, each a function of the text that proposes edits.
They run in this order, because each leaves what the next one reads:

1. `entities`: references such as `&rsquo;`; some of them hide mojibake.
2. `mojibake`: UTF-8 that was read in another encoding; no-break spaces and soft hyphens are bytes of it.
3. `invisible`: characters that nobody sees and that join nothing.
4. `spacing`: no-break and other spaces, blanks at the ends of lines.

A repair can bring an accident to light that an earlier one mends, so they run until nothing changes. The
spelling of a text is never touched: no normalisation, no flattened quotes, dashes, ligatures or letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model import Edit, Trace
from .entities import unescape
from .invisible import ODD, drop_invisible, read_controls
from .mojibake import read_again
from .spacing import break_lines, make_plain, trim_ends

_FIRST = (unescape, read_again)
_ODD = (read_controls, drop_invisible, break_lines, make_plain)
_LAST = (trim_ends,)
REPAIRS: tuple[Callable[[str], Sequence[Edit]], ...] = (*_FIRST, *_ODD, *_LAST)

# Each round undoes one layer of accidents. Real pages need one or two; the bound is for texts made to nest.
_ROUNDS = 8


def repair_characters(trace: Trace) -> Trace:
    """The trace after all repairs of characters; a second time it would change nothing.

    >>> repair_characters(Trace.of("Tom &amp;amp; Jerry donâ€™t\\xa0know.  ")).text
    'Tom & Jerry don’t know.'
    """
    for _ in range(_ROUNDS):
        before = trace
        for _ in range(_ROUNDS):  # what was misread twice is read twice before its odd characters go
            settled, trace = trace, _apply(trace, _FIRST)
            if trace is settled:
                break
        if ODD.search(trace.text):
            trace = _apply(trace, _ODD)
        trace = _apply(trace, _LAST)
        if trace is before:
            break
    return trace


def _apply(trace: Trace, repairs: Sequence[Callable[[str], Sequence[Edit]]]) -> Trace:
    for repair in repairs:
        edits = repair(trace.text)
        if edits:
            trace = trace.apply(edits)
    return trace
