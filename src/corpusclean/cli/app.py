"""The group of commands, and help that shows examples first."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from .. import __version__

COMMANDS = ("clean", "dedup", "explain", "restore", "rules")
EXAMPLES = (
    ("corpusclean clean pages/ --out cleaned", "clean a folder of pages"),
    ("corpusclean clean page.html", "one page, its records as JSON lines"),
    ("corpusclean explain page.txt", "line by line: what went, and why"),
    ("corpusclean dedup cleaned --out unique", "records without copies, and shared passages"),
    ("corpusclean restore cleaned --out back", "the pages again, byte for byte"),
    ("corpusclean rules comments", "the rules about comments"),
)


class Shown(click.Command):
    """A command whose help begins with what it does and how it is used."""

    examples: Sequence[tuple[str, str]] = ()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_help_text(ctx, formatter)
        write_examples(self.examples, formatter)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        self.format_options(ctx, formatter)
        self.format_epilog(ctx, formatter)


class Commands(click.Group):
    """The commands, each in the module of its name, loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__package__}.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A reader that has seen enough (`| head`) is no error."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            with suppress(OSError, ValueError):  # what is still buffered goes nowhere, without a complaint
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return code

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_help_text(ctx, formatter)
        write_examples(EXAMPLES, formatter)
        self.format_commands(ctx, formatter)
        self.format_options(ctx, formatter)
        self.format_epilog(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Command.format_options(self, ctx, formatter)


def write_examples(examples: Sequence[tuple[str, str]], formatter: click.HelpFormatter) -> None:
    """A section of commands to copy, each under what it does when the terminal is narrow."""
    if examples:
        with formatter.section("Examples"):
            formatter.write_dl(list(examples), col_max=50)


def shown(
    name: str, *examples: tuple[str, str], **more: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command with examples in its help."""

    def make(function: Callable[..., Any]) -> click.Command:
        command = click.command(name, cls=Shown, **more)(function)
        command.examples = examples
        return command

    return make


@click.group(
    "corpusclean",
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`corpusclean COMMAND --help` tells more. Exit codes: 0 done; 1 done, but some inputs failed (they are "
    "listed, the others are written); 2 wrong call.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    """Scraped pages in, clean articles out, and for every removed line the reason why it went."""
