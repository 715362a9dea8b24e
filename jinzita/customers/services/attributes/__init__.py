"""Attributes of the company's own: their definitions, their values, what a change of them means."""
