"""Train the two-layer classifier of the last exercise and write its weights.

    python data/digits/train.py

The network is y = W2 relu(W1 x + b1) + b2 with 64 inputs, 32 hidden neurons and 10 outputs. It
learns from the 1438 training images only; the 359 test images are looked at once, at the end.
Everything random comes from one seed, so a second run on the same machine writes the same file.
Another processor or another version of PyTorch may round differently, and then ends with slightly
different weights.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

FOLDER = Path(__file__).resolve().parent
SEED, EPOCHS, BATCH, RATE, DECAY = 8, 60, 32, 2e-3, 0.05


def examples(part: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Images as rows of 64 numbers from 0 to 1, and their digits; `part` is train or test."""
    with np.load(FOLDER / "digits.npz") as data:
        images, labels = data[f"{part}_images"], data[f"{part}_labels"]
    pixels = images.reshape(len(images), 64) / 16.0
    return torch.from_numpy(pixels), torch.from_numpy(labels.astype(np.int64))


def train(X: torch.Tensor, labels: torch.Tensor) -> nn.Sequential:
    """A network that has gone over all training images EPOCHS times."""
    torch.set_num_threads(1)  # sums in one order: the same bits every time
    torch.manual_seed(SEED)
    model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)).double()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(X)).split(BATCH):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), labels[rows]).backward()
            optimizer.step()
    return model


def accuracy(model: nn.Module, X: torch.Tensor, labels: torch.Tensor) -> float:
    """The share of images whose largest output stands at their own digit."""
    with torch.no_grad():
        return (model(X).argmax(dim=1) == labels).double().mean().item()


def main() -> None:
    """Train, print both accuracies, write weights.npz beside this file."""
    model = train(*examples("train"))
    first, last = model[0], model[2]
    arrays = {"W1": first.weight, "b1": first.bias, "W2": last.weight, "b2": last.bias}
    np.savez_compressed(
        FOLDER / "weights.npz", **{name: p.detach().numpy() for name, p in arrays.items()}
    )
    print(f"training images: {accuracy(model, *examples('train')):.4f}")
    print(f"held-out images: {accuracy(model, *examples('test')):.4f}")


if __name__ == "__main__":
    main()
