"""Walking folders: which files of a folder are pages, in an order that depends on the names alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ..errors import Failure
from .manifest import is_run
from .problems import LOOP, told

ROWS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
# What hosts end in (.pl, .rs) and what servers call their pages (.php, .asp) is not in the list.
NO_PAGES = frozenset(
    # code and settings
    ".bat .c .cc .cfg .cpp .cs .css .go .h .hpp .ini .ipynb .java .js .json .jsx .kt .less .lock .map .mjs "
    ".ps1 .py .pyc .pyi .r .rb .scala .scss .sh .sql .svelte .swift .toml .ts .tsx .vue .wasm .yaml .yml "
    # pictures, sound, film, fonts
    ".avi .avif .bmp .eot .flac .gif .heic .ico .jpeg .jpg .m4a .m4v .mkv .mov .mp3 .mp4 .mpeg .mpg .ogg .ogv .otf "
    ".png .psd .svg .tif .tiff .ttf .wav .weba .webm .webp .woff .woff2 "
    # archives and programs
    ".7z .arc .bin .br .bz2 .class .dll .dmg .exe .gz .iso .jar .lz4 .o .rar .so .tar .tgz .warc .whl .xz .zip .zst "
    # tables, documents with a format of their own, feeds
    ".arrow .atom .avro .csv .db .doc .docx .epub .feather .h5 .mobi .npy .npz .odp .ods .odt .orc .parquet .pdf .pkl "
    ".ppt .pptx .rdf .rss .rtf .sqlite .sqlite3 .tsv .xls .xlsx .xml .xsl "
    ".bak .log .md5 .sha1 .sha256 .swp .tmp".split()
)


@dataclass(slots=True)
class Walk:
    """A walk through a folder: the names of its pages, relative and sorted by posix path, or Failures.

    `skipped` counts by ending what is clearly no page. `out` is where the run writes, never an input.

    >>> list(Walk(Path("/dev/null")))[0].error.what
    'not a directory'
    """

    folder: Path
    out: Path | None = None
    skipped: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str | Failure]:
        return self._entries(self.folder, "", ())

    def _entries(
        self, folder: Path, prefix: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[str | Failure]:
        try:
            status = folder.stat()
            here = (status.st_dev, status.st_ino)
            if here in above:
                raise OSError(*LOOP)  # noqa: TRY301
            with os.scandir(folder) as entries:
                names = sorted(_ordered(entry) for entry in entries if not entry.name.startswith("."))
        except OSError as error:
            yield Failure(prefix.rstrip("/") or folder.name, told(error, str(folder)))
            return
        for name in names:
            path = folder / name
            if not name.endswith("/"):
                if self._is_page(path):
                    yield prefix + name
            elif not self._is_output(path):
                yield from self._entries(path, prefix + name, (*above, here))

    def _is_page(self, path: Path) -> bool:
        ending = no_page(path.name) or _waits(path)
        if ending:
            self.skipped[ending] = self.skipped.get(ending, 0) + 1
        return not ending

    def _is_output(self, path: Path) -> bool:
        run = is_run(path)
        if run:
            self.skipped["output folders"] = self.skipped.get("output folders", 0) + 1
        return run or (self.out is not None and path.resolve() == self.out)


def no_page(name: str) -> str | None:
    """The ending of a file that is clearly no page; None when it may be one.

    >>> no_page("style.CSS"), no_page("page.txt"), no_page("pages.jsonl.gz"), no_page("example.com")
    ('.css', None, None, None)
    """
    lowered = name.lower()
    ending = PurePath(lowered).suffix
    return ending if ending in NO_PAGES and not lowered.endswith(ROWS) else None


def _ordered(entry: os.DirEntry[str]) -> str:
    """The name as it sorts: with its slash, a folder stands among files where its paths do."""
    try:
        return f"{entry.name}/" if entry.is_dir() else entry.name
    except OSError:  # a link to itself; told when it is read
        return entry.name


def _waits(path: Path) -> str | None:
    """What a file is that would make the run wait for ever (a pipe, a device); None for all others."""
    try:
        mode = path.stat().st_mode
    except OSError:  # a broken link; told when it is read
        return None
    return None if stat.S_ISREG(mode) else "pipes and devices"
