"""Reads of the quality of the data."""
