"""Proofs: sheets to sign, the text line by line, and what differs from an earlier build."""
