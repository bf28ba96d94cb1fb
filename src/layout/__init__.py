"""Typesets Chinese newsletters: an issue folder in, a print-ready PDF out."""
