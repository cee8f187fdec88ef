"""Brings the styles and scripts of the pages from their packages."""
