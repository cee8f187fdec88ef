"""From log files to access events; knows nothing of decisions."""
