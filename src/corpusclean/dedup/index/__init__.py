"""Records that were seen before, in one file: tomorrow's are compared with all of them, and added.

The file is a database of DuckDB. Of each record it holds the id, a digest, and what was decided; of those that
stay also the text (packed) and its seeds. New records come in batches. One join finds the old records that share
seeds with a batch; their texts are read, and from there on it is the comparison of a run: the old ones and the
new ones are one corpus. A batch goes in as one transaction, with all that was decided about it, so a run that was
killed goes on where it stopped, and one that is repeated says the same again.

Measured beside sqlite3 (`benchmarks/README.md`): the join is five times faster, adding four times, and the file half
as large.
"""

from .index import Index

__all__ = ["Index"]
