"""Corrections that are certain, made in the files of an issue."""
