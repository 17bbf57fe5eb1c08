"""Tables of records that are compared: JSON lines and Parquet with a column of texts.

Comes in: paths, or `-`. `open_tables` finds the files, each a `Table` that is read twice: `rows` gives what is
compared of each row (`Row`), and a Failure for what cannot be; `lines` gives all rows again as they stand, so
that no text is held in between. Standard input and pipes are put aside in a temporary file first.

Goes out: `write_findings` makes an output folder. Each row that came in is in one of three of its files: in
`records.jsonl` when it stays, in `copies.jsonl` when it nearly equals one that stays, in `failed.jsonl` when it
could not be read.
"""

from .columns import Columns, Row
from .reading import Reading
from .tables import Table, open_tables
from .writing import Outcome, write_findings, write_rest

__all__ = ["Columns", "Outcome", "Reading", "Row", "Table", "open_tables", "write_findings", "write_rest"]
