"""Frozen dataclasses that are made quickly: a page makes hundreds of spans, marks and removals."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

Made = TypeVar("Made", bound=type)


def swift(cls: Made) -> Made:
    """The frozen dataclass with slots, with an `__init__` that takes a third of the time.

    The one that `dataclasses` writes asks `object.__setattr__` to find the slot of each field by its name, since the
    class refuses to be set. This one knows the slots.

    >>> from dataclasses import dataclass
    >>> @swift
    ... @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(x=1) == Point(1, 0)
    (Point(x=1, y=0), True)
    """
    known: dict[str, Any] = {"MISSING": MISSING}
    arguments, lines = ["self"], []
    for field in fields(cls):
        name, value = field.name, field.name
        known[f"set_{name}"] = getattr(cls, name).__set__
        if field.default_factory is not MISSING:
            known[f"make_{name}"] = field.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}"
        if field.default is MISSING and field.default_factory is MISSING:
            arguments.append(name)
        else:
            known[f"default_{name}"] = field.default
            arguments.append(f"{name}=default_{name}")
        lines.append(f"set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(arguments)}):\n " + "\n ".join(lines)
    # As `dataclasses` does: only code knows its arguments by their names. Nothing of it comes from outside.
    exec(source, known)  # noqa: S102
    made, written = known["__init__"], vars(cls)["__init__"]
    made.__annotations__, made.__qualname__ = written.__annotations__, written.__qualname__
    setattr(cls, "__init__", made)  # noqa: B010  (mypy takes a plain assignment for one to an instance)
    return cls
