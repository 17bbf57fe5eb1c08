"""What people read on standard error: errors with what, where and what to try."""

from __future__ import annotations

import click

from ..errors import CorpuscleanError


def tell(error: CorpuscleanError) -> None:
    """Print an error on standard error, its first line in colour on a terminal."""
    first, *rest = f"corpusclean: {error}".splitlines()
    click.echo("\n".join([click.style(first, fg="red"), *rest]), err=True, color=colour(err=True))


def note(text: str = "") -> None:
    """Print a line for people on standard error."""
    click.echo(text, err=True, color=colour(err=True))


def colour(*, err: bool = False) -> bool | None:
    """False when NO_COLOR is set; None leaves the question to whether the stream is a terminal."""
    import os

    return False if os.environ.get("NO_COLOR") else None


def wrong_call(error: click.UsageError) -> CorpuscleanError:
    """A wrong call as an error with three parts.

    >>> print(wrong_call(click.NoSuchOption("--ot", possibilities=["--out"])))
    no such option '--ot'
      did you mean --out? `corpusclean --help` shows what there is
    """
    path = error.ctx.command_path if error.ctx else "corpusclean"
    near = getattr(error, "possibilities", None)
    guess = f"did you mean {near[0]}? " if near else ""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        what = f"{error.param.make_metavar(error.ctx or click.Context(click.Command(path)))} is missing"
    else:
        what = error.message if near else error.format_message()
    what = what[:1].lower() + what[1:].rstrip(".")
    return CorpuscleanError(
        what,
        where=path if path != "corpusclean" else None,
        hint=f"{guess}`{path} --help` shows what there is",
    )
