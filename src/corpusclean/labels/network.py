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
TILE = 8  # lines
WINDOWS = (3, 10, 40)  # lines on each side: how much text the first guess sees there


@dataclass(frozen=True, slots=True)
class Network:
    """Weights by name, laid out for arrays with a row of channels for each line of each page, and the classes of the
    kind head.

    What is multiplied channel by channel is laid out for `TILE` lines side by side: numpy is quick along long rows.
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
        pages, lines, width = 1 + len(left_out), len(rows), w["inp.weight"].shape[1]
        room = np.zeros((3, -(-pages * lines // TILE) * TILE, width), np.float32)
        flat = room[0][: pages * lines]
        h = flat.reshape(pages, lines, width)  # the same numbers, page by page
        h[0] = rows @ w["inp.weight"] + w["inp.bias"]
        for n, mask in enumerate(left_out, 1):
            h[n] = h[0] - rows[:, mask] @ w["inp.weight"][mask]
        _relu(flat)
        for n, dilation in enumerate(FIRST):
            self._look_around(room, h.shape, f"convs.{n}", dilation)
        mean = np.full(lines, 1 / lines, np.float32)
        h += (mean @ h @ w["glob.weight"] + w["glob.bias"])[:, None]
        _relu(flat)
        guess = _sigmoid(flat @ w["z1.weight"] + w["z1.bias"]).reshape(pages, lines)
        around = _surroundings(guess, weight).reshape(-1, pages * lines)
        flat += _relu(around.T @ w["ctx.weight"] + w["ctx.bias"])
        for n, dilation in enumerate(SECOND):
            self._look_around(room, h.shape, f"more.{n}", dilation)
        odds = flat @ w["out.weight"][:, :1] + w["out.bias"][:1]
        return odds.reshape(pages, lines), h[0] @ w["out.weight"][:, 1:] + w["out.bias"][1:]

    def _look_around(self, room: Array, shape: tuple[int, int, int], name: str, dilation: int) -> None:
        """Add to the first array of `room` a depthwise convolution over three lines that lie `dilation` apart, then one
        over the channels.

        The other two are there to work in: new ones each time would take longer than the sums. All three have some
        lines more than the pages, of which nothing is used.
        """
        pages, lines, width = shape
        above, here, below = self.weights[f"{name}.0.weight"]
        h, mixed, found = room
        wide = room.reshape(3, -1, TILE * width)
        to, of = (values[: pages * lines].reshape(shape) for values in (mixed, found))
        np.multiply(wide[0], here, out=wide[1])
        if dilation < lines:
            np.multiply(wide[0], above, out=wide[2])
            to[:, dilation:] += of[:, :-dilation]
            np.multiply(wide[0], below, out=wide[2])
            to[:, :-dilation] += of[:, dilation:]
        np.matmul(mixed, self.weights[f"{name}.1.weight"], out=found)
        wide[2] += self.weights[f"{name}.1.bias"]
        h += _relu(found, mixed)

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


def _relu(values: Array, room: Array | None = None) -> Array:
    """The values with 0 for what is negative: in place."""
    zeros = np.zeros_like(values) if room is None else room
    zeros.fill(0)  # two arrays are compared quicker than one with a number
    return np.maximum(values, zeros, out=values)


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


def read_network(data: bytes) -> Network:
    """The network whose weights a file of `benchmarks/labels/train.py` holds."""
    stored = np.load(BytesIO(data), allow_pickle=False)
    weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "kinds"}
    for block in (*(f"convs.{n}" for n in range(len(FIRST))), *(f"more.{n}" for n in range(len(SECOND)))):
        weights[f"{block}.1.weight"] = weights[f"{block}.1.weight"][..., 0]
        # a bias before a matrix is one behind it
        bias = weights[f"{block}.1.bias"] + weights[f"{block}.1.weight"] @ weights.pop(f"{block}.0.bias")
        weights[f"{block}.1.bias"] = np.tile(bias, TILE)
        weights[f"{block}.0.weight"] = np.tile(weights[f"{block}.0.weight"][:, 0].T, TILE)
    for name in [name for name in weights if name.endswith("weight") and not name.endswith(".0.weight")]:
        weights[name] = weights[name].T.copy()
    return Network(weights, tuple(json.loads(str(stored["kinds"]))))


@cache
def network() -> Network:
    """The network of the package, read once."""
    return read_network((files(__package__) / WEIGHTS).read_bytes())
