"""What people read on standard error: errors with what, where and what to try."""

from __future__ import annotations

import os
from difflib import get_close_matches

import click

from ..errors import CorpuscleanError


def tell(error: CorpuscleanError) -> None:
    """Print an error on standard error, its first line in colour on a terminal."""
    first, *rest = f"corpusclean: {error}".splitlines()
    note("\n".join([click.style(first, fg="red"), *rest]))


def note(text: str = "") -> None:
    """Print lines for people on standard error."""
    click.echo(text, err=True, color=colour())


def colour() -> bool | None:
    """False when NO_COLOR is set; None leaves the question to whether the stream is a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def wrong_call(error: click.UsageError) -> CorpuscleanError:
    """A wrong call as an error with three parts.

    >>> print(wrong_call(click.NoSuchOption("--ot", possibilities=["--out"])))
    no such option '--ot'
      did you mean --out? `corpusclean --help` shows what there is
    """
    path = error.ctx.command_path if error.ctx else "corpusclean"
    near = _near(error)
    what = _missing(error) or (error.message if near else error.format_message()).rstrip(".")
    if what[:2].istitle():
        what = what[0].lower() + what[1:]
    guess = f"did you mean {near}? " if near else ""
    where = path if path != "corpusclean" else None
    return CorpuscleanError(what, where=where, hint=f"{guess}`{path} --help` shows what there is")


def _near(error: click.UsageError) -> str | None:
    """What was probably meant."""
    names: list[str] = []
    if isinstance(error, click.NoSuchOption):
        names = error.possibilities or []
    elif (
        isinstance(error, click.exceptions.NoSuchCommand) and error.ctx and isinstance(error.cmd, click.Group)
    ):
        names = get_close_matches(error.command_name, error.cmd.list_commands(error.ctx))
    return names[0] if names else None


def _missing(error: click.UsageError) -> str | None:
    if not isinstance(error, click.MissingParameter) or error.param is None or error.ctx is None:
        return None
    option = next(iter(error.param.opts), "") if isinstance(error.param, click.Option) else ""
    return f"{option} {error.param.make_metavar(error.ctx)} is missing".strip()
