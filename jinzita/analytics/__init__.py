"""The value engine: tables of facts in; scores, grades and explanations out. Pure, no Django.

`score_all` makes a full run, `score_one` re-scores one customer through its saved scales, `what_if` tries a
changed model on a run's values, and `summarise`, `movement`, `distributions` and `advise` read its result.
"""

from jinzita.analytics.adviser import Advice, advise
from jinzita.analytics.catalogue import CATALOGUE, FAMILIES, KnownIndicator, family_of, label_of, unit_of
from jinzita.analytics.distributions import Distribution, distributions
from jinzita.analytics.documents import (
    DEFAULT_MODELS,
    default_model,
    default_toml,
    read_document,
    read_toml,
    write_toml,
)
from jinzita.analytics.engines import DuckDBEngine, Engine, SparkEngine, facts_from_parquet
from jinzita.analytics.errors import AnalyticsError, Detail, ModelError, NotComputed
from jinzita.analytics.facts import Facts, last_day
from jinzita.analytics.movement import Movement, movement
from jinzita.analytics.pipeline import indicator_values
from jinzita.analytics.runs import FullRun, score_all
from jinzita.analytics.scoring import Fitted
from jinzita.analytics.single import CustomerScore, IndicatorScore, score_one
from jinzita.analytics.summary import Pareto, Pyramid, summarise
from jinzita.analytics.value_model import (
    GRADE_LABELS,
    GRADES,
    PROSPECT,
    Bands,
    Indicator,
    Population,
    ValueModel,
)
from jinzita.analytics.weights import ahp, entropy, entropy_of_result
from jinzita.analytics.what_if import WhatIf, what_if

__all__ = [
    "CATALOGUE",
    "DEFAULT_MODELS",
    "FAMILIES",
    "GRADES",
    "GRADE_LABELS",
    "PROSPECT",
    "Advice",
    "AnalyticsError",
    "Bands",
    "CustomerScore",
    "Detail",
    "Distribution",
    "DuckDBEngine",
    "Engine",
    "Facts",
    "Fitted",
    "FullRun",
    "Indicator",
    "IndicatorScore",
    "KnownIndicator",
    "ModelError",
    "Movement",
    "NotComputed",
    "Pareto",
    "Population",
    "Pyramid",
    "SparkEngine",
    "ValueModel",
    "WhatIf",
    "advise",
    "ahp",
    "default_model",
    "default_toml",
    "distributions",
    "entropy",
    "entropy_of_result",
    "facts_from_parquet",
    "family_of",
    "indicator_values",
    "label_of",
    "last_day",
    "movement",
    "read_document",
    "read_toml",
    "score_all",
    "score_one",
    "summarise",
    "unit_of",
    "what_if",
    "write_toml",
]
