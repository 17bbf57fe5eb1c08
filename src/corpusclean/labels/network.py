"""The labeller's network: a small stack of convolutions over the lines of a page, with numpy alone.

A line's row of numbers is widened to `width` channels; layers of depthwise convolutions with growing dilation let it
see its neighbours up to 31 lines away, the mean over the page lets it see what page this is. From that a first guess
is made; how much text the guess puts above, below and around each line goes into a second look, which decides. So a
page is labelled as a sequence: a short line between two paragraphs is judged otherwise than the same line in a menu.
The idea is that of Web2Text (Vogels, Ganea, Eickhoff: "Web2Text: Deep structured boilerplate removal", 2018), without
the DOM.

`benchmarks/labels/train.py` trains it and writes the weights beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
WEIGHTS = "weights.npz"
FIRST = (1, 2, 4, 8, 16)
SECOND = (1, 4)
WINDOWS = (3, 10, 40)  # lines on each side: how much text the first guess sees there


@dataclass(frozen=True, slots=True)
class Network:
    """Weights by name, laid out for arrays of the shape (channels, pages, lines), and the classes of the kind head.

    Channels come first because numpy is quick along the last axis, and a page has more lines than channels.
    """

    weights: dict[str, Array]
    kinds: tuple[str, ...]

    def logits(
        self, rows: Array, weight: Array, left_out: Sequence[NDArray[np.bool_]] = ()
    ) -> tuple[Array, Array]:
        """The log-odds that a line is article text, and scores of its kinds.

        `rows` has the shape (lines, features), `weight` (lines,) holds the sizes of the lines in characters, `left_out`
        masks of features. The log-odds have the shape (1 + masks, lines): as they are, then without the features of
        each mask. The scores have the shape (lines, kinds).
        """
        w = self.weights
        width, pages, lines = len(w["inp.weight"]), 1 + len(left_out), len(rows)
        h = np.empty((width, pages, lines), np.float32)
        room = np.empty((2, *h.shape), np.float32)
        flat = h.reshape(width, -1)  # the same numbers: matrices are multiplied for all pages at once
        h[:, 0] = w["inp.weight"] @ rows.T + w["inp.bias"]
        for n, mask in enumerate(left_out, 1):
            h[:, n] = h[:, 0] - w["inp.weight"][:, mask] @ rows[:, mask].T
        _relu(h)
        for n, dilation in enumerate(FIRST):
            self._look_around(h, room, f"convs.{n}", dilation)
        h += (w["glob.weight"] @ h.mean(-1) + w["glob.bias"])[..., None]
        _relu(h)
        guess = _sigmoid(w["z1.weight"] @ flat + w["z1.bias"]).reshape(pages, lines)
        around = _surroundings(guess, weight).reshape(-1, pages * lines)
        seen = np.matmul(w["ctx.weight"], around, out=room[0].reshape(width, -1))
        seen += w["ctx.bias"]
        flat += _relu(seen)
        for n, dilation in enumerate(SECOND):
            self._look_around(h, room, f"more.{n}", dilation)
        odds = w["out.weight"][:1] @ flat + w["out.bias"][:1]
        kinds = w["out.weight"][1:] @ h[:, 0] + w["out.bias"][1:]
        return odds.reshape(pages, lines), kinds.T

    def _look_around(self, h: Array, room: Array, name: str, dilation: int) -> None:
        """Add to `h` a depthwise convolution over three lines that lie `dilation` apart, then one over the channels.

        `room` holds two arrays like `h` to work in: new ones each time would take longer than the sums.
        """
        above, here, below = self.weights[f"{name}.0.weight"]
        mixed, found = room
        np.multiply(h, here, out=mixed)
        if dilation < h.shape[-1]:
            np.multiply(h, above, out=found)
            mixed[..., dilation:] += found[..., :-dilation]
            np.multiply(h, below, out=found)
            mixed[..., :-dilation] += found[..., dilation:]
        flat = found.reshape(len(h), -1)
        np.matmul(self.weights[f"{name}.1.weight"], mixed.reshape(len(h), -1), out=flat)
        flat += self.weights[f"{name}.1.bias"]
        mixed.fill(0)  # two arrays are compared quicker than one with a number
        np.maximum(found, mixed, out=found)
        h += found

    def normal(self, rows: Array) -> Array:
        """Rows as the network reads them: centred, scaled, and without outliers."""
        return np.asarray(np.clip((rows - self.weights["mean"]) / self.weights["scale"], -5, 5), np.float32)


def _surroundings(guess: Array, weight: Array) -> Array:
    """How much text a first guess puts above, below and around each line, as shares of all of it."""
    mass = guess * weight
    total = mass.sum(1, keepdims=True) + 50
    upto = mass.cumsum(1)
    padded = np.concatenate([np.zeros_like(upto[:, :1]), upto], 1)
    count = upto.shape[1]
    index = np.arange(count)
    around = [
        (padded[:, np.minimum(index + reach + 1, count)] - padded[:, np.maximum(index - reach, 0)]) / total
        for reach in WINDOWS
    ]
    size = np.broadcast_to(np.log(total) / 8 - 0.8, guess.shape)
    shares = [(upto - mass) / total, (total - 50 - upto) / total, *around, size, guess]
    return np.array(shares, np.float32)


def _relu(values: Array) -> Array:
    """The values with 0 for what is negative: in place."""
    return np.maximum(values, 0, out=values)


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


def read_network(data: bytes) -> Network:
    """The network whose weights a file of `benchmarks/labels/train.py` holds."""
    stored = np.load(BytesIO(data), allow_pickle=False)
    weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "kinds"}
    for name in [name for name in weights if name.endswith("bias")]:
        weights[name] = weights[name][:, None]
    for block in (*(f"convs.{n}" for n in range(len(FIRST))), *(f"more.{n}" for n in range(len(SECOND)))):
        weights[f"{block}.0.weight"] = weights[f"{block}.0.weight"].transpose(2, 0, 1)[..., None].copy()
        weights[f"{block}.1.weight"] = weights[f"{block}.1.weight"][..., 0].copy()
        # a bias before a matrix is one behind it
        weights[f"{block}.1.bias"] += weights[f"{block}.1.weight"] @ weights.pop(f"{block}.0.bias")
    return Network(weights, tuple(json.loads(str(stored["kinds"]))))


@cache
def network() -> Network:
    """The network of the package, read once."""
    return read_network((files(__package__) / WEIGHTS).read_bytes())
