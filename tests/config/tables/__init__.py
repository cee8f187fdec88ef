"""Claims about `config/tables/`."""
