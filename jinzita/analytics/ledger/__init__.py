"""Any file of transactions or their lines, read into facts: `jinzita pyramid` needs no database."""

from jinzita.analytics.ledger.columns import Given, Roles, detect
from jinzita.analytics.ledger.opening import RawFile, open_file
from jinzita.analytics.ledger.orders import Ledger, read_ledger

__all__ = ["Given", "Ledger", "RawFile", "Roles", "detect", "open_file", "read_ledger"]
