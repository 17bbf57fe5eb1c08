"""Compiles a module of loops: a second copy of its functions, in which they call each other compiled."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import isfunction
from types import FunctionType, SimpleNamespace
from typing import Any


def plain_loops() -> Any:
    """The loops as they stand, interpreted."""
    return import_module(".loops", __package__)


@cache
def compiled_loops() -> Any:
    """The loops compiled: on the first call of each, and kept beside the package or in the user's cache."""
    from numba import njit

    from .words import OPTIONS

    scope = dict(vars(plain_loops()))
    functions = {name: f for name, f in scope.items() if isfunction(f) and f.__module__.endswith(".loops")}
    for name, function in functions.items():
        copy = FunctionType(function.__code__, scope, name, function.__defaults__)
        copy.__module__ = function.__module__
        scope[name] = njit(copy, **OPTIONS)
    return SimpleNamespace(**{name: scope[name] for name in functions})
