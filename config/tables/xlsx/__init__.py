"""Reads workbooks cell by cell, within limits; what cannot be taken exactly is refused by its cell's name."""
