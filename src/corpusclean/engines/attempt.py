"""One source through the function, whatever happens: a result, or a Failure that says what went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..errors import CorpuscleanError, Failure, InputError
from ..model import Source

Result = TypeVar("Result")
_PACKAGE = Path(__file__).parent.parent


def attempt(function: Callable[[Source], Result], source: Source) -> Result | Failure:
    """The function's result; an error becomes a Failure.

    >>> attempt(lambda source: source.name, Source("a.txt", b""))
    'a.txt'
    >>> print(attempt(lambda source: 1 // 0, Source("a.txt", b"")).error)  # doctest: +ELLIPSIS
    a mistake in the program: ZeroDivisionError: integer division or modulo by zero, at ...
      in a.txt
      please report it, with this input if it may be shown
    """
    try:
        return function(source)
    except CorpuscleanError as error:
        return failed(source, error)
    except MemoryError:
        hint = "run with fewer jobs, or split the input"
        return failed(
            source, InputError("there is not enough memory for this input", where=source.name, hint=hint)
        )
    except Exception as error:  # noqa: BLE001  # told to the user with its place, and the run goes on
        what = f"a mistake in the program: {_said(error)}, at {_place(error)}"
        hint = "please report it, with this input if it may be shown"
        return failed(source, InputError(what, where=source.name, hint=hint))


def failed(source: Source, error: CorpuscleanError) -> Failure:
    """The Failure of a source; a row of JSON lines is kept, so that its file can be rebuilt."""
    return Failure(source.name, error, source.row.encode(source.data) if source.row else None)


def _said(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:300]}" if said else type(error).__name__


def _place(error: Exception) -> str:
    """The innermost place of the error that is our own, else the innermost at all; no path of this machine."""
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path, line) for path, line in frames if path.is_relative_to(_PACKAGE)]
    # the first is the call in `attempt` itself
    path, line = ours[-1] if len(ours) > 1 else frames[-1]
    name = path.relative_to(_PACKAGE.parent).as_posix() if path.is_relative_to(_PACKAGE) else path.name
    return f"{name}:{line}"
