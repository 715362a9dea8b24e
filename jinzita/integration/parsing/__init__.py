"""Text into values: exact amounts, days and instants, choices; what cannot be read is named, never
guessed.
"""

from jinzita.integration.parsing.columns import Faults, Parsed, parse
from jinzita.integration.parsing.styles import Evidence, Styles

__all__ = ["Evidence", "Faults", "Parsed", "Styles", "parse"]
