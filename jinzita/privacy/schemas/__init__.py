"""Privacy on the wire."""
