"""Whether two computations of the indicators give the same values."""

import numpy as np
import pandas as pd

RELATIVE = 1e-9


class Disagreement(AssertionError):
    """Two computations differ; the message names the indicator and the first customer it differs for."""


def check(left: pd.DataFrame, right: pd.DataFrame, names: tuple[str, str]) -> None:
    """Compare frames indexed by customer_id, one column an indicator. Raises Disagreement."""
    left, right = left.sort_index(), right.sort_index()
    if not left.index.equals(right.index):
        raise Disagreement(f"{names[0]} and {names[1]} have different customers")
    for key in left.columns:
        a, b = left[key], right[key]
        same = (
            _same_text(a, b)
            if a.dtype == object or isinstance(a.dtype, pd.StringDtype)
            else _same_number(a, b)
        )
        if not same.all():
            at = int(np.flatnonzero(~same)[0])
            raise Disagreement(
                f"{key}: {names[0]} has {a.iloc[at]!r} and {names[1]} {b.iloc[at]!r} for customer "
                f"{left.index[at]} ({int((~same).sum())} customers differ)"
            )


def _same_text(a: pd.Series, b: pd.Series) -> np.ndarray:
    return (a.astype(object).fillna("") == b.astype(object).fillna("")).to_numpy()


def _same_number(a: pd.Series, b: pd.Series) -> np.ndarray:
    left, right = a.to_numpy(dtype=float, na_value=np.nan), b.to_numpy(dtype=float, na_value=np.nan)
    # A little absolutely as well, where sales and returns nearly cancel out.
    return np.isclose(left, right, rtol=RELATIVE, atol=1e-9, equal_nan=True)
