"""Profiles: what recurs on each site, and what that says about the lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model import Page, Source
from ..model.fold import size
from ..sheet import Seen
from .keys import key, labels, shape, shown
from .sites import has_host, site_of

NEW = Seen("", 0.0)
WEIGHTS = {"line": 1.0, "prose": 1.0, "shape": 0.5, "label": 0.5}


@dataclass(frozen=True, slots=True)
class Site:
    """What recurs on a site: on how many of its `pages` each line, shape, label and paragraph of prose stands.

    `prose` are paragraphs of which it is not certain that they are the site's: they are evidence, and no more.

    >>> Site(4, lines={"Home | News": 4}, shapes={"0 comments": 2}).look("HOME | News")
    Seen(how='line', share=1.0)
    """

    pages: int
    lines: Mapping[str, int] = field(default_factory=dict)
    shapes: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    prose: Mapping[str, int] = field(default_factory=dict)
    _known: dict[str, dict[str, float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {how: {} for how in WEIGHTS})
        for how, known in self._known.items():
            for text, count in self.counts(how).items():
                share = WEIGHTS[how] * (count - 1) / (self.pages - 1)
                folded = key(shown(text))
                known[folded] = max(share, known.get(folded, 0.0))

    def counts(self, how: str) -> Mapping[str, int]:
        """The lines, shapes, labels or paragraphs, each with the number of pages."""
        found: Mapping[str, int] = getattr(
            self, {"line": "lines", "shape": "shapes", "label": "labels"}.get(how, how)
        )
        return found

    def size(self) -> int:
        """How many lines, shapes, labels and paragraphs are known.

        >>> Site(2, lines={"Home": 2}).size()
        1
        """
        return sum(len(self.counts(how)) for how in WEIGHTS)

    def look(self, text: str) -> Seen:
        """What the other pages of the site say of a line: how they have it, and which share of them."""
        line = shown(text)
        for how in ("line", "prose"):
            if (share := self._known[how].get(key(line))) is not None:
                return Seen(how, share)
        if self.shapes and (share := self._known["shape"].get(key(shape(line)))) is not None:
            return Seen("shape", share)
        if self.labels:
            for label in labels(line):
                if (share := self._known["label"].get(key(label))) is not None:
                    return Seen("label", share)
        return NEW

    def seen(self, page: Page) -> list[Seen]:
        """What they say of each line of a page: as it stands after its repair, or as its raw lines stood."""
        return [
            self._best(line.text, page.trace.raw_span(line.span).of(page.trace.raw)) for line in page.lines
        ]

    def _best(self, text: str, raw: str) -> Seen:
        here = self.look(text)
        if here.how or raw == text:
            return here
        parts = [part for part in raw.splitlines() if part.strip()]
        found = [self.look(part) for part in parts]
        whole = sum(map(size, parts))
        if not whole:
            return NEW
        share = sum(seen.share * size(part) for seen, part in zip(found, parts, strict=True)) / whole
        ways = {seen.how for seen in found}
        how = "" if "" in ways else next(way for way in ("prose", "label", "shape", "line") if way in ways)
        return Seen(how, share)


@dataclass(frozen=True, slots=True)
class Profile:
    """What was learned about sites, by name: the host, or the folder.

    >>> Profile({"example.org": Site(2, lines={"Home": 2})}).site(Source("https://example.org/a", b"")).pages
    2
    """

    sites: Mapping[str, Site] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sites)

    def site(self, source: Source) -> Site | None:
        """What is known about the site of a page, if anything.

        A profile of one folder is that of pages in any folder: it was learned to be used again.
        """
        name = site_of(source)
        if name in self.sites or has_host(name):
            return self.sites.get(name)
        folders = [site for other, site in self.sites.items() if not has_host(other)]
        return folders[0] if len(folders) == 1 and len(self.sites) == 1 else None

    def size(self) -> int:
        """How many lines, shapes, labels and paragraphs it holds.

        >>> Profile({"example.org": Site(2, lines={"Home": 2})}).size()
        1
        """
        return sum(site.size() for site in self.sites.values())

    def toml(self) -> str:
        """The profile as a text in TOML, sorted, to look at and to edit; `read` reads it again.

        >>> profile = Profile({"example.org": Site(2, lines={"Home": 2})})
        >>> Profile.read(profile.toml()) == profile
        True
        """
        from .toml import write_profile

        return write_profile(self)

    @classmethod
    def read(cls, text: str, where: str | None = None) -> Profile:
        """The profile that a text in TOML holds; ConfigError, which names `where`, when it holds none."""
        from .toml import read_profile

        return read_profile(text, where)

    @classmethod
    def of(cls, sites: Iterable[tuple[str, Site | None]]) -> Profile:
        """The profile of those sites about which something is known, in the order of their names."""
        return cls(dict(sorted((name, site) for name, site in sites if site)))
