"""`corpusclean restore`: the input files again, from an output folder alone."""

from __future__ import annotations

from pathlib import Path

import click

from .app import shown
from .options import quiet_option


@shown(
    "restore",
    ("corpusclean restore cleaned --out pages", "the pages again"),
    short_help="Rebuild the input files, byte for byte.",
    epilog="Exit codes: 0 done; 1 done, but some files could not be restored (they are listed); 2 wrong call, or the "
    "folder to write into is not empty.",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Write the files here."
)
@quiet_option
def command(folder: Path, out: Path, quiet: bool) -> int:
    """Rebuild the input files from an output folder, and check each against the digest of what was read.

    Of HTML the flattened text comes back, in which the offsets count.
    """
    from ..formats import restore_folder
    from .messages import note
    from .summary import number, tell_failures

    restored = restore_folder(folder, out)
    if not quiet:
        note(f"{number(restored.files, 'file')} restored to {out}, the same bytes as were read")
        if restored.flat:
            note(f"of {number(restored.flat, 'HTML file')} this is the flat text; the markup was not kept")
    tell_failures(restored.failures, len(restored.failures))
    return 1 if restored.failures else 0
