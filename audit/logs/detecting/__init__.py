"""Finds out what a log file is: its format, what its fields hold, and the profile that reads it."""
