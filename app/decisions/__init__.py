"""Decisions over JSON, asked one at a time."""
