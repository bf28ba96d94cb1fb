"""Headlines, broken by sense and fitted to their box; names in columns."""
