"""Claims about `audit/logs/`."""
