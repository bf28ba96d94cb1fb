"""Preflight: a PDF held to a printer's rules."""
