"""The FEBRL records of persons: two files to be linked, with misspelt, swapped and missing fields.

Nothing is known beforehand but which column means what: the weights are learned from the records
themselves by expectation maximisation. `plain` is splink as its guide has it; `ours` knows better which fields get swapped,
what a rare value says, and that each record has at most one counterpart.
"""

# ruff: noqa: E501 (rules of one line each read like a table)

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import splink
import splink.comparison_level_library as levels
import splink.comparison_library as library
from splink.internals.duckdb.database_api import DuckDBAPI

from jinzita.analytics.linkage.trial.companies import Measured

COLUMNS = (
    "rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip
Link = tuple[str, str]


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file; an empty field is None."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return [{name: (row[name] or "").strip() or None for name in COLUMNS} for row in rows]


def truth(left: Iterable[dict[str, Any]], right: Iterable[dict[str, Any]]) -> set[Link]:
    """rec-12-org and rec-12-dup-0 are one person."""
    by_number: dict[str, list[str]] = {}
    for row in right:
        by_number.setdefault(row["rec_id"].split("-")[1], []).append(row["rec_id"])
    return {
        (row["rec_id"], other) for row in left for other in by_number.get(row["rec_id"].split("-")[1], ())
    }


def measure(found: set[Link], true: set[Link], name: str) -> Measured:
    return Measured(name, len(true), len(found & true), len(found - true))


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    table = []
    for row in rows:
        names = sorted(one for one in (row["given_name"], row["surname"]) if one)
        street = " ".join(one for one in (row["address_1"], row["address_2"]) if one)
        table.append({**row, "names": " ".join(names) or None, "street": street or None})
    return pa.Table.from_pylist(
        table, schema=pa.schema([(name, pa.string()) for name in (*COLUMNS, "names", "street")])
    )


def _linker(left: pa.Table, right: pa.Table, settings: splink.SettingsCreator) -> splink.Linker:
    database = DuckDBAPI(connection=duckdb.connect())
    tables = [
        database.register(left, dataset_display_name="a"),
        database.register(right, dataset_display_name="b"),
    ]
    return splink.Linker(tables, settings)


def plain(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> set[Link]:
    """splink as its guide uses it on persons; every pair above one half."""
    settings = splink.SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        blocking_rules_to_generate_predictions=[
            splink.block_on("given_name", "surname"), splink.block_on("soc_sec_id"),
            splink.block_on("date_of_birth"), splink.block_on("postcode", "given_name"),
        ],
        comparisons=[
            library.NameComparison("given_name"), library.NameComparison("surname"),
            library.ExactMatch("date_of_birth"), library.ExactMatch("soc_sec_id"),
            library.ExactMatch("street_number"), library.ExactMatch("postcode"),
        ],
    )  # fmt: skip
    linker = _linker(_table(left), _table(right), settings)
    linker.training.estimate_probability_two_random_records_match([splink.block_on("soc_sec_id")], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("date_of_birth"))
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("postcode"))
    found = linker.inference.predict(threshold_match_probability=0.5, warning_mode="never")
    rows = found.as_pyarrow_table().to_pylist()
    return {_ordered(row["rec_id_l"], row["rec_id_r"]) for row in rows}


def ours(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> set[Link]:
    """Every field in all its ways of being wrong, wide keys, and the best counterpart of each record."""
    linker = _linker(_table(left), _table(right), _settings())
    linker.training.estimate_probability_two_random_records_match([splink.block_on("soc_sec_id")], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (splink.block_on("soc_sec_id"), splink.block_on("date_of_birth"), splink.block_on("names")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_weight=-12, warning_mode="never")
    rows = [
        (row["match_weight"], *_ordered(row["rec_id_l"], row["rec_id_r"]))
        for row in found.as_pyarrow_table().to_pylist()
    ]
    return _one_to_one(rows)


def _settings() -> splink.SettingsCreator:
    half = "(given_name_l = surname_r OR surname_l = given_name_r)"
    name = library.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            levels.CustomLevel("names_l IS NULL OR names_r IS NULL").configure(is_null_level=True),
            levels.ExactMatchLevel("names", term_frequency_adjustments=True),
            levels.CustomLevel("jaro_winkler_similarity(names_l, names_r) >= 0.92", "almost"),
            levels.ExactMatchLevel("surname", term_frequency_adjustments=True),
            levels.ExactMatchLevel("given_name", term_frequency_adjustments=True),
            levels.CustomLevel(half, "half swapped"),
            levels.CustomLevel("jaro_winkler_similarity(names_l, names_r) >= 0.8", "alike"),
            levels.ElseLevel(),
        ],
    )
    street = library.CustomComparison(
        output_column_name="street",
        comparison_levels=[
            levels.CustomLevel("street_l IS NULL OR street_r IS NULL").configure(is_null_level=True),
            levels.CustomLevel("street_l = street_r"),
            levels.CustomLevel(
                "address_1_l = address_1_r OR address_1_l = address_2_r OR address_2_l = address_1_r"
            ),
            levels.CustomLevel("jaro_winkler_similarity(street_l, street_r) >= 0.85"),
            levels.ElseLevel(),
        ],
    )
    return splink.SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        blocking_rules_to_generate_predictions=[
            splink.block_on("soc_sec_id"), splink.block_on("date_of_birth"), splink.block_on("names"),
            splink.block_on("surname", "postcode"), splink.block_on("given_name", "postcode"),
            splink.block_on("postcode", "street_number"), splink.block_on("suburb", "street_number"),
            splink.block_on("address_1"), splink.block_on("address_2"),
            splink.block_on("given_name", "street_number"), splink.block_on("surname", "suburb"),
            splink.block_on("substr(soc_sec_id, 1, 4)", "state"), splink.block_on("substr(soc_sec_id, 4)"),
            splink.block_on("substr(date_of_birth, 1, 6)", "postcode"), splink.block_on("given_name", "suburb"),
        ],
        comparisons=[
            name, street,
            library.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            library.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            library.DamerauLevenshteinAtThresholds("street_number", [1]).configure(term_frequency_adjustments=True),
            library.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            library.JaroWinklerAtThresholds("suburb", [0.85]).configure(term_frequency_adjustments=True),
            library.ExactMatch("state"),
        ],
    )  # fmt: skip


def _one_to_one(rows: list[tuple[float, str, str]]) -> set[Link]:
    """The likeliest links first; a record that has its counterpart takes no other."""
    taken: set[str] = set()
    links: set[Link] = set()
    for weight, left, right in sorted(rows, key=lambda row: (-row[0], row[1], row[2])):
        if weight < LEAST_WEIGHT or left in taken or right in taken:
            continue
        taken |= {left, right}
        links.add((left, right))
    return links


# Of a record's best counterpart less is asked than of any pair.
LEAST_WEIGHT = -4.0


def _ordered(one: str, other: str) -> Link:
    return (one, other) if one.endswith("-org") else (other, one)
