"""Train the line labeller on rows that collect.py made; write the weights that the package ships.

    python train.py ROWS --out ../../src/corpusclean/labels/weights.npz
    python train.py ROWS --folds 6 --out FOLDS

With --folds the pages are divided by site, and FOLDS receives weights that have not seen a site of their fold, with
`folds.json`, which says for each site in which fold it is.
Seeded and with one thread: the same rows give the same weights on one machine and version of torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from collect import Sample
from torch import Tensor, nn

from corpusclean.labels.network import FIRST, SECOND, WINDOWS

KINDS = (
    "body", "metadata", "title", "account", "advert", "banner", "bio", "caption", "comments", "consent", "counter",
    "furniture", "legal", "navigation", "player", "quote", "related", "share", "subscribe",
)  # fmt: skip
UNKNOWN = -100


@dataclass(frozen=True)
class Plan:
    """How the network is trained. A page weighs about as much as another, a line as many words as it has."""

    width: int = 80
    epochs: int = 20
    share: float = 0.5  # of the pages, chosen anew for each epoch
    rate: float = 3e-3
    decay: float = 1e-4
    dropout: float = 0.1
    kind_weight: float = 0.3
    shown: int = 3  # how often a page whose gold goes by line is shown for each time that another one is
    first_weight: float = 0.3
    lines: int = 6000  # of a batch
    seed: int = 0


class Labeller(nn.Module):
    """The network of `corpusclean.labels.network`, as torch trains it; names of weights are the same."""

    def __init__(self, features: int, plan: Plan) -> None:
        super().__init__()
        width = plan.width
        self.inp = nn.Linear(features, width)
        self.convs = nn.ModuleList(self._block(width, dilation) for dilation in FIRST)
        self.glob = nn.Linear(width, width)
        self.z1 = nn.Linear(width, 1)
        self.ctx = nn.Linear(4 + len(WINDOWS), width)
        self.more = nn.ModuleList(self._block(width, dilation) for dilation in SECOND)
        self.out = nn.Linear(width, 1 + len(KINDS))
        self.drop = nn.Dropout(plan.dropout)
        self.blank = nn.Dropout(0.05)

    @staticmethod
    def _block(width: int, dilation: int) -> nn.Sequential:
        deep = nn.Conv1d(width, width, 3, dilation=dilation, padding=dilation, groups=width)
        return nn.Sequential(deep, nn.Conv1d(width, width, 1))

    def forward(self, rows: Tensor, mask: Tensor, size: Tensor) -> tuple[Tensor, Tensor]:
        """The scores of the lines (text, then kinds) and the first guess."""
        there = mask.unsqueeze(-1)
        h = F.relu(self.inp(self.blank(rows))) * there
        for block in self.convs:
            h = h + F.relu(block(self.drop(h).transpose(1, 2)).transpose(1, 2)) * there
        page = (h * there).sum(1) / there.sum(1)
        h = F.relu(h + self.glob(page).unsqueeze(1)) * there
        guess = self.z1(h)[..., 0]
        mass = torch.sigmoid(guess) * size * mask
        total = mass.sum(1, keepdim=True) + 50
        upto = mass.cumsum(1)
        count = upto.shape[1]
        padded, index = F.pad(upto, (1, 0)), torch.arange(count)
        around = [
            (padded[:, (index + reach + 1).clamp(max=count)] - padded[:, (index - reach).clamp(min=0)])
            / total
            for reach in WINDOWS
        ]
        scale = torch.log(total).expand(-1, count) / 8 - 0.8
        seen = [(upto - mass) / total, (total - 50 - upto) / total, *around, scale, torch.sigmoid(guess)]
        h = h + F.relu(self.ctx(torch.stack(seen, -1))) * there
        for block in self.more:
            h = h + F.relu(block(self.drop(h).transpose(1, 2)).transpose(1, 2)) * there
        return self.out(self.drop(h)), guess


@dataclass
class Item:
    """A sample ready for training."""

    rows: np.ndarray
    size: np.ndarray
    label: np.ndarray
    weight: np.ndarray
    kind: np.ndarray
    sure: float
    recurs: np.ndarray


def item_of(sample: Sample, mean: np.ndarray, scale: np.ndarray) -> Item:
    """A line weighs as much as its words among the page's text; the kinds of gold by line count eight times as much
    as those that names in the markup tell."""
    gold = (sample.label * sample.words * (sample.weight > 0.3)).sum()
    base = max(gold, 0.25 * sample.words.sum(), 30)
    kind = np.array([KINDS.index(k) if k in KINDS else UNKNOWN for k in sample.kinds])
    rows = np.clip((sample.rows - mean) / scale, -5, 5).astype(np.float32)
    weight = ((sample.words / base + 0.002) * sample.weight).astype(np.float32)
    size = np.expm1(4 * sample.rows[:, 0])
    return Item(rows, size, sample.label, weight, kind, 4.0 if sample.set == "judged" else 0.5, sample.recurs)


def scaling(samples: Sequence[Sample]) -> tuple[np.ndarray, np.ndarray]:
    """Mean and spread of each column; the last two, about the site's other pages, stay as they are."""
    rows = np.concatenate([sample.rows for sample in samples[::7]])
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    mean[-2:], scale[-2:] = 0, 1
    return mean.astype(np.float32), scale.astype(np.float32)


def batches(items: Sequence[Item], plan: Plan, dice: random.Random) -> list[list[Item]]:
    """Pages of about the same length, so many that a batch has no more lines than the plan says."""
    chosen = dice.sample(list(items), int(len(items) * plan.share))
    made: list[list[Item]] = [[]]
    for item in sorted(chosen, key=lambda item: len(item.rows) + dice.randrange(40)):
        longest = max([len(item.rows), *(len(other.rows) for other in made[-1])])
        if made[-1] and longest * (len(made[-1]) + 1) > plan.lines:
            made.append([])
        made[-1].append(item)
    dice.shuffle(made)
    return made


def padded(arrays: Sequence[np.ndarray], fill: float = 0) -> Tensor:
    longest = max(len(array) for array in arrays)
    out = np.full((len(arrays), longest, *arrays[0].shape[1:]), fill, arrays[0].dtype)
    for row, array in zip(out, arrays, strict=True):
        row[: len(array)] = array
    return torch.from_numpy(out)


def with_site(item: Item, dice: random.Random) -> np.ndarray:
    """The rows; every other time as they are when the site's other pages are known."""
    if not len(item.recurs) or not item.recurs[0, 1] or dice.random() < 0.5:
        return item.rows
    rows = item.rows.copy()
    rows[:, -2:] = item.recurs
    return rows


def train(samples: Sequence[Sample], plan: Plan) -> dict[str, np.ndarray]:
    """Weights by name, with the scaling of the columns."""
    torch.manual_seed(plan.seed)
    dice = random.Random(plan.seed)
    mean, scale = scaling(samples)
    often = [sample for sample in samples for _ in range(plan.shown if sample.set == "judged" else 1)]
    items = [item_of(sample, mean, scale) for sample in often]
    net = Labeller(len(mean), plan)
    optimizer = torch.optim.AdamW(net.parameters(), lr=plan.rate, weight_decay=plan.decay)
    step, steps = 0, 0
    for epoch in range(plan.epochs):
        loss_sum = 0.0
        groups = batches(items, plan, dice)
        steps = steps or plan.epochs * len(groups) + 10
        net.train()
        for group in groups:
            for setting in optimizer.param_groups:
                setting["lr"] = plan.rate * min(1, (step + 1) / 50) * max(0.02, 1 - step / steps)
            rows = padded([with_site(item, dice) for item in group])
            mask = padded([np.ones(len(item.rows), np.float32) for item in group])
            label, weight = padded([item.label for item in group]), padded([item.weight for item in group])
            kind = padded([item.kind for item in group], UNKNOWN)
            sure = torch.tensor([item.sure for item in group])[:, None]
            scores, guess = net(rows, mask, padded([item.size for item in group]))
            loss = (
                F.binary_cross_entropy_with_logits(scores[..., 0], label, reduction="none") * weight
            ).sum()
            loss_sum += loss.item()
            first = (F.binary_cross_entropy_with_logits(guess, label, reduction="none") * weight).sum()
            named = F.cross_entropy(
                scores[..., 1:].flatten(0, 1), kind.flatten(), reduction="none", ignore_index=UNKNOWN
            )
            kinds = (named.reshape(weight.shape) * (weight + 0.003) * sure).sum()
            optimizer.zero_grad()
            ((loss + plan.first_weight * first + plan.kind_weight * kinds) / len(group)).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step += 1
        print(f"epoch {epoch + 1}: loss {loss_sum / sum(map(len, groups)):.3f}", flush=True)
    return {name: value.numpy() for name, value in net.state_dict().items()} | {"mean": mean, "scale": scale}


def save(weights: dict[str, np.ndarray], path: Path) -> None:
    """Half precision is enough for all but the scaling."""
    small = {
        name: value if name in ("mean", "scale") else value.astype(np.float16)
        for name, value in weights.items()
    }
    np.savez_compressed(path, kinds=np.array(json.dumps(KINDS)), **small)


def fold_of(site: str, folds: int) -> int:
    """The fold of a site, by a digest of its name."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def outside(samples: Sequence[Sample], fold: int, folds: int) -> Iterator[Sample]:
    return (sample for sample in samples if fold_of(sample.site, folds) != fold)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--only", type=int, help="train this fold alone")
    args = parser.parse_args()
    torch.set_num_threads(1)
    samples: list[Sample] = pickle.loads(args.rows.read_bytes())
    if not args.folds:
        save(train(samples, Plan()), args.out)
        return
    args.out.mkdir(parents=True, exist_ok=True)
    sites = {sample.site: fold_of(sample.site, args.folds) for sample in samples}
    (args.out / "folds.json").write_text(json.dumps(sites, indent=0, sort_keys=True), "utf-8")
    for fold in range(args.folds) if args.only is None else [args.only]:
        save(train(list(outside(samples, fold, args.folds)), Plan()), args.out / f"{fold}.npz")


if __name__ == "__main__":
    main()
