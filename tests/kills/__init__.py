"""Kills the program at chosen system calls and shows that nothing is lost, doubled or half-visible."""
