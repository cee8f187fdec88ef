"""Everything of an installation in one file, taken while it runs, and brought back."""
