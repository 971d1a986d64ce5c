"""Bytes to values and back. Nothing here prints, scores or judges."""
