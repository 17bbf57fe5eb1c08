"""UTF-8 that was read in another encoding: "itâ€™s", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "ط§ظ„ط¹ط±ط§ظ‚".

A line is read again when a run of misread characters in it proves that it was misread (see `suspicions`).
Then its other runs are read again as well, if nothing else in the line is above ASCII; and where three lines of
a page prove it, so are its lines that prove nothing but hold such runs alone. A run that stands in quotes in
one line with its meaning is quoted on purpose, and stays. Text that was misread twice is read again in the
next round. What was lost for good stays as it is: no repair writes U+FFFD.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import Edit, Span
from ..registry import repair_rule
from .misreading import Run
from .suspicions import Suspicion, quick_search, suspicions

_RULE = "mojibake.read-again"
_LINES = 3
_QUOTES = "\"'`“”‘’«»„"


@repair_rule(
    _RULE,
    why="""Text that was read in another encoding holds rows of characters that no language has, and read as
    they were meant they are words.""",
    repairs=[
        ("itâ€™s â€œfineâ€\x9d â€” cafÃ©", "it’s “fine” — café"), ("â€œfineâ€", "“fine”"),
        ("it‚Äôs", "it’s"), ("itвЂ™s", "it’s"),
        ("Ãœber Â£30, Â© 2020", "Über £30, © 2020"), ("ðŸ˜€ ä¸­æ–‡", "😀 中文"), ("MÃ€scot, GÃ€ste", "Mäscot, Gäste"),
        ("le retour Ã  la normale, dÃ©jÃ ", "le retour à la normale, déjà"), ("voilÃ le travail", "voilà le travail"),
        ("Hello.Â Next", "Hello.\xa0 Next"), ("sÄ… teÅ¼ Å‚Ã³dÅº", "są też łódź"), ("fГјr alle", "für alle"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"), ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"), ("Ø§Ù„Ø¹Ø±Ø§Ù‚", "العراق"),
        ("ط§ظ„ط¹ط±ط§ظ‚ ظˆ ط§غŒط±ط§ظ†", "العراق و ایران"), ("ط§ظ„طط¬", "الحج"),
    ],
    keeps=[
        "“AMANHÔ, disse", "À IRMÃ… SÃO", "“MANHû", "«L’ÉTÉ»", "KURDÎ”", "chữ Â là", "Ângela, Ã, Ä, Ö",
        "l'été’” “café’”", "x² ± 5° ≤ ½", "عکس", "شروع، طرح", "نقاط،عکس", "موضوع» عکاسی… ظهر", "ظلم و عطر غذا",
        "СССР» Её РФ…", "Він Сіль Ні", "TÜRKİYE’DE “İŞ”", "ï¿½", "“Ã©” is “é”, misread",
        "50 € – 60 £, „so“ … ¿qué?", "Ça va « très » bien…",
    ],
)  # fmt: skip
def read_again(text: str) -> list[Edit]:
    """Edits that read again what was misread.

    >>> [edit.after for edit in read_again("itâ€™s fine")]
    ['’']
    """
    if text.isascii() or not quick_search().search(text):
        return []
    proved: dict[tuple[int, int], Sequence[Run]] = {}
    counts: Counter[Suspicion] = Counter()
    for start, end in _suspicious_lines(text):
        suspicion, runs = _judge(text[start:end])
        if suspicion:
            proved[start, end] = runs
            counts[suspicion] += 1
    common = [suspicion for suspicion in suspicions() if counts[suspicion] >= _LINES]
    lines = _all_lines(text) if common else iter(proved)
    return [
        Edit(Span(start + run.start, start + run.end), run.after, _RULE)
        for start, end in lines
        for run in proved.get((start, end)) or _follow(text[start:end], common)
    ]


def _all_lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _suspicious_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that hold something like a run."""
    search, at = quick_search().search, 0
    while found := search(text, at):
        start = text.rfind("\n", at, found.start()) + 1 or at
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        yield start, end
        at = end + 1


def _judge(line: str) -> tuple[Suspicion | None, Sequence[Run]]:
    """The suspicion under which most of a line is proved to be misread, and the runs to read again."""
    best: Suspicion | None = None
    best_rank, best_runs = (False, 0), list[Run]()
    quoted: set[int] = set()
    for suspicion in suspicions():
        found = list(suspicion.misreading.runs(line))
        quoted.update(run.start for run in found if _is_quoted(line, run))
        runs = [run for run in found if run.start not in quoted]
        proofs = {run for run in runs if suspicion.proves(line, run)}
        if not proofs:
            continue
        alone = _is_alone(line, found)
        runs = [run for run in runs if run in proofs or suspicion.follows(line, run, alone)]
        rank = alone, sum(run.end - run.start for run in runs if not _is_miscast(line, run))
        if rank > best_rank:
            best, best_rank, best_runs = suspicion, rank, runs
        if rank == (True, sum(run.end - run.start for run in found)):
            break  # it explains all there is
    return best, best_runs


def _follow(line: str, common: Sequence[Suspicion]) -> tuple[Run, ...]:
    """The runs of a line that proves nothing, on a page where others do."""
    for suspicion in () if line.isascii() else common:
        runs = tuple(suspicion.misreading.runs(line))
        if any(run.groups for run in runs) and _is_alone(line, runs):
            return tuple(run for run in runs if not _is_quoted(line, run))
    return ()


def _is_alone(line: str, runs: Sequence[Run]) -> bool:
    """True when nothing but the runs is above ASCII in a line."""
    starts = [0, *(run.end for run in runs)]
    ends = [*(run.start for run in runs), len(line)]
    return all(line[start:end].isascii() for start, end in zip(starts, ends, strict=True))


def _is_miscast(line: str, run: Run) -> bool:
    """True for a capital letter inside a word of small ones: "Ã€" is À in one encoding and ä in another."""
    before, after = line[max(0, run.start - 1) : run.start], line[run.end : run.end + 1]
    return run.after.isupper() and (before.islower() or (before.isalpha() and after.islower()))


def _is_quoted(line: str, run: Run) -> bool:
    before, after = line[max(0, run.start - 1) : run.start], line[run.end : run.end + 1]
    return bool(before and after) and before in _QUOTES and after in _QUOTES and run.after in line
