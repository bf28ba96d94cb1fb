"""The rules that pages, texts and files are held to: one catalogue, and what an issue or a style makes of it.

    from layout.rules.catalogue import CATALOGUE
    from layout.rules.severities import apply_severities

A rule of its own is a check that reports a problem under its id, and one entry in a table of this package.
"""
