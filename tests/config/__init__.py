"""Claims about `config/`."""
