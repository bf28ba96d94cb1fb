"""Preflight: a PDF checked by the rules of a printer's profile."""
