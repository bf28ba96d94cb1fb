"""Proofs: proof sheets to sign, text proofs, and the comparison with an earlier build."""
