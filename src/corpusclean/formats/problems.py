"""Errors of the file system, said for a person."""

from __future__ import annotations

import errno
import os
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from ..errors import InputError

LOOP = (errno.ELOOP, "a link that leads back to itself")
_HINTS = {
    errno.EACCES: "check who may read it",
    errno.EPERM: "check who may read it",
    errno.ELOOP: "remove or repair the link",
    errno.EISDIR: "name a file",
}
_SEARCHED = 2_000  # names compared for a guess: more would take seconds


def told(error: OSError, where: str) -> InputError:
    """The error of an input as the program tells it.

    >>> print(told(PermissionError(13, "Permission denied"), "pages/a.txt"))
    permission denied
      in pages/a.txt
      check who may read it
    """
    what = LOOP[1] if error.errno == errno.ELOOP else (error.strerror or str(error) or type(error).__name__)
    return InputError(what[:1].lower() + what[1:], where=where, hint=_HINTS.get(error.errno or 0))


def missing(path: Path) -> InputError:
    """The error for a path that does not exist, with the nearest name that does.

    >>> print(missing(Path("/dev/nul")))
    no such file or folder
      in /dev/nul
      did you mean "null"?
    """
    here = path
    while not here.parent.exists() and here.parent != here:
        here = here.parent
    near: list[str] = []
    if here.parent.is_dir():
        try:
            with os.scandir(here.parent) as entries:
                names = [entry.name for entry in islice(entries, _SEARCHED + 1)]
        except OSError:
            names = []
        if len(names) <= _SEARCHED:
            near = get_close_matches(here.name, sorted(names), 1)
    hint = f'did you mean "{near[0]}"?' if near else "check the spelling"
    return InputError("no such file or folder", where=str(path), hint=hint)
