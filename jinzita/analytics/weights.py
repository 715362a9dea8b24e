"""Weights that are not set by hand: from pairwise judgements (AHP) or from how much indicators differ
(entropy)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from jinzita.analytics.errors import WeightsError
from jinzita.analytics.scoring import Fitted, Floats, numbers
from jinzita.analytics.value_model import ValueModel

# Mean consistency index of random reciprocal matrices of order 1 to 15 (Saaty, The Analytic Hierarchy
# Process, 1980).
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
ACCEPTABLE = 0.1


@dataclass(frozen=True)
class Judged:
    """Weights from pairwise judgements; above a consistency ratio of 0.1 they want confirming."""

    weights: tuple[float, ...]
    consistency_ratio: float
    lambda_max: float

    @property
    def acceptable(self) -> bool:
        """Whether the judgements agree well enough with each other."""
        return self.consistency_ratio <= ACCEPTABLE


def ahp(judgements: Sequence[Sequence[float]]) -> Judged:
    """Weights (adding to 1) as the principal eigenvector of a reciprocal matrix of 1 to 15 rows.

    ``judgements[i][j]`` says how many times more important i is than j. Saaty's method: CI = (λmax − n) ÷
    (n − 1), CR = CI ÷ the random index of n. Raises WeightsError naming the cell that is wrong.
    """
    matrix = _checked(judgements)
    size = len(matrix)
    eigenvalues, eigenvectors = np.linalg.eig(matrix)
    principal = int(np.argmax(eigenvalues.real))
    vector = np.abs(eigenvectors[:, principal].real)
    largest = float(eigenvalues[principal].real)
    index = (largest - size) / (size - 1) if size > 1 else 0.0
    random = RANDOM_INDEX[size - 1]
    ratio = max(0.0, index / random) if random else 0.0
    return Judged(tuple((vector / vector.sum()).tolist()), ratio, largest)


def _checked(judgements: Sequence[Sequence[float]]) -> Floats:
    size = len(judgements)
    if not 1 <= size <= len(RANDOM_INDEX):
        raise WeightsError(
            f"1 to {len(RANDOM_INDEX)} rows of judgements are expected, found {size}",
            code="ahp_size",
            where="judgements",
        )
    for i, row in enumerate(judgements):
        if len(row) != size:
            raise WeightsError(
                f"row {i + 1} has {len(row)} cells, not {size}", code="ahp_shape", where=f"judgements[{i}]"
            )
        for j, cell in enumerate(row):
            where = f"judgements[{i}][{j}]"
            if isinstance(cell, bool) or not isinstance(cell, int | float) or not 0 < cell < 1e6:
                raise WeightsError("a judgement is a number above 0", code="ahp_cell", where=where)
            mirrored = judgements[j][i] if j < i else None
            if mirrored is not None and abs(cell * mirrored - 1) > 0.01:
                raise WeightsError(
                    f"must be 1 divided by judgements[{j}][{i}]", code="ahp_reciprocal", where=where
                )
        if abs(row[i] - 1) > 1e-9:
            raise WeightsError(
                "an indicator compared with itself is 1", code="ahp_diagonal", where=f"judgements[{i}][{i}]"
            )
    return np.array(judgements, dtype=np.float64)


def entropy(points: Mapping[str, Floats]) -> dict[str, float]:
    """Weights (adding to 1) by the entropy of each indicator's points: the less even, the more weight.

    With p = x ÷ Σ x over the n customers, e = −Σ p ln p ÷ ln n and weight ∝ 1 − e (Shannon's entropy; the
    entropy weight method). Unknown points are left out. When every indicator is even, all weights are equal.
    """
    spread = {key: 1.0 - _evenness(values[np.isfinite(values)]) for key, values in points.items()}
    total = sum(spread.values())
    if total <= 0:
        return {key: 1.0 / len(spread) for key in spread}
    return {key: value / total for key, value in spread.items()}


def _evenness(values: Floats) -> float:
    total = float(values.sum())
    if len(values) < 2 or total <= 0:
        return 1.0
    shares = values[values > 0] / total
    return min(1.0, float(-(shares * np.log(shares)).sum() / np.log(len(values))))


def entropy_of_result(result: Path, model: ValueModel, fitted: Fitted) -> dict[str, float]:
    """Entropy weights of a model's indicators from the points of a run, adding to the sum of its weights."""
    used = fitted.used(model)
    points = {i.key: numbers(pq.read_table(result, columns=[f"points.{i.key}"]).column(0)) for i in used}
    total = sum(i.weight for i in used)
    return {key: weight * total for key, weight in entropy(points).items()}
