"""The people of the service: pages and JSON of employees, positions and accounts."""
