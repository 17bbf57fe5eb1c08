"""Ways to spread the cleaning of many sources: one after the other, or over processes of this machine.

An engine takes a function of one source and a stream of sources, and gives the results in the order of the
sources. It changes how long a run takes and never what comes out. What goes wrong with one source becomes a
`Failure` in its place; the others go on.
"""

from .local import map_ordered

__all__ = ["map_ordered"]
