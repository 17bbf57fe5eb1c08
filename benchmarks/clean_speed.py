"""How long cleaning the flat text of pages takes, beside trafilatura on the HTML of the same pages.

    python benchmarks/clean_speed.py FOLDER [--rounds 3]

Both run in one process, in turns page by page, so that whatever else the machine does slows both. Time is that of the
processor. The first round is a warm-up and does not count; in the others pages are met again, as the lines of
a site's menus are in a crawl. `--once` counts the first round alone: every page is new, model and lists are loaded.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura
from bs4 import BeautifulSoup

import corpusclean

SENTENCE = "The council met on Monday to vote on the new bridge over the river."


def flat(html: str) -> str:
    """The text of a page as scrapers store it: a line for each string, never two empty lines in a row."""
    text = BeautifulSoup(html, "html.parser").get_text("\n")
    return re.sub(r"\n\s*\n", "\n\n", text).strip() + "\n"


def extract(html: str) -> str | None:
    return trafilatura.extract(html, fast=True)


def seconds(work: Callable[[str], object], page: str) -> float:
    start = time.process_time()
    work(page)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder with pages of HTML")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often the pages are run, the warm-up included"
    )
    parser.add_argument("--once", action="store_true", help="count the first round alone")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in {".html", ".htm"})
    pages = [path.read_text("utf-8", errors="replace") for path in files]
    if not pages:
        parser.error(f"there is no page of HTML below {options.folder}")
    texts = [flat(page) for page in pages]
    rounds = 1 if options.once else max(2, options.rounds)
    corpusclean.clean(SENTENCE)  # loads the phrase lists and the model of languages
    extract(f"<html><body><p>{SENTENCE}</p></body></html>")
    ours = theirs = 0.0
    for turn in range(rounds):
        if turn == 1:
            ours = theirs = 0.0
        for page, text in zip(pages, texts, strict=True):
            ours += seconds(corpusclean.clean, text)
            theirs += seconds(extract, page)
    runs = len(pages) * max(1, rounds - 1)
    lines = sum(text.count("\n") for text in texts) / len(texts)
    print(f"{len(pages)} pages of {lines:.0f} lines, milliseconds of the processor per page")
    print(f"corpusclean, flat text   {ours / runs * 1000:8.2f}")
    print(f"trafilatura, HTML, fast  {theirs / runs * 1000:8.2f}")
    print(f"ratio                    {ours / theirs:8.2f}")


if __name__ == "__main__":
    main()
