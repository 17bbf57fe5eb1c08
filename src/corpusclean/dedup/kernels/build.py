"""Loads what is compiled: on the first call of a function numba compiles it, and keeps it on disk.

numba looks at a function's own file to see whether what it kept is still good. Our functions call each other across
files, so they are kept in a folder that is named for the sources of all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any

LOOPS = "seeds", "matching", "sharing"  # what compares texts, as loops over numbers that run both ways
_HERE = Path(__file__).parent


@cache
def kernels() -> Any:
    """The functions of `words` and `shingles`."""
    with _kept():
        modules = [import_module(f".{name}", __package__) for name in ("words", "shingles")]
    return SimpleNamespace(**{name: value for module in modules for name, value in vars(module).items()})


@cache
def plain_loops() -> Any:
    """The loops as they stand, interpreted."""
    return SimpleNamespace(**_loops())


def _loops() -> dict[str, Any]:
    """All functions that run both ways."""
    modules = [import_module(f".{name}", __package__) for name in LOOPS]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isfunction(value) and value.__module__ == module.__name__
    }


@cache
def compiled_loops() -> Any:
    """The loops compiled: a second copy of the functions, in which they call each other compiled."""
    from numba import njit

    functions, options = _loops(), kernels().OPTIONS
    scope = {name: value for f in functions.values() for name, value in f.__globals__.items()}
    with _kept():
        for name, function in functions.items():
            copy = FunctionType(function.__code__, scope, name, function.__defaults__)
            copy.__module__ = function.__module__
            scope[name] = njit(copy, **options)
    return SimpleNamespace(**{name: scope[name] for name in functions})


@contextmanager
def _kept() -> Iterator[None]:
    """While functions are declared, numba's cache is ours, unless the user has named one."""
    config: Any = import_module("numba.core.config")
    before = config.CACHE_DIR
    if not before:
        config.CACHE_DIR = str(_folder() / _digest())
    try:
        yield
    finally:
        config.CACHE_DIR = before


def _folder() -> Path:
    """Beside the package, or in the user's cache where that cannot be written."""
    beside = _HERE / "__pycache__"
    if os.access(beside if beside.exists() else _HERE, os.W_OK):
        return beside
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "corpusclean"


def _digest() -> str:
    sources = b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py")))
    return blake2b(sources, digest_size=8).hexdigest()
