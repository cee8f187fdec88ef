"""How the tables of the system of record came to be, step by step; Alembic's environment."""
