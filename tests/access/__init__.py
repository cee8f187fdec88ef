"""Claims about `access/`."""
