"""Profiles as TOML: sorted, for people to look at, to edit and to use again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TypeGuard, cast

from ..errors import ConfigError
from .profile import Profile, Site

FORMAT = 1
_TABLES = ("lines", "shapes", "labels", "prose")
_HEAD = f"""\
# What recurs on the pages of each site, learned by corpusclean.
#
# `pages`: how many pages with different articles were looked at. Behind each line: on how many of them it stands.
# Delete a line that is none of the site's, or add one; then: corpusclean clean PAGES --profile THIS_FILE
#
# lines   stand on several pages, whatever their case; of long ones only the beginning is told
# shapes  stand there with other numbers, each written as 0
# labels  begin lines that go on differently
# prose   may belong to the site or to an article that was printed twice: evidence, never removed by itself

format = {FORMAT}
"""
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_HINT = "see the head of a profile that `corpusclean clean --out` wrote"


def write_profile(profile: Profile) -> str:
    """The profile as TOML; the same profile always gives the same text.

    >>> print(write_profile(Profile({"example.org": Site(2, lines={"Home": 2})})).partition("format")[2])
     = 1
    <BLANKLINE>
    [sites."example.org"]
    pages = 2
    <BLANKLINE>
    [sites."example.org".lines]
    "Home" = 2
    <BLANKLINE>
    """
    parts = [_HEAD]
    for name, site in sorted(profile.sites.items()):
        parts.append(f"[sites.{_string(name)}]\npages = {site.pages}\n")
        for table in _TABLES:
            counts = sorted(getattr(site, table).items(), key=lambda item: (-item[1], item[0]))
            if counts:
                rows = "".join(f"{_string(text)} = {count}\n" for text, count in counts)
                parts.append(f"[sites.{_string(name)}.{table}]\n{rows}")
    return "\n".join(parts)


def read_profile(text: str, where: str | None = None) -> Profile:
    """The profile that a text in TOML holds; ConfigError when it holds none.

    >>> read_profile(write_profile(Profile({"a": Site(3, shapes={"0 comments": 2})}))).sites["a"].shapes
    {'0 comments': 2}
    >>> read_profile("format = 1\\n[sites.a]\\npages = 1\\n", "profile.toml")
    Traceback (most recent call last):
        ...
    corpusclean.errors.ConfigError: "pages" must be a whole number, 2 or more
      in profile.toml, sites."a"
      see the head of a profile that `corpusclean clean --out` wrote
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        raise ConfigError(
            f"this is no TOML: {said[:1].lower()}{said[1:]}",
            where=where,
            hint='texts stand in quotes, and in them \\ and " are written \\\\ and \\"',
        ) from error
    if tables.get("format") != FORMAT:
        what = f"this profile has another format: {tables.get('format')!r}" if "format" in tables else None
        hint = f"this version reads format {FORMAT}; learn the profile again with `corpusclean clean --out`"
        raise ConfigError(what or "this is no profile: it has no `format`", where=where, hint=hint)
    sites = _table(tables, "sites", where, "")
    _no_others(tables, ("format", "sites"), where, "")
    return Profile.of((name, _site(name, sites, where)) for name in sites)


def _site(name: str, sites: Mapping[str, object], where: str | None) -> Site:
    place = f'sites."{name}"'
    table = _table(sites, name, where, "sites")
    pages = table.get("pages")
    if not _is_number(pages) or pages < 2:
        raise _wrong('"pages" must be a whole number, 2 or more', where, place)
    _no_others(table, ("pages", *_TABLES), where, place)
    counts = {part: _table(table, part, where, place) for part in _TABLES}
    for part, known in counts.items():
        for text, count in known.items():
            if not _is_number(count) or not 2 <= count <= pages:
                what = f'the number behind "{text}" must be a whole number, from 2 to {pages} (the pages)'
                raise _wrong(what, where, f"{place}.{part}")
    return Site(pages, **cast("dict[str, dict[str, int]]", counts))


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _table(tables: Mapping[str, object], name: str, where: str | None, place: str) -> Mapping[str, object]:
    found = tables.get(name, {})
    if not isinstance(found, dict):
        raise _wrong(f'"{name}" must be a table', where, place)
    return found


def _no_others(table: Mapping[str, object], known: tuple[str, ...], where: str | None, place: str) -> None:
    """ConfigError for a key that is not known: it was meant for something."""
    for name in table:
        if name not in known:
            raise _wrong(f'"{name}" is not known here; known are {", ".join(known)}', where, place)


def _wrong(what: str, where: str | None, place: str) -> ConfigError:
    return ConfigError(what, where=", ".join(filter(None, (where, place))) or None, hint=_HINT)


def _string(text: str) -> str:
    """A text as a basic string.

    >>> print(_string('say "hi"\\tnow'))
    "say \\"hi\\"\\tnow"
    """
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
