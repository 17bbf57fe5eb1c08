"""Repeated passages: inside one page, and across the records of a run.

A passage is a paragraph: words and a place. In come passages in reading order, out go pairs that say "this
one stands earlier, there, and so much of it is the same". The idea is the same in both rooms: a cheap index
proposes candidates (`chunks` for one page, MinHash `bands` for a run), and one exact judge decides
(`alignment`: words that stand in both texts in the same order, as a share of the longer text). The judge also
counts names and numbers, because a text that only changes those is a template and no copy.

Inside a page a repeat is removed, so `repeats_within` wants proof: a run of passages that come again in the
same order, or one long passage with the same names and numbers. Across records a repeat is only marked, so
`Linker` is content with an alignment of 0.6. In both the earliest passage is the one that is kept.
"""

from .link import Linker, Links
from .passages import Pair, Passage
from .within import repeats_within

__all__ = ["Linker", "Links", "Pair", "Passage", "repeats_within"]
