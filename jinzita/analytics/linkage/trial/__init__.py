"""How well the linkage does on data whose truth is known."""
