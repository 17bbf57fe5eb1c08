"""`corpusclean explain`: a page line by line, with the fate of each line and the rule that decided."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from ..config import Config
from .app import shown
from .options import color_option, config_options, profile_option

if TYPE_CHECKING:
    from ..templates import Profile


@shown(
    "explain",
    ("corpusclean explain page.txt", "each line, its fate, and why"),
    ("corpusclean explain --full page.txt", "long lines in full"),
    ("corpusclean explain page.txt --profile cleaned/profile.toml", "with what a run learned about its site"),
    ("corpusclean explain --color page.txt | less -R", "page by page, in colour"),
    short_help="Show a page line by line: what stayed, what went, and why.",
    epilog="In a pipe lines are never cut. Signs: [-taken-] and {+put there+} by a repair, ↩ a line end that was "
    "mended; in colour struck through and yellow.",
)
@click.argument("source", metavar="INPUT")
@click.option(
    "--full", is_flag=True, help="Whole lines, broken at the width of the terminal, instead of cut ones."
)
@config_options
@profile_option
@color_option
def command(source: str, *, full: bool, config: Config, profile: Profile | None, color: bool | None) -> int:
    """Show what becomes of a page, line by line: number, fate, what decided, text.

    INPUT is a file, or - for standard input. Of a folder or a file that holds several pages all are shown.
    """
    from ..api import clean_all
    from ..errors import Failure
    from ..formats import read_sources
    from .drawing import Look, draw
    from .fates import Explained
    from .summary import tell_failures

    colour = sys.stdout.isatty() if color is None else color
    look = Look(colour, get_terminal_size().columns if sys.stdout.isatty() else None, full)
    failures: list[Failure] = []
    for result in clean_all(read_sources((source,), config), config=config, profile=profile):
        if isinstance(result, Failure):
            failures.append(result)
            continue
        for line in draw(Explained.of(result), look):
            click.echo(line, color=colour)
        click.echo()
    tell_failures(failures, len(failures))
    return 1 if failures else 0
