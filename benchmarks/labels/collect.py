"""Pages with gold become rows for training: what the labeller measures of each line, and whether it is article text.

    python collect.py DATA --out ROWS

DATA is a folder with any of these sets, as their publishers have them:

    aeb/    html/<id>.html.gz, ground-truth.json        Scrapinghub, article-extraction-benchmark
    read/   test/test-pages/<slug>/{source,expected}.html   Mozilla, Readability
    traf/   tests/{cache,eval}/*, tests/evaldata.json   Trafilatura

Each page is flattened in three ways, as scraped text comes: BeautifulSoup's `get_text`, resiliparse's plain text, and
`lynx -dump`. The invented pages of `pages/` beside this file, whose gold goes by line, are added. The labels:

- full text (aeb, read): the share of a line's words that lie in a 4-gram of the gold;
- segments (traf): lines of segments that must stay or go; for the other lines the silver that trafilatura, readability
  and resiliparse give from the DOM, at half weight where they agree, at a tenth where not;
- the kind of a line that is no text: by the names in the markup around it (class, id, role), or by the gold; a
  headline is a heading with which the name of the page (`title`, `og:title`) begins.

Needs what requirements.txt beside it lists, and lynx.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import numpy as np
import trafilatura
from bs4 import BeautifulSoup
from readability import Document
from resiliparse.extract.html2text import extract_plain_text

from corpusclean.api import marked
from corpusclean.config import DEFAULT
from corpusclean.decode import decode
from corpusclean.labels.features import measure

HERE = Path(__file__).parent
VARIANTS = ("bs4", "resili", "lynx")
N = 4
WORD = re.compile(r"\w+")
PARTS = [(kind, re.compile(names, re.IGNORECASE)) for kind, names in (
    ("consent", r"cookie|consent|gdpr"),
    ("legal", r"\blegal|copyright|disclaim|imprint|impressum"),
    ("comments", r"comment|disqus|respond\b|repl(y|ies)\b|kommentar|coment|leserbrief"),
    ("caption", r"figcaption|\bfigure\b|caption|credit|gallery|slideshow|bildunter|bildnachweis"),
    ("share", r"\bshar(e|ing)|social|addthis|\bfollow"),
    ("account", r"log-?in|sign-?(up|in)|register|\bpassword"),
    ("subscribe", r"newsletter|subscri|paywall|abonn"),
    ("related", (r"relat|recommend|trending|popular|most-?read|latest|recirc|more-?(from|stor|on)"
                r"|read-?(more|next|also)|teaser|promo|also|outbrain|taboola|weitere|aehnlich|siehe|recent")),
    ("metadata", (r"byline|author|dateline|pub-?date|timestamp|\btime\b|posted|(entry|post|article)-?meta|\btags?\b"
                 r"|keyword|\bdate\b|autor|datum")),
    ("advert", r"\bads?\b|advert|sponsor|\bad[-_]|anzeige|werbung"),
    ("navigation", r"\bnav|menu|breadcrumb|toolbar|pagination|search"),
)]  # fmt: skip
SKIPPED = {"script", "style", "template", "svg", "math", "iframe", "object", "noscript"}


@dataclass
class Sample:
    """A page of one variant: rows, and per line its words, its label (0 to 1), its weight and its kind if known."""

    name: str
    set: str
    variant: str
    site: str
    rows: np.ndarray
    words: np.ndarray
    label: np.ndarray
    weight: np.ndarray
    kinds: list[str | None]
    recurs: np.ndarray = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    folded: list[str] = field(default_factory=list)


@dataclass
class Page:
    """A page of HTML and what is known of its text."""

    name: str
    set: str
    site: str
    html: bytes
    gold: str | None = None
    keep: Sequence[str] = ()
    drop: Sequence[str] = ()


def pages_of(data: Path) -> Iterator[Page]:
    """The pages of the sets that the folder has."""
    if (data / "aeb").is_dir():
        truth = json.loads((data / "aeb/ground-truth.json").read_text("utf-8"))
        for name, item in sorted(truth.items()):
            html = gzip.decompress((data / f"aeb/html/{name}.html.gz").read_bytes())
            yield Page(name, "aeb", host(item["url"]), html, item["articleBody"])
    if (data / "read").is_dir():
        for folder in sorted((data / "read/test/test-pages").iterdir()):
            gold = block_text((folder / "expected.html").read_text("utf-8"))
            yield Page(folder.name, "read", folder.name, (folder / "source.html").read_bytes(), gold)
    if (data / "traf").is_dir():
        truth = json.loads((data / "traf/tests/evaldata.json").read_text("utf-8"))
        for url, item in sorted(truth.items()):
            found = [
                path
                for part in ("cache", "eval")
                if (path := data / "traf/tests" / part / item["file"]).exists()
            ]
            if found:
                html = found[0].read_bytes()
                yield Page(url, "traf", host(url), html, None, item["with"], item["without"])


def host(url: str) -> str:
    """The site of an address: pages of one site never stand on both sides of a validation."""
    return urlsplit(url).netloc.removeprefix("www.") or url


def text_of(html: bytes) -> str:
    """The markup as text: UTF-8 where it is, else the declared or guessed encoding."""
    return decode(html, None).text


def tree(html: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(huge_tree=True)
    without = re.sub(r"^\s*<\?xml[^>]*\?>", "", html).replace("\x00", "")
    return lxml.html.document_fromstring(without or "<p>", parser=parser)


def skipped(element: lxml.html.HtmlElement) -> bool:
    """True for what stands in a part of the page that nobody reads."""
    return any(part.tag in SKIPPED for part in (element, *element.iterancestors()))


def text_nodes(html: str) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Each text node of a page with the element that it stands in."""
    for element in tree(html).iter():
        if isinstance(element.tag, str) and element.text and not skipped(element):
            yield element.text, element
        parent = element.getparent()
        if (
            element.tail
            and parent is not None
            and not any(a.tag in SKIPPED for a in (parent, *parent.iterancestors()))
        ):
            yield element.tail, parent


def block_text(html: str) -> str:
    """The text of clean markup, a line for each block."""
    return extract_plain_text(html, main_content=False)


def flatten(html: str, variant: str) -> str:
    """Flat text, as scrapes have it."""
    if variant == "resili":
        return extract_plain_text(html, main_content=False)
    if variant == "lynx":
        command = "lynx -dump -nolist -force_html -stdin -assume_charset=utf-8 -display_charset=utf-8"
        plain = re.sub(r"(<meta[^>]*)charset", r"\1x-charset", html, flags=re.IGNORECASE)
        data = b'<meta charset="utf-8">' + plain.encode("utf-8", "replace")
        return subprocess.run(command.split(), input=data, capture_output=True, check=True).stdout.decode(
            "utf-8", "replace"
        )
    soup = BeautifulSoup(html, "lxml")
    for tag in soup(["script", "style", "template"]):
        tag.decompose()
    return re.sub(r"\n\s*\n+", "\n", soup.get_text("\n")).strip()


def covered(lines: Sequence[str], text: str) -> np.ndarray:
    """For each line the share of its words that lie in a 4-gram of a text, also over line breaks; nan without words."""
    rows = [WORD.findall(row) for row in text.split("\n")]
    whole = {tuple(row) for row in rows if row}
    words = [word for row in rows for word in row]
    grams = set(zip(*(words[i:] for i in range(N)), strict=False))
    parts = [WORD.findall(line) for line in lines]
    flat = [word for part in parts for word in part]
    inside = np.zeros(len(flat) + N, bool)
    for i, gram in enumerate(zip(*(flat[i:] for i in range(N)), strict=False)):
        if gram in grams:
            inside[i : i + N] = True
    shares, at = [], 0
    for part in parts:
        share = float(inside[at : at + len(part)].mean()) if part else np.nan
        shares.append(1.0 if part and len(part) < N and tuple(part) in whole else share)
        at += len(part)
    return np.array(shares)


def silver(page: Page, html: str) -> list[str]:
    """What extractors that have the DOM take for the text."""
    return [
        trafilatura.extract(page.html, include_comments=False) or "",
        block_text(Document(html).summary(html_partial=True)),
        extract_plain_text(html, main_content=True),
    ]


def truth(page: Page, lines: Sequence[str], others: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Labels and weights of the lines of a page."""
    if page.gold is not None:
        label = covered(lines, page.gold)
        return np.nan_to_num(label), np.where(np.isnan(label), 0.0, 1.0)
    votes = np.array([covered(lines, text) for text in others])
    label, spread = np.nan_to_num(votes.mean(0)), np.ptp(np.nan_to_num(votes), axis=0)
    weight = np.where(np.isnan(votes[0]), 0.0, np.where(spread < 0.25, 0.5, 0.1))
    whole, places = "", []
    for line in lines:
        words = " ".join(WORD.findall(line))
        places.append((len(whole), len(whole) + len(words)))
        whole += words + " "
    for segments, value in ((page.keep, 1.0), (page.drop, 0.0)):
        for segment in filter(None, (" ".join(WORD.findall(segment)) for segment in segments)):
            for found in re.finditer(re.escape(segment), whole):
                for i, (start, end) in enumerate(places):
                    shared = min(end, found.end()) - max(start, found.start())
                    if shared > 0 and (2 * shared >= end - start or shared >= 0.9 * len(segment)):
                        label[i], weight[i] = value, 1.0
    return label, weight


def part_of(element: lxml.html.HtmlElement | None) -> str | None:
    """The kind of the part of the page that an element stands in, by the names of it and of what holds it."""
    while element is not None and element.tag not in ("html", "body"):
        if element.tag in ("h1", "title"):
            return "metadata"
        names = " ".join((str(element.tag), *(element.get(name) or "" for name in ("class", "id", "role"))))
        for kind, pattern in PARTS:
            if pattern.search(names.replace("_", "-")):
                return kind
        element = element.getparent()
    return None


def names_of(html: str) -> list[str]:
    """What a page calls itself for browsers and for those who share it."""
    root = tree(html)
    return [*root.xpath("//title//text()")[:1], *root.xpath("//meta[@property='og:title']/@content")[:1]]


def kinds_of(html: str) -> tuple[dict[tuple[str, ...], Counter[str]], dict[tuple[str, ...], Counter[str]]]:
    """The kinds in which each 4-gram, and each text node as a whole, stands on a page."""
    grams: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    whole: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    words: list[str] = []
    kinds: list[str] = []
    names = [f"{' '.join(WORD.findall(name))} " for name in names_of(html)]
    for text, element in text_nodes(html):
        found = WORD.findall(text)
        kind = part_of(element) or ""
        heading = any(part.tag in ("h1", "h2", "h3") for part in (element, *element.iterancestors()))
        if heading and len(found) > 1 and any(name.startswith(f"{' '.join(found)} ") for name in names):
            kind = "title"
        words += found
        kinds += [kind] * len(found)
        whole[tuple(found)][kind] += 1
    for i in range(len(words) - N + 1):
        grams[tuple(words[i : i + N])][kinds[i + 1]] += 1
    return grams, whole


def kind_of(
    line: str, grams: dict[tuple[str, ...], Counter[str]], whole: dict[tuple[str, ...], Counter[str]]
) -> str | None:
    words = WORD.findall(line)
    votes = Counter(whole.get(tuple(words), ())) if tuple(words) in whole else Counter()
    if "title" in votes:
        return "title"
    if not votes:
        for i in range(len(words) - N + 1):
            votes.update(grams.get(tuple(words[i : i + N]), {}))
    return votes.most_common(1)[0][0] or None if votes and words else None


def measured(name: str, group: str, variant: str, site: str, text: str) -> tuple[Sample, list[str]]:
    """A sample without labels, and its lines."""
    sheet, layout = marked(decode(text.encode("utf-8", "surrogatepass"), None), DEFAULT)
    lines = [line.text for line in sheet.lines]
    rows = measure(sheet, layout).rows() if lines else np.zeros((0, 0), np.float32)
    words = np.array([len(WORD.findall(line)) for line in lines], np.float32)
    none = np.zeros(len(lines), np.float32)
    folded = [line.folded for line in sheet.lines]
    return Sample(
        name, group, variant, site, rows, words, none, none, [None] * len(lines), folded=folded
    ), lines


def samples_of(page: Page) -> list[Sample]:
    """A page in all variants."""
    html = text_of(page.html)
    others = silver(page, html) if page.gold is None else []
    grams, whole = kinds_of(html)
    made = []
    for variant in VARIANTS:
        sample, lines = measured(page.name, page.set, variant, page.site, flatten(html, variant))
        if lines:
            label, weight = truth(page, lines, others)
            sample.label, sample.weight = label.astype(np.float32), weight.astype(np.float32)
            found = [kind_of(line, grams, whole) for line in lines]
            sample.kinds = [
                "body" if label[i] > 0.8 else kind if label[i] < 0.2 else None for i, kind in enumerate(found)
            ]
            made.append(sample)
    return made


def numbers(entries: Iterable[object]) -> Iterator[int]:
    """Line numbers of gold entries: 3, "5-8", or lists of such."""
    for entry in entries:
        if isinstance(entry, list):
            yield from numbers(entry)
        elif isinstance(entry, str):
            first, last = entry.split("-")
            yield from range(int(first), int(last) + 1)
        else:
            yield int(str(entry))


def judged(folder: Path) -> Iterator[Sample]:
    """Invented pages, whose gold says of each line what it is."""
    for name, gold in json.loads((folder / "gold.json").read_text("utf-8"))["files"].items():
        of_line: dict[int, str] = {}
        for kind, entries in gold["removed"].items():
            of_line |= dict.fromkeys(numbers(entries), kind)
        of_line |= dict.fromkeys(numbers(gold["metadata"]), "metadata")
        text = (folder / name).read_text("utf-8")
        rows = [WORD.findall(row) for row in text.split("\n")]
        for record in gold["records"]:
            title = record.get("title")
            name_words = rows[title - 1] if isinstance(title, int) else WORD.findall(title or "")
            said = (n for n, kind in of_line.items() if kind == "metadata" and rows[n - 1] == name_words)
            of_line |= dict.fromkeys(list(said), "title")
            of_line |= dict.fromkeys(numbers(record["body"]), "body")
        sheet, _ = marked(decode(text.encode(), None), DEFAULT)
        sample, _ = measured(name, "judged", "flat", f"{folder.name}/{name}", text)
        starts = np.cumsum([0, *(len(line) + 1 for line in text.split("\n"))])
        kinds: list[str | None] = []
        for line in sheet.lines:
            span = sheet.page.trace.raw_span(line.span)
            first, last = np.searchsorted(starts, [span.start, max(span.start, span.end - 1)], "right")
            of = [of_line[n] for n in range(first, last + 1) if n in of_line]
            kinds.append(max(sorted(set(of)), key=of.count) if of else None)
        sample.kinds = kinds
        sample.label = np.array([kind == "body" for kind in kinds], np.float32)
        sample.weight = np.array([kind not in (None, "repeat", "duplicate") for kind in kinds], np.float32)
        yield sample


def add_recurrence(samples: Sequence[Sample]) -> None:
    """For each line which share of the site's other pages has it, and whether there are such pages at all."""
    groups = defaultdict(list)
    for sample in samples:
        groups[sample.site, sample.variant].append(sample)
    for group in groups.values():
        held = [set(sample.folded) for sample in group]
        for i, sample in enumerate(group):
            others = held[:i] + held[i + 1 :]
            share = [sum(line in other for other in others) / max(1, len(others)) for line in sample.folded]
            sample.recurs = np.array([(value, bool(others)) for value in share], np.float32).reshape(-1, 2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with Pool(args.jobs) as pool:
        samples = [sample for made in pool.imap(samples_of, pages_of(args.data), 4) for sample in made]
    for gold in sorted(HERE.glob("pages/*/gold.json")):
        samples += judged(gold.parent)
    add_recurrence(samples)
    args.out.write_bytes(pickle.dumps(samples, 5))
    print(f"{len(samples)} samples, {sum(len(sample.label) for sample in samples)} lines")


if __name__ == "__main__":
    main()
