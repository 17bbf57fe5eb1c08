"""The flow, spelled out: what `corpusclean.clean` does, and how a run over many sources goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from .config import DEFAULT, Config
from .cut import cut, cut_linked
from .decode import decode
from .dedup import Linker
from .errors import Failure
from .labels import label_lines
from .marking import mark_by_place, mark_on_sight
from .model import Cleaned, Page, RawText, Source, Trace
from .repair import repair_characters
from .repair.lines import mend_lines
from .repeats import mark_repeats
from .rules.furniture import furniture_of
from .rules.widgets import is_widget
from .sheet import Sheet
from .split import Layout, finish, split
from .templates import Profile, Sample, Site, learn_site, site_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def clean(
    raw: str | bytes | Source | BeautifulSoup, config: Config = DEFAULT, *, profile: Profile | None = None
) -> Cleaned:
    """One page as clean records, and all else as removals that say why.

    Text, bytes of text in any encoding, a `Source`, or a BeautifulSoup object. Any bytes are accepted, and
    `restore()` of the result gives them back. With a `profile`, what recurs on other pages of its site is known.
    An article that stands on the page twice, each time with its headline, is compared as `clean_all` compares pages.

    >>> page = "Log in | Register\\n\\nBridge opens\\n\\nThe council opened the bridge on Monday, after ten years.\\n"
    >>> cleaned = clean(page)
    >>> cleaned.records[0].title, cleaned.records[0].text
    ('Bridge opens', 'The council opened the bridge on Monday, after ten years.')
    >>> [(removal.kind, removal.text) for removal in cleaned.removed]
    [('account', 'Log in | Register'), ('metadata', 'Bridge opens')]
    >>> cleaned.restore() == page.encode()
    True
    """
    cleaned = clean_alone(raw, config, profile=profile)
    return link(cleaned, Linker(), config) if len(cleaned.records) > 1 else cleaned


def clean_alone(
    raw: str | bytes | Source | BeautifulSoup, config: Config = DEFAULT, *, profile: Profile | None = None
) -> Cleaned:
    """The same with its records not yet compared with one another."""
    source = as_source(raw)
    text = read(source, config)
    sheet, layout = marked(text, config, profile.site(source) if profile else None)
    label_lines(sheet, layout, config.dial)
    mark_repeats(sheet, layout)
    finish(sheet, layout)
    return cut(source, text, sheet, layout)


def marked(text: RawText, config: Config, site: Site | None = None) -> tuple[Sheet, Layout]:
    """The lines of a page with the marks of all rules, and its articles: what the labeller sees of it."""
    repaired = repair_characters(Trace.of(text.text))
    furniture = furniture_of(repaired)
    page = Page.of(mend_lines(repaired, lambda line: line in furniture or is_widget(line)))
    sheet = mark_on_sight(page, site.seen(page) if site else None)
    layout = split(sheet, config.detector)
    mark_by_place(sheet, layout)
    return sheet, layout


def clean_all(
    sources: Iterable[str | bytes | Source | Failure],
    *,
    jobs: int = 1,
    config: Config = DEFAULT,
    profile: Profile | None = None,
) -> Iterator[Cleaned | Failure]:
    """The sources cleaned, in order, with passages that several records share linked to the first of them.

    A source that fails comes out as a `Failure` in its place. The result does not depend on `jobs`. Of a list or a
    tuple it is learned first what recurs on the pages of each site (see `learn`), unless a `profile` is given or
    `config.templates` is off; an iterator is read only once, so nothing is learned from it.

    >>> [len(cleaned.records) for cleaned in clean_all(["Bridge opens on Monday, says the council of the town."])]
    [1]
    """
    from .engines.local import map_ordered

    if profile is None and config.templates and isinstance(sources, Sequence):
        profile = learn(sources, config)
    linker = Linker()
    for result in map_ordered(partial(clean_alone, config=config, profile=profile), _named(sources), jobs):
        yield result if isinstance(result, Failure) else link(result, linker, config)


def learn(sources: Iterable[str | bytes | Source | Failure], config: Config = DEFAULT) -> Profile:
    """What recurs on the pages of each site: its menus, boxes and notices.

    The site of a page is the host, where its name is a URL or its row names one, else the folder that it lies in.
    Two pages with different articles are needed. The order of the sources makes no difference, and memory is
    bounded: of each site some pages are looked at.

    >>> menu, end = "Our harbour\\nTides and winds", "Ask the keeper"
    >>> pages = [f"{menu}\\n{title}\\n{end}" for title in ("Bridge opens", "Ferry stops", "Theatre moves")]
    >>> profile = learn(pages)
    >>> profile.sites["."].lines
    {'Ask the keeper': 3, 'Our harbour': 3, 'Tides and winds': 3}
    >>> [removal.rule for removal in clean(pages[0], profile=profile).removed][:2]
    ['template.line', 'template.line']
    """
    from .engines.attempt import attempt

    def text_of(source: Source) -> str | None:
        found = attempt(lambda source: read(source, config).text, source)
        # what cannot be read is a Failure again when it is cleaned, and told then
        return None if isinstance(found, Failure) else found

    sample = Sample()
    for source in _named(sources):
        if isinstance(source, Source):
            sample.add(site_of(source), source, text_of)
    return Profile.of((site, learn_site(texts)) for site, texts in sample.sites())


def _named(sources: Iterable[str | bytes | Source | Failure]) -> Iterator[Source | Failure]:
    """The sources with names."""
    return (
        item if isinstance(item, Failure) else as_source(item, f"source-{n}")
        for n, item in enumerate(sources, 1)
    )


def link(cleaned: Cleaned, linker: Linker, config: Config = DEFAULT) -> Cleaned:
    """The page after its records were compared with those that the linker has seen, and were added to them."""
    return cut_linked(cleaned, [linker.link(record) for record in cleaned.records], config)


def as_source(raw: str | bytes | Source | BeautifulSoup, name: str = "text") -> Source:
    """A source of what was given; text is encoded as UTF-8."""
    if isinstance(raw, Source):
        return raw
    if isinstance(raw, bytes):
        return Source(name, raw)
    if isinstance(raw, str):
        return Source(name, raw.encode("utf-8", "surrogatepass"))
    from .html import flatten

    return Source(name, flatten(raw).encode("utf-8", "surrogatepass"))


def read(source: Source, config: Config) -> RawText:
    """The characters of a source; markup is flattened to lines first."""
    if source.markup:
        from .html import flat_text

        return flat_text(source)
    return decode(source.data, source.encoding or config.encoding)
