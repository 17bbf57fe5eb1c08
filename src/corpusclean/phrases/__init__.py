"""What widgets, labels and notices say, in eighteen languages: the lists, and how a line is held against them.

Comes in: a line. Goes out: the families whose phrases it matches (`hits`), and what its words speak of
(`lexicon().topic`). The lists are text files, one a family and language; `lexicon` tells how they are written.
"""

from .lexicon import SEPARATED, Hits, Lexicon, hits, lexicon, telling_words

__all__ = ["SEPARATED", "Hits", "Lexicon", "hits", "lexicon", "telling_words"]
