"""`corpusclean clean`: pages in, the output folder or records as JSON lines out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from ..config import Config
from .app import shown
from .options import config_options, force_option, quiet_option

Item = TypeVar("Item")


@shown(
    "clean",
    ("corpusclean clean pages/ --out cleaned", "a folder, into the folder cleaned"),
    ("corpusclean clean a.txt b.html pages.jsonl", "records as JSON lines on standard output"),
    ("curl -s URL | corpusclean clean -", "standard input"),
    ("corpusclean clean crawl/ --out cleaned --jobs 0", "with all processors"),
    short_help="Clean pages into records.",
    epilog="Exit codes: 0 done; 1 done, but some inputs failed, as a path that does not exist (they are listed, "
    "the others are written); 2 wrong call.",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", "-o", type=click.Path(path_type=Path), metavar="DIR", help="Write the output folder DIR.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that work at once; 0: one for each processor. The output is the same.",
)
@config_options
@force_option
@quiet_option
def command(inputs: tuple[str, ...], out: Path | None, jobs: int, config: Config, force: bool, quiet: bool) -> int:
    """Clean pages into article records, and say for every removed line why it went.

    INPUT is a text or HTML file, a folder of them, JSON lines with a text column, or - for standard input.
    With --out the records, the removed lines and all that `corpusclean restore` needs are written to that
    folder; without it the records go to standard output.
    """
    from ..api import clean_all
    from ..formats import read_sources
    from .summary import Tally

    tally = Tally()
    results = clean_all(read_sources(inputs, config), jobs=jobs or os.cpu_count() or 1, config=config)
    watched = tally.watch(progress(results, shown=not quiet and (out is not None or not sys.stdout.isatty())))
    if out is None:
        to_standard_output(watched)
    else:
        to_folder(watched, out, config, force)
    close(tally, out, quiet)
    return 1 if tally.failures else 0
