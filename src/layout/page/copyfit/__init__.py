"""Copyfitting: row heights that the text decides, and adjustments that make a page come out full."""
