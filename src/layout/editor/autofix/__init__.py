"""Certain corrections in the files of an issue."""
