"""Repeated passages: inside one page, across the records of a run, and over any number of records.

A passage is a paragraph: words and a place. In come passages in reading order, out go pairs that say "this
one stands earlier, there, and so much of it is the same". The idea is the same in all rooms: a cheap index
proposes candidates, and one exact judge decides on the words that stand in both texts. The judge also counts
names and numbers, because a text that only changes those is a template and no copy.

Inside a page (`within`) a repeat is removed, so `repeats_within` wants proof: a run of passages that come again in
the same order, or one long passage with the same names and numbers; `chunks` propose, `alignment` judges. While
pages are cleaned one after the other (`link`), a repeat is only marked, so `Linker` is content with an alignment of
0.6; MinHash `bands` propose. In both the earliest passage is the one that is kept.

Records that are there already are compared all at once (`duplicates`, `shared`): they become a `Corpus` of numbers
by the `kernels`, seeds propose, and the `verdict` is given on the stretches that two texts have in common.
"""

from .link import Linker, Links
from .passages import Pair, Passage
from .within import repeats_within

__all__ = ["Linker", "Links", "Pair", "Passage", "repeats_within"]
