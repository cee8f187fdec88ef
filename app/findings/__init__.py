"""Findings as files: exactly those that a list shows."""
