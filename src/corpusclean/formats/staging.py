"""The files of an output folder, under temporary names until all of them are whole.

They get their final names when the run is done, the manifest last. A run that breaks off leaves the folder as it
was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ..errors import ConfigError, CorpuscleanError
from .manifest import NAME, is_run

# All that a run of any command may have left in a folder; beside the files of a new one it would be wrong.
FILES = (
    "records.jsonl", "removed.jsonl", "repaired.jsonl", "sources.jsonl", "profile.toml", "records.parquet",
    "groups.jsonl", "passages.jsonl", "copies.jsonl", "failed.jsonl", "report.html",
)  # fmt: skip
BUFFER = 1 << 18  # bytes that are written at a time


class Staging:
    """A folder that is being written: `names` are files of it, `scratch` are files that are gone at the end.

    >>> staging = Staging(getfixture("tmp_path") / "out", ("a.txt", "manifest.json"))
    >>> staging.open()
    >>> staging.stream("a.txt").write(b"Hello.")
    6
    >>> staging.commit(("a.txt", "manifest.json"))
    >>> staging.discard()
    >>> sorted(path.name for path in staging.out.iterdir())
    ['a.txt', 'manifest.json']
    """

    def __init__(
        self, out: Path, names: Sequence[str], scratch: Sequence[str] = (), *, force: bool = False
    ) -> None:
        self.out, self._names, self._force = out, (*names, *scratch), force
        self._made: list[Path] = []
        self._stack = ExitStack()
        self._streams: dict[str, BinaryIO] = {}

    def open(self) -> None:
        """Make the folder and its files; ConfigError when it holds what is not ours to replace."""
        self._check()
        try:
            with self.writing():
                self._make_folder()
                for name in self._names:
                    self._streams[name] = self._stack.enter_context(
                        self._partial(name).open("w+b", buffering=BUFFER)
                    )
        except CorpuscleanError:
            self.discard()
            raise

    def stream(self, name: str) -> BinaryIO:
        """The file of that name, to write and to read."""
        return self._streams[name]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What the file system refuses is told as an error of this folder."""
        try:
            yield
        except OSError as error:
            what = f"the output cannot be written: {(error.strerror or str(error)).lower()}"
            raise ConfigError(what, where=str(self.out), hint="choose another folder") from error

    def commit(self, names: Sequence[str]) -> None:
        """Give files their names, the last one last, in place of all that an older run left."""
        self._stack.close()
        if is_run(self.out):
            # without its manifest the old run is no run any more; from here on the new one takes its place
            (self.out / NAME).unlink()
            for name in FILES:
                (self.out / name).unlink(missing_ok=True)
        for name in names:
            self._partial(name).replace(self.out / name)
        self._made.clear()

    def discard(self) -> None:
        """Remove what has no name yet, and the folders that were made for it."""
        with suppress(OSError):
            self._stack.close()
        for name in self._streams:
            with suppress(OSError):
                self._partial(name).unlink(missing_ok=True)
        for path in reversed(self._made):
            with suppress(OSError):
                path.rmdir()

    def _check(self) -> None:
        if self.out.exists() and not self.out.is_dir():
            raise ConfigError("the output must be a folder", where=str(self.out), hint="choose another name")
        if self._force or not self.out.exists() or is_run(self.out):
            return
        # partial files are what a run left that was killed
        ours = {self._partial(name).name for name in (*self._names, *FILES)}
        if any(name not in ours for name in (path.name for path in self.out.iterdir())):
            hint = "choose an empty or new folder, or write into this one with --force"
            raise ConfigError("the output folder holds other files", where=str(self.out), hint=hint)

    def _make_folder(self) -> None:
        missing = [path for path in (self.out, *self.out.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            self._made.append(path)

    def _partial(self, name: str) -> Path:
        return self.out / f".{name}.partial"
