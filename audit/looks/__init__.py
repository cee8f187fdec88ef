"""The service's own log: who looked at what in it, from what was written down to accesses that an audit decides."""
