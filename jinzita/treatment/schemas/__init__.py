"""Treatment on the wire."""
