"""The doors to temporary duties: JSON, pages, command line."""
