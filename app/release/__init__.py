"""The doors to the release of audit trails."""
