"""A new issue: what it takes over from the last one, and the example that it begins with."""
