"""The doors to proposed changes of work access."""
