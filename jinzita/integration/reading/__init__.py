"""Files in: whatever a company exports, read as batches of text in bounded memory.

Every cell is text or null, also from spreadsheets and Parquet, so that one set of rules reads them all
(`jinzita.integration.parsing`) and a bad row can be given back as it came.
"""

from jinzita.integration.reading.opening import FileDescription, describe, open_file
from jinzita.integration.reading.rows import Batch, BrokenRow, Rows, UnreadableFile

__all__ = ["Batch", "BrokenRow", "FileDescription", "Rows", "UnreadableFile", "describe", "open_file"]
