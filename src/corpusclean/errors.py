"""Errors that say what happened, where, and what to try."""

from __future__ import annotations

from dataclasses import dataclass


class CorpuscleanError(Exception):
    """An error with three parts, for a person.

    >>> print(CorpuscleanError("no such file", where="pages/a.txt", hint="check the spelling"))
    no such file
      in pages/a.txt
      check the spelling
    """

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        where = f"\n  in {self.where}" if self.where else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{self.what}{where}{hint}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.what, self.where, self.hint))


class InputError(CorpuscleanError):
    """An input cannot be read, or is not a page."""


class ConfigError(CorpuscleanError):
    """A setting or a call is wrong."""


def _rebuild(
    kind: type[CorpuscleanError], what: str, where: str | None, hint: str | None
) -> CorpuscleanError:
    return kind(what, where=where, hint=hint)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read or cleaned, and why. It is listed at the end; the others go on.

    `row` holds the bytes of the input when it is a row of a file, so that the file can be rebuilt whole; they
    are empty when the row was too long to be kept.

    >>> Failure("a.txt", InputError("the file is empty")).name
    'a.txt'
    """

    name: str
    error: CorpuscleanError
    row: bytes | None = None
