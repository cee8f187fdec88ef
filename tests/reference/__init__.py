"""The decision rules of DOMAIN.md sections 1-5, one event at a time and word for word.

Slow and plain on purpose, and written from DOMAIN.md alone: what decides millions of events at once is held against it.
"""
