"""Texts as numbers, at the speed of memory.

A batch of texts becomes one buffer of UTF-8, folded (case, accents, digits, punctuation, variants of the Arabic
script: for comparing only), parted into words, and each word a code of 32 bits. Words in a row are shingles,
hashes of 64 bits that roll along; from these come MinHash signatures and all that `dedup` compares.

There are two makers of the same numbers. `Compiled` runs numba's kernels, which take the text 64 bytes at a
time and hold no Python object for a word. `Plain` runs Python and numpy, and is there because loading numba
takes longer than a few texts are worth. `kernels_for` chooses; results are equal bit for bit.
"""

from .engine import Compiled, Kernels, Plain, Seeds, Texts, kernels_for

__all__ = ["Compiled", "Kernels", "Plain", "Seeds", "Texts", "kernels_for"]
