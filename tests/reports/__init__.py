"""Claims about `reports/`."""
