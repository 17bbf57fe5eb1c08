"""The labeller's network: a small stack of convolutions over the lines of a page, with numpy alone.

A line's row of numbers is widened to `width` channels; layers of depthwise convolutions with growing dilation let it
see its neighbours up to 31 lines away, the mean over the page lets it see what page this is. From that a first guess
is made; how much text the guess puts above, below and around each line goes into a second look, which decides. So a
page is labelled as a sequence: a short line between two paragraphs is judged otherwise than the same line in a menu.
The idea is that of Web2Text (Vogels, Ganea, Eickhoff: "Web2Text: Deep structured boilerplate removal", 2018), without
the DOM.

`benchmarks/train_labels.py` trains it and writes the weights beside this module.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
WEIGHTS = "weights.npz"
FIRST = (1, 2, 4, 8, 16)
SECOND = (1, 4)
WINDOWS = (3, 10, 40)  # lines on each side: how much text the first guess sees there


@dataclass(frozen=True, slots=True)
class Network:
    """Weights by name, as `benchmarks/train_labels.py` writes them, and the classes of the kind head."""

    weights: dict[str, Array]
    kinds: tuple[str, ...]

    def logits(self, rows: Array, weight: Array) -> tuple[Array, Array]:
        """For stacked pages the log-odds that a line is article text, and scores of its kinds.

        `rows` has the shape (pages, lines, features), `weight` (lines,) holds the sizes of the lines in characters;
        the answers have the shapes (pages, lines) and (pages, lines, kinds).
        """
        w = self.weights
        h = _relu(rows @ w["inp.weight"].T + w["inp.bias"])
        for n, dilation in enumerate(FIRST):
            h = h + self._block(h, f"convs.{n}", dilation)
        h = _relu(h + (h.mean(1, keepdims=True) @ w["glob.weight"].T + w["glob.bias"]))
        guess = _sigmoid((h @ w["z1.weight"].T + w["z1.bias"])[..., 0])
        h = h + _relu(_surroundings(guess, weight) @ w["ctx.weight"].T + w["ctx.bias"])
        for n, dilation in enumerate(SECOND):
            h = h + self._block(h, f"more.{n}", dilation)
        out = h @ w["out.weight"].T + w["out.bias"]
        return out[..., 0], out[..., 1:]

    def _block(self, h: Array, name: str, dilation: int) -> Array:
        """A depthwise convolution over three lines that lie `dilation` apart, then one over the channels."""
        w = self.weights
        taps = w[f"{name}.0.weight"]
        mixed = h * taps[:, 0, 1] + w[f"{name}.0.bias"]
        if dilation < h.shape[1]:
            mixed[:, dilation:] += h[:, :-dilation] * taps[:, 0, 0]
            mixed[:, :-dilation] += h[:, dilation:] * taps[:, 0, 2]
        return _relu(mixed @ w[f"{name}.1.weight"][..., 0].T + w[f"{name}.1.bias"])

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
    return np.stack([(upto - mass) / total, (total - 50 - upto) / total, *around, size, guess], -1).astype(
        np.float32
    )


def _relu(values: NDArray[Any]) -> Array:
    return np.asarray(np.maximum(values, 0), np.float32)


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


@cache
def network() -> Network:
    """The network of the package, read once."""
    stored = np.load(BytesIO((files(__package__) / WEIGHTS).read_bytes()), allow_pickle=False)
    weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "kinds"}
    return Network(weights, tuple(json.loads(str(stored["kinds"]))))
