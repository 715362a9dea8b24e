"""Forgetting: who asked for it, who is overdue, and what goes from every table."""
