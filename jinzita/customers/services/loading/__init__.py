"""Customers and what hangs on them in bulk, from files."""
