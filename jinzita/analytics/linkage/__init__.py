"""Record linkage: which records mean the same organisation or person.

Plain rows in, scored pairs out; no Django. `records` cuts a row into what is compared, `comparisons` says how
strongly each agreement speaks (in bits), `pairs` scores a few pairs at once, `linking` all pairs of a table
with splink on DuckDB, `trained` tables whose weights are learned from themselves.
"""
