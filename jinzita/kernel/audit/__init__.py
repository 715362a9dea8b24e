"""The audit log: every write leaves a line, in the same transaction as the write; every export and every read
of a sensitive field leaves one before the answer does.
"""

from jinzita.kernel.audit.naming import names_of, register_names
from jinzita.kernel.audit.reads import forget_reads, record_reads
from jinzita.kernel.audit.searching import entries
from jinzita.kernel.audit.writing import SECRETS, difference, record, record_each

__all__ = [
    "SECRETS", "difference", "entries", "forget_reads", "names_of", "record", "record_each", "record_reads",
    "register_names",
]  # fmt: skip
