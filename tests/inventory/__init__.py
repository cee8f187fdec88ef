"""Claims about `inventory/`."""
