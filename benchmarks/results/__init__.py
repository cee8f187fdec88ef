"""From the figures of a run to RESULTS.md."""
