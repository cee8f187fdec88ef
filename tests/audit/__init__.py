"""Claims about `audit/`."""
