"""Kernels: plain and compiled give the same numbers, and they are datasketch's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config

import corpusclean.dedup.kernels as kernels_package
from corpusclean.dedup.kernels import build
from corpusclean.dedup.kernels.engine import COMPILED, PLAIN
from corpusclean.dedup.kernels.matching import BOTH, OTHER_NUMBER
from corpusclean.dedup.signatures import Signer, band_keys
from corpusclean.model import fold_words

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.text("ab Éß٣12,.\n人民ไทย한国كتابة\u200c\u0301ﷺ½🎉", max_size=150),
    ),
    max_size=5,
)
SENTENCE = (
    "The council opened the bridge over the river on Monday, after ten years of work and 12 million euros."
)


@given(TEXTS)
def test_plain_and_compiled_kernels_read_the_same_words_at_the_same_places(texts: list[str]) -> None:
    for plain, compiled in zip(PLAIN.read(texts), COMPILED.read(texts), strict=True):
        assert plain.dtype == compiled.dtype
        assert plain.tolist() == compiled.tolist()


@given(TEXTS)
def test_plain_and_compiled_kernels_give_the_same_signatures(texts: list[str]) -> None:
    signer = Signer(40, words=3)
    plain = PLAIN.sign(texts, signer.lengths, signer.permutations)
    assert plain.tolist() == COMPILED.sign(texts, signer.lengths, signer.permutations).tolist()
    read = PLAIN.read(texts)
    hashes, bounds = COMPILED.roll(read.codes, read.words, signer.lengths)
    assert plain.tolist() == COMPILED.sign_hashes(hashes, bounds, signer.permutations).tolist()
    assert hashes.tolist() == PLAIN.roll(read.codes, read.words, signer.lengths)[0].tolist()


CODES = st.lists(st.lists(st.integers(4, 40), max_size=60), max_size=6)


@given(CODES, st.integers(1, 20), st.integers(1, 20))
def test_plain_and_compiled_kernels_give_the_same_seeds(
    texts: list[list[int]], length: int, window: int
) -> None:
    codes = np.array([code for text in texts for code in text], np.uint32)
    words = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    both = [kernels.seed(codes, words, (length, 2 * length), window) for kernels in (PLAIN, COMPILED)]
    for plain, compiled in zip(*both, strict=True):
        assert plain.dtype == compiled.dtype
        assert plain.tolist() == compiled.tolist()
    for kernels in (PLAIN, COMPILED):
        hashes, bounds = kernels.roll(codes, words, (length, 2 * length))
        for d, (first, last) in enumerate(pairwise(bounds.tolist())):
            ours = hashes.view(np.int64)[first:last].tolist()
            keys = both[0].keys[both[0].key_of[d] : both[0].key_of[d + 1]].tolist()
            least = [min(ours[i : i + window]) for i in range(max(len(ours) - window + 1, bool(ours)))]
            assert set(keys) == set(least)


@given(CODES)
def test_texts_are_equal_where_their_words_are(texts: list[list[int]]) -> None:
    codes = np.array([code for text in texts for code in text], np.uint32)
    words = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    equal = COMPILED.seed(codes, words, (4, 8), 8).equal.tolist()
    folded = [tuple(code >> 2 for code in text) for text in texts]
    for one, key in zip(folded, equal, strict=True):
        assert (key == 0) == (not one)
        assert all((one == other) == (key == theirs) for other, theirs in zip(folded, equal, strict=True))


@given(TEXTS, st.integers(1, 200), st.integers(0, 5))
@settings(deadline=None)
def test_a_minhash_that_datasketch_makes_of_the_same_hashes_is_equal(
    texts: list[str], permutations: int, seed: int
) -> None:
    signer = Signer(permutations, seed=seed, words=2)
    for kernels in (PLAIN, COMPILED):
        rows = kernels.sign(texts, signer.lengths, signer.permutations)
        for row, hashes in zip(rows, signer.hashes(texts) if texts else [], strict=True):
            theirs = MinHash(num_perm=permutations, seed=seed, hashfunc=int)
            theirs.update_batch(hashes.tolist())
            assert theirs.hashvalues.tolist() == row.tolist()
            assert theirs.permutations.tolist() == signer.permutations.tolist()
            assert signer.minhash(row) == theirs
            assert signer.lean(row) == LeanMinHash(theirs)
            assert signer.row(theirs).tolist() == row.tolist()


def test_an_index_of_datasketch_takes_our_signatures_and_its_own_alike() -> None:
    signer = Signer()
    ours, other = signer.sign(
        [SENTENCE, "Nothing of this kind was ever heard of in the town before that day."]
    )
    theirs = MinHash(num_perm=128, hashfunc=int)
    theirs.update_batch(signer.hashes([SENTENCE])[0].tolist())
    index = MinHashLSH(threshold=0.5, num_perm=128)
    index.insert("ours", signer.minhash(ours))
    index.insert("lean", signer.lean(other))
    assert index.query(theirs) == ["ours"]
    assert index.query(signer.minhash(other)) == ["lean"]


def test_a_sketch_made_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="scheme legacy"):
        Signer(16).row(MinHash(num_perm=16, scheme="legacy"))


def test_signatures_are_the_same_on_every_machine() -> None:
    row = Signer().sign(["The ferry stopped running on Monday morning."])[0]
    assert row[:4].tolist() == [1869701316, 78769785, 15223603, 326649532]


def test_band_keys_agree_where_all_values_of_a_band_agree() -> None:
    rows = np.array([[1, 2, 3, 4], [1, 2, 3, 5]], np.uint32)
    keys = band_keys(rows, 2)
    assert (keys[0] == keys[1]).tolist() == [True, False]
    assert keys[0, 0] != band_keys(rows[:, [2, 3, 0, 1]], 2)[0, 1]  # a band is told apart from the others


@given(st.text("abcÉéßİıſΣσς٣۳۲ كةأإـًيىە,.-'\n 12人", max_size=60))
def test_what_folds_to_the_same_words_has_the_same_codes(text: str) -> None:
    words = [word for word in fold_words(text) if word != "0"]
    for other in (text.upper().lower(), text.replace(",", " ; "), text.replace("ك", "ک").replace("٣", "3")):
        if [word for word in fold_words(other) if word != "0"] == words and "0" not in fold_words(
            other + text
        ):
            assert _folded(text) == _folded(other)


def _folded(text: str) -> list[int]:
    return (PLAIN.read([text]).codes >> 2).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("كتاب‌های", "کتابهای"),
        ("١٢ 007", "12 7"),
        ("café", "cafe\u0301"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("“quoted” — text", '"quoted" -- text'),
        ("ﬁnal", "final"),
    ],
)
def test_differences_of_typing_do_not_count(one: str, other: str) -> None:
    assert _folded(one) == _folded(other)


def test_characters_of_scripts_without_spaces_are_words() -> None:
    assert [len(_folded(text)) for text in ("人民网", "ประเทศ", "한국어", "कानून")] == [3, 6, 1, 1]


@pytest.mark.parametrize("kernels", [PLAIN, COMPILED])
def test_stretches_are_found_in_any_order_and_numbers_that_differ_are_seen(kernels: object) -> None:
    first = (
        "It rained for three days in the valley before the dam gave way on Monday night at 11 o'clock sharp."
    )
    second = "A spokesman said that nobody had been hurt when the water came down into the village of Aston."
    read = kernels.read([f"{first} {second}", f"{second} {first.replace('11', '12')}"])  # type: ignore[attr-defined]
    shingles, bounds = kernels.roll(read.codes, read.words, (3, 6))  # type: ignore[attr-defined]
    codes = [read.codes[a:b] for a, b in pairwise(read.words)]
    hashes = [shingles.view(np.int64)[a:b] for a, b in pairwise(bounds)]
    states = [np.zeros(len(one), np.uint8) for one in codes]
    stretches, partner = np.zeros((200, 5), np.int32), np.zeros(99, np.int32)
    limits = np.array((3, 12, 12, 40, 0))
    assert kernels.loops.match(*codes, *hashes, limits, *states, partner, stretches) == 2  # type: ignore[attr-defined]
    assert sorted(stretches[:2, :4].tolist()) == [[0, 21, 18, 39], [21, 39, 0, 18]]
    assert (states[0] == OTHER_NUMBER).nonzero()[0].tolist() == [17]
    assert (states[0] != BOTH).sum() == 1
    assert partner[:3].tolist() == [18, 19, 20]


def test_few_texts_are_compared_without_numba() -> None:
    code = (
        "import sys, corpusclean; assert 'numpy' not in sys.modules; "
        "corpusclean.find_duplicates([('a', 'One text.'), ('b', 'One text.')]); assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_compiled_is_kept_for_these_sources_only_and_numba_is_left_as_it_was(tmp_path: Path) -> None:
    home = Path(kernels_package.__file__).parent
    shutil.copytree(home, tmp_path / "kernels", ignore=shutil.ignore_patterns("__pycache__"))
    before = build._digest()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_HERE", tmp_path / "kernels")
        assert build._digest() == before
        (tmp_path / "kernels" / "words.py").write_text("changed")
        assert build._digest() != before
    with build._kept():
        assert before in config.CACHE_DIR or os.environ.get("NUMBA_CACHE_DIR")
    assert os.environ.get("NUMBA_CACHE_DIR", "") == config.CACHE_DIR
