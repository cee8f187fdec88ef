"""Claims about `app/`."""
