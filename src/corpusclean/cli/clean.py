"""`corpusclean clean`: pages in, the output folder or records as JSON lines out."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from ..config import SEEDS, Config
from .app import shown
from .options import config_options, force_option, profile_option, quiet_option

if TYPE_CHECKING:
    from ..errors import Failure
    from ..formats import Summary
    from ..model import Cleaned
    from ..templates import Profile

Item = TypeVar("Item")


def _at_least_none(_ctx: click.Context, _param: click.Parameter, jobs: int) -> int:
    if jobs < 0:
        raise click.BadParameter(f"there cannot be {jobs} processes")
    return jobs or os.cpu_count() or 1


@shown(
    "clean",
    ("corpusclean clean pages/ --out cleaned", "a folder"),
    ("corpusclean clean a.txt b.html pages.jsonl", "records as JSON lines"),
    ("curl -s URL | corpusclean clean -", "standard input"),
    ("corpusclean clean crawl/ --out cleaned -j 0", "with all processors"),
    short_help="Clean pages into records.",
    epilog="Exit codes: 0 done; 1 done, but some inputs failed, as a path that does not exist (they are listed, "
    "the others are written); 2 wrong call.",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), metavar="DIR", help="Write the output folder DIR."
)
@click.option(
    "--jobs",
    "-j",
    type=int,
    default=1,
    callback=_at_least_none,
    metavar="N",
    help="Processes that work at once, 0 for one on each processor (default: 1). The output is the same.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["drop", "mark"]),
    default="drop",
    show_default=True,
    help="What becomes of an article that nearly equals an earlier one of the run.",
)
@click.option(
    "--shared",
    type=click.Choice(["drop", "mark"]),
    default="mark",
    show_default=True,
    help="What becomes of a passage that also stands in an earlier article.",
)
@click.option(
    "--templates/--no-templates",
    default=True,
    show_default=True,
    help="Whether files are read twice, first to learn what recurs on the pages of each site (host, else folder).",
)
@profile_option
@config_options
@force_option
@quiet_option
def command(
    inputs: tuple[str, ...],
    *,
    out: Path | None,
    jobs: int,
    duplicates: Literal["drop", "mark"],
    shared: Literal["drop", "mark"],
    templates: bool,
    profile: Profile | None,
    config: Config,
    force: bool,
    quiet: bool,
) -> int:
    """Clean pages into article records, and say for every removed line why it went.

    INPUT is a text or HTML file, a folder of them, JSON lines with a text column, or - for standard input.
    With --out the records, the removed lines and all that `corpusclean restore` needs are written to that
    folder; without it the records go to standard output. Standard input and pipes are read once: nothing is
    learned from them.
    """
    from ..api import clean_all
    from ..formats import read_sources, write_folder, write_stream

    if profile and not templates:
        raise click.UsageError("--profile and --no-templates exclude each other")
    config = replace(config, duplicates=duplicates, shared=shared, templates=templates and profile is None)
    notes: list[str] = []
    failures: list[Failure] = []
    progress = not quiet and sys.stderr.isatty() and (out is not None or not sys.stdout.isatty())
    if config.templates:
        profile = _learned(inputs, config, out, progress)
    sources = read_sources(inputs, config, out=out, note=notes.append)
    results: Iterator[Cleaned | Failure] = clean_all(sources, jobs=jobs, config=config, profile=profile)
    if progress:
        results = _with_progress(results)
    if out:
        done = write_folder(results, out, config, force=force, seeds=SEEDS, profile=profile)
        failures = done.failures
    else:
        done = write_stream(_watched(results, failures), sys.stdout.buffer)
    more = [*notes, *_next_steps(inputs, out, profile)]
    _close(done, failures, None if quiet else more, out)
    return 1 if failures else 0


def _learned(inputs: tuple[str, ...], config: Config, out: Path | None, progress: bool) -> Profile:
    """What recurs on the pages of the inputs that can be read twice."""
    from ..api import learn
    from ..formats import read_sources

    again = [path for path in inputs if path != "-" and (Path(path).is_dir() or Path(path).is_file())]
    sources = read_sources(again, config, out=out)
    return learn(_with_progress(sources) if progress else sources, config)


def _with_progress(items: Iterable[Item]) -> Iterator[Item]:
    from tqdm import tqdm

    return iter(tqdm(items, unit=" pages", leave=False, file=sys.stderr))


def _watched(results: Iterable[Cleaned | Failure], failures: list[Failure]) -> Iterator[Cleaned | Failure]:
    """The results; failures are kept too, since no manifest will list them."""
    from ..errors import Failure

    for result in results:
        if isinstance(result, Failure):
            failures.append(Failure(result.name, result.error))
        yield result


def _close(done: Summary, failures: list[Failure], more: list[str] | None, out: Path | None) -> None:
    """Tell the summary, unless `more` to say is None, and the failures."""
    from .messages import note
    from .summary import summary, tell_failures

    if more is not None:
        note("\n".join([*summary(done.counts), *more]))
    tell_failures(failures, done.counts.failures, str(out / "manifest.json") if out else None)


def _next_steps(inputs: tuple[str, ...], out: Path | None, profile: Profile | None) -> list[str]:
    from .summary import number

    steps = []
    if profile:
        known = f"{number(profile.size(), 'line')} of {number(len(profile.sites), 'site')}"
        steps.append(f"what recurs, {known}: {out / 'profile.toml' if out else 'written with --out'}")
    if out:
        steps += [
            f"the articles: {out / 'records.jsonl'}",
            f"all else, with its reason: {out / 'removed.jsonl'}",
        ]
    if inputs[0] != "-":
        steps.append(f"line by line: corpusclean explain {shlex.quote(inputs[0])}")
    return steps
