"""The doors to sources of access logs, and to logs that are sent to be imported."""
