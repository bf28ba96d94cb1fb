"""A new issue: the values carried over from the last one, and the example articles."""
