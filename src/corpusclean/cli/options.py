"""Options that several commands share."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..config import DEFAULT, Dial
from .messages import colour

if TYPE_CHECKING:
    from ..templates import Profile


def _known_encoding(_ctx: click.Context, _param: click.Parameter, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise click.BadParameter(f"{name!r} is no encoding that Python knows") from None


encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    callback=_known_encoding,
    help="Encoding of what is not UTF-8; without it, it is detected.",
)


text_column_option = click.option(
    "--text-column",
    metavar="NAME",
    default=DEFAULT.text_column,
    show_default=True,
    help="Column of the rows that holds the text.",
)


def config_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how pages are read, handed over as one `config`."""

    @encoding_option
    @text_column_option
    @click.option(
        "--detector",
        type=click.Choice(["py3langid", "langdetect"]),
        default=DEFAULT.detector,
        show_default=True,
        help="Which library tells the language.",
    )
    @click.option(
        "--careful",
        "dial",
        flag_value="careful",
        help="Drop less: what is not certain to be boilerplate stays.",
    )
    @click.option("--strict", "dial", flag_value="strict", help="Drop more: what may be boilerplate goes.")
    @wraps(function)
    def gathered(
        *args: Any, encoding: str | None, text_column: str, detector: str, dial: Dial | None, **more: Any
    ) -> Any:
        config = replace(
            DEFAULT, encoding=encoding, text_column=text_column, detector=detector, dial=dial or DEFAULT.dial
        )
        return function(*args, config=config, **more)

    return gathered


def _loaded(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> Profile | None:
    if path is None:
        return None
    from ..formats import load_profile

    return load_profile(path)


profile_option = click.option(
    "--profile",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=_loaded,
    help="What recurs on the pages of each site, as an earlier run learned it (its profile.toml).",
)
quiet_option = click.option(
    "--quiet", "-q", is_flag=True, help="No progress and no summary; failures are still told."
)
force_option = click.option(
    "--force", is_flag=True, help="Write into an output folder that already holds files."
)
color_option = click.option(
    "--color/--no-color",
    "color",
    default=None,
    callback=lambda _ctx, _param, wanted: colour() if wanted is None else wanted,
    help="Colour also in a pipe, or never. The default is colour on a terminal, unless NO_COLOR is set.",
)
