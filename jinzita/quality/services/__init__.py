"""Writes of the quality of the data."""
