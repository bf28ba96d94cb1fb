"""Faces: which characters they have, and how wide each is."""
