"""Faces: their characters, glyphs and advances."""
