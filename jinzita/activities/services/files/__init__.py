"""Files that are kept with records."""
